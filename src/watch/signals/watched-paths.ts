import { basename, join } from 'node:path'
import { type CgroupHost, freezerOf } from '../../host/cgroup.ts'
import type { Paths } from '../../host/files/paths.ts'
import type { HostReader } from '../../host/host.ts'
import type { ContainerOnHost, HostPlaces } from '../../reconciler/engine/host-places.ts'
import type { WatchedPath } from './inotify.ts'
import type { SignalKind } from './signal.ts'

/** All paths to watch: folders of the instance, cgroups of its containers, parameters of the kernel. */
export async function readWatchedPaths(
  host: HostReader,
  paths: Paths,
  hostPlaces: HostPlaces,
  cgroups: CgroupHost,
  containers: readonly ContainerOnHost[],
): Promise<readonly WatchedPath[]> {
  const bridges = await hostPlaces.bridges()
  const limits = [...limitNames(cgroups, hostPlaces)]
  return [
    exits(hostPlaces),
    ...roots(paths),
    ...(await folders(host, paths)).map((path) => watched('files', path, (name) => !isTemporary(name))),
    ...containers
      .flatMap(({ address }) => hostPlaces.containerFolders(address))
      .map((path) => watched('files', path, (name) => !isTemporary(name))),
    ...containers.flatMap(({ id }) =>
      id === undefined
        ? []
        : limits.map(([controller, names]) =>
            watched('limits', hostPlaces.limitsFolder(cgroups, controller, id), (name) => names.has(name)),
          ),
    ),
    ...['ip_forward', ...bridges.map((bridge) => `conf/${bridge}/route_localnet`)].map(parameter),
  ]
}

const watched = (kind: SignalKind, path: string, counts: (name: string) => boolean = () => true): WatchedPath => ({
  path,
  // An empty name means the end of the path itself.
  signalOf: (name) =>
    name === '' || counts(name) ? { kind, detail: name === '' ? path : `${path}/${name}` } : undefined,
})

/** `writeFile` writes to such a name first. The rename to the final name counts. */
const isTemporary = (name: string): boolean => name.startsWith('.') && name.endsWith('.tmp')

/** conmon also writes to a temporary name first. The final name ends with the number of the run. */
const exits = ({ exitCodes }: HostPlaces): WatchedPath => ({
  path: exitCodes,
  signalOf: (name) => (/-\d+$/.test(name) ? { kind: 'exit', detail: `${name} has exited` } : undefined),
})

const parameter = (name: string): WatchedPath => ({
  path: `/proc/sys/net/ipv4/${name}`,
  signalOf: () => ({ kind: 'kernel', detail: `net.ipv4.${name.replaceAll('/', '.')}` }),
  keepOpen: true,
})

const dataFolders = ['containers', 'networks', 'volumes', 'images']
const runFolders = ['containers', 'hosts', 'exits']

/** The folders of the instance. Locks and caches in them do not count. */
const roots = ({ data, run }: Paths): readonly WatchedPath[] => [
  {
    path: data,
    signalOf: (name) =>
      name === 'redis'
        ? { kind: 'records', detail: `${data}/redis` }
        : watched('files', data, (one) => dataFolders.includes(one)).signalOf(name),
  },
  watched('files', run, (name) => runFolders.includes(name)),
]

/** Folders of objects and of images, but not the contents of volumes, layers and images. */
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

/** Names of the files with limits, by controller. Other files there, such as `memory.events`, do not count. */
function limitNames(cgroups: CgroupHost, hostPlaces: HostPlaces): ReadonlyMap<string, ReadonlySet<string>> {
  const names = new Map<string, Set<string>>()
  const add = (controller: string, file: string): void => {
    // On v2 all files are in one folder.
    const key = cgroups.mode === 'v2' ? '' : controller
    names.set(key, (names.get(key) ?? new Set()).add(file))
  }
  for (const { controller, file } of hostPlaces.limitFiles(cgroups.mode)) add(controller, file)
  add('freezer', basename(freezerOf(cgroups, '/').file))
  return names
}
