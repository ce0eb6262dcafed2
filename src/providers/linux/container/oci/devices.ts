import { basename, join } from 'node:path'
import type { HostReader } from '../../../../host/host.ts'
import { refuse } from '../../../../model/errors.ts'
import type { ContainerSpec } from '../../../../model/kinds/container.ts'

export interface Devices {
  readonly nodes: readonly Readonly<Record<string, unknown>>[]
  /** OCI device cgroup rules. */
  readonly access: readonly Readonly<Record<string, unknown>>[]
}

/** Nodes that every container has; crun makes them itself, the cgroup must let them through. */
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

/** Device nodes of a container and what it may do with them. Raises `device-missing`. */
export async function ociDevices(
  host: HostReader,
  spec: Pick<ContainerSpec, 'devices' | 'privileged'>,
): Promise<Devices> {
  const wanted = spec.privileged ? [...(await hostDevices(host)), ...spec.devices] : spec.devices
  const found = await Promise.all(
    wanted.map(async (one) => ({
      ...one,
      device: (await host.stat(one.source))?.device,
      stat: await host.stat(one.source),
    })),
  )
  for (const one of found) if (one.device === undefined) throw missing(one.source)
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

/** What a privileged container sees of /dev: the host's nodes but for terminals, which are its own. */
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

const missing = (path: string) =>
  refuse({
    code: 'device-missing',
    message: `The host has no device ${path}.`,
    hint: 'Load its driver, or take it out of `devices:`.',
  })
