import { cgroupProcesses } from '../../../../host/cgroup.ts'
import type { HostReader } from '../../../../host/host.ts'
import { hasProcess } from '../../../../model/kinds/container.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import type { ContainerProcess } from '../../../container-verbs.ts'
import type { InstanceReader } from '../../../provider.ts'
import { cgroupOf } from '../../run-names.ts'
import { inspect } from '../process/container-state.ts'
import { notRunningError } from './not-running.ts'
import { bootTimeOf, parseProcess } from './parse-process.ts'

/** The processes of a container, by their pids. Raises `not-running` (refused). */
export async function readProcesses(
  read: InstanceReader,
  container: ResourceAddress,
): Promise<readonly ContainerProcess[]> {
  const { host, paths } = read
  const { state = 'absent', running } = (await inspect(read, container)) ?? {}
  if (!hasProcess(state) || running?.process === undefined) throw notRunningError(container, state)
  const pids = await cgroupProcesses(host, cgroupOf(paths, running.id))
  const bootTime = bootTimeOf((await host.readFile('/proc/stat')) ?? '')
  const passwd =
    (await host.readInRoot(`/proc/${running.process.pid}/root`, '/etc/passwd').catch(() => undefined)) ?? ''
  const found = await Promise.all(pids.map((pid) => processOf(host, pid, { bootTime, passwd })))
  return withParents(found.filter((one) => one !== undefined)).sort((left, right) => left.pid - right.pid)
}

/** undefined: it has just ended. */
async function processOf(
  host: HostReader,
  pid: number,
  facts: { readonly bootTime: number; readonly passwd: string },
): Promise<ContainerProcess | undefined> {
  const text = (file: string): Promise<string | undefined> =>
    host.readFile(`/proc/${pid}/${file}`).catch(() => undefined)
  const [stat, status, command] = await Promise.all([text('stat'), text('status'), text('cmdline')])
  if (stat === undefined || status === undefined) return undefined
  return parseProcess(pid, { stat, status, command: command ?? '' }, facts)
}

/** With the pids of parents inside the container instead of those of the host. Pure. */
function withParents(processes: readonly ContainerProcess[]): ContainerProcess[] {
  const pids = new Map(processes.map(({ hostPid, pid }) => [hostPid, pid]))
  return processes.map((one) => ({ ...one, parent: pids.get(one.parent) ?? 0 }))
}
