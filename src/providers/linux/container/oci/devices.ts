import { basename, join } from 'node:path'
import type { HostReader } from '../../../../host/host.ts'
import { refusedError } from '../../../../model/errors.ts'
import type { ContainerSpec } from '../../../../model/kinds/container.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import { deviceProblems } from '../rootfs/source-problems.ts'

export interface Devices {
  readonly nodes: readonly Readonly<Record<string, unknown>>[]
  /** OCI device cgroup rules. */
  readonly access: readonly Readonly<Record<string, unknown>>[]
}

/** Nodes that every container has. crun makes them; the cgroup must allow them. */
const standard: readonly (readonly [number, number])[] = [
  [1, 3],
  [1, 5],
  [1, 7],
  [1, 8],
  [1, 9],
  [5, 0],
  [5, 2],
]
const ptys = { allow: true, type: 'c', major: 136, access: 'rwm' }

/** Device nodes of a container and its access to them. Raises `device-missing` (refused). */
export async function ociDevices(
  host: HostReader,
  container: ResourceAddress,
  spec: Pick<ContainerSpec, 'devices' | 'privileged'>,
): Promise<Devices> {
  const [problem] = await deviceProblems(host, container, spec)
  if (problem) throw refusedError(problem)
  const desired = spec.privileged ? [...(await hostDevices(host)), ...spec.devices] : spec.devices
  const found = await Promise.all(
    desired.map(async (one) => {
      const stat = await host.stat(one.source)
      return { ...one, device: stat?.device, stat }
    }),
  )
  const nodes = found.map(({ target, device, stat }) => ({
    path: target,
    ...device,
    fileMode: stat?.mode,
    uid: stat?.uid,
    gid: stat?.gid,
  }))
  if (spec.privileged) return { nodes, access: [{ allow: true, access: 'rwm' }] }
  const access = [
    { allow: false, access: 'rwm' },
    { allow: true, type: 'c', access: 'm' },
    { allow: true, type: 'b', access: 'm' },
    ...standard.map(([major, minor]) => ({ allow: true, type: 'c', major, minor, access: 'rwm' })),
    ptys,
    ...found.map(({ device, permissions }) => ({ allow: true, ...device, access: permissions })),
  ]
  return { nodes, access }
}

/** Devices of a privileged container: all nodes in /dev of the host, except those that every container has, and terminals. */
async function hostDevices(host: HostReader): Promise<ContainerSpec['devices']> {
  const own = ['null', 'zero', 'full', 'random', 'urandom', 'tty', 'ptmx', 'console']
  const names = (await host.readDir('/dev')).filter((name) => !own.includes(name) && !/^(tty|pts|pty)/.test(name))
  const nodes = await Promise.all(
    names.map(async (name) => ((await host.stat(join('/dev', name)))?.device ? name : undefined)),
  )
  return nodes.flatMap((name) =>
    name === undefined
      ? []
      : [{ source: join('/dev', name), target: join('/dev', basename(name)), permissions: 'rwm' }],
  )
}
