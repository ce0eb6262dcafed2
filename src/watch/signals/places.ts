import { join } from 'node:path'
import { type CgroupHost, controllerDir, freezerOf } from '../../host/cgroup.ts'
import type { HostReader } from '../../host/host.ts'
import type { Paths } from '../../paths.ts'
import { cgroupFiles, type Limits } from '../../providers/container/bundle/limits.ts'
import { cgroupOf, containerLayout, exitFolder } from '../../providers/container/layout.ts'
import { listContainers, readRunning } from '../../providers/container/record.ts'
import { readNetworkRecords } from '../../providers/network/records.ts'
import type { Address } from '../../providers/provider.ts'
import type { Place } from './inotify.ts'
import type { SignalKind } from './signal.ts'

/** A container as signals know it; what is not there is not watched. */
export interface WatchedContainer {
  readonly address: Address
  /** Its incarnation's name. */
  readonly id: string | undefined
  readonly conmon: number | undefined
}

export async function readContainers(host: HostReader, paths: Paths): Promise<readonly WatchedContainer[]> {
  const found: WatchedContainer[] = []
  for (const address of await listContainers({ host, paths })) {
    const running = await readRunning(host, paths, address)
    found.push({ address, id: running?.id, conmon: running?.conmon?.pid })
  }
  return found
}

/** All that is watched by inotify: folders of the instance, cgroups of its containers, parameters of the kernel. */
export async function readPlaces(
  host: HostReader,
  paths: Paths,
  cgroups: CgroupHost,
  containers: readonly WatchedContainer[],
): Promise<readonly Place[]> {
  const networks = await readNetworkRecords(host, paths)
  return [
    exits(paths),
    ...roots(paths),
    ...(await folders(host, paths)).map((path) => place('files', path, (name) => !isTemporary(name))),
    ...containers.flatMap(({ address }) => {
      const { data, run, files } = containerLayout(paths, address)
      return [data, run, files].map((path) => place('files', path, (name) => !isTemporary(name)))
    }),
    ...containers.flatMap(({ id }) => (id === undefined ? [] : limits(cgroups, cgroupOf(paths, id)))),
    ...['ip_forward', ...[...networks.values()].map(({ bridge }) => `conf/${bridge}/route_localnet`)].map(
      (name): Place => ({ ...place('kernel', `/proc/sys/net/ipv4/${name}`), held: true }),
    ),
  ]
}

const place = (kind: SignalKind, path: string, counts: (name: string) => boolean = () => true): Place => ({
  path,
  // Under an empty name it tells of its own end.
  tells: (name) => (name === '' || counts(name) ? { kind, detail: name === '' ? path : `${path}/${name}` } : undefined),
})

/** `writeFile` writes through such a name; the one that counts comes with the rename. */
const isTemporary = (name: string): boolean => name.startsWith('.') && name.endsWith('.tmp')

const exits = (paths: Paths): Place => ({
  path: exitFolder(paths),
  tells: (name) => ({ kind: 'exit', detail: `${name} has exited` }),
})

const dataFolders = ['containers', 'networks', 'volumes', 'images']
const runFolders = ['containers', 'hosts', 'exits']

/** The instance's own folders: what is lost there is lost with all below. Locks and caches in them come and go. */
const roots = ({ data, run }: Paths): readonly Place[] => [
  {
    path: data,
    tells: (name) =>
      name === 'redis'
        ? { kind: 'records', detail: `${data}/redis` }
        : place('files', data, (one) => dataFolders.includes(one)).tells(name),
  },
  place('files', run, (name) => runFolders.includes(name)),
]

/** Folders above the objects, and of images; what is inside volumes, layers and images' files is their own. */
async function folders(host: HostReader, { data, run }: Paths): Promise<readonly string[]> {
  const withChildren = [`${data}/containers`, `${data}/networks`, `${data}/volumes`, `${data}/images`]
  withChildren.push(`${data}/images/claims`, `${run}/containers`)
  const found = new Set([`${run}/hosts`])
  for (const folder of withChildren) {
    found.add(folder)
    for (const name of await host.readDir(folder)) found.add(join(folder, name))
  }
  return [...found]
}

const unlimited: Limits = {
  mem_limit: 0,
  mem_reservation: 0,
  memswap_limit: 0,
  cpu_period: 0,
  cpu_quota: 0,
  cpu_shares: 0,
  cpuset: '',
  pids_limit: 0,
}

/** Files of limits by the folder they stand in; whatever else the kernel tells there (`memory.events`) does not count. */
function limits(cgroups: CgroupHost, cgroup: string): readonly Place[] {
  const freezer = freezerOf(cgroups, cgroup).file
  const files = cgroupFiles(cgroups.mode, unlimited, '').map(({ controller, file }) =>
    join(controllerDir(cgroups, controller, cgroup), file),
  )
  const names = new Map<string, Set<string>>()
  for (const file of [...files, freezer]) {
    const folder = file.slice(0, file.lastIndexOf('/'))
    names.set(folder, (names.get(folder) ?? new Set()).add(file.slice(folder.length + 1)))
  }
  return [...names].map(([folder, wanted]) => place('limits', folder, (name) => wanted.has(name)))
}
