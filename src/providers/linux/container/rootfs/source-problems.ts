import type { HostReader } from '../../../../host/host.ts'
import type { Diagnostic } from '../../../../model/errors.ts'
import type { ContainerSpec, Mount } from '../../../../model/kinds/container.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import { placeFault } from './place.ts'
import { deviceProblem, sourceProblem } from './place-problems.ts'

/** Problems of bind sources that cannot be mounted. `before`: the spec of its last run, if there was one. Reads only. */
export async function sourceProblems(
  host: HostReader,
  address: ResourceAddress,
  spec: Pick<ContainerSpec, 'mounts'>,
  before: Pick<ContainerSpec, 'mounts'> | undefined,
): Promise<readonly Diagnostic[]> {
  const had = new Set((before?.mounts ?? []).filter(isBind).map(({ source }) => source))
  const problems: Diagnostic[] = []
  for (const { source, create_host_path } of spec.mounts.filter(isBind)) {
    const fault = await placeFault(host, source, 'any')
    const problem =
      fault && sourceProblem(address, source, fault, { before: had.has(source), mayMake: create_host_path })
    if (problem) problems.push(problem)
  }
  return problems
}

/** True for a source that exists but cannot be read. Further checks of it could block forever. Pure. */
export const isUnreadable = ({ code }: Diagnostic): boolean => code !== 'mount-source-missing'

/** Devices of a container that the host does not have. Reads only. */
export async function deviceProblems(
  host: HostReader,
  address: ResourceAddress,
  { devices }: Pick<ContainerSpec, 'devices'>,
): Promise<readonly Diagnostic[]> {
  const problems: Diagnostic[] = []
  for (const { source } of devices) {
    const fault = await placeFault(host, source, 'device')
    if (fault) problems.push(deviceProblem(address, source, fault))
  }
  return problems
}

const isBind = (mount: Mount): mount is Extract<Mount, { type: 'bind' }> => mount.type === 'bind'
