import { basename, join } from 'node:path'
import { type CgroupHost, freezerOf } from '../../host/cgroup.ts'
import type { Paths } from '../../host/files/paths.ts'
import type { HostReader } from '../../host/host.ts'
import type { ContainerOnHost, HostPlaces } from '../../reconciler/engine/host-places.ts'
import type { Place } from './inotify.ts'
import type { SignalKind } from './signal.ts'

/** All that is watched by inotify: folders of the instance, cgroups of its containers, parameters of the kernel. */
export async function readPlaces(
  host: HostReader,
  paths: Paths,
  hostPlaces: HostPlaces,
  cgroups: CgroupHost,
  containers: readonly ContainerOnHost[],
): Promise<readonly Place[]> {
  const bridges = await hostPlaces.bridges()
  const limits = [...limitNames(cgroups, hostPlaces)]
  return [
    exits(hostPlaces),
    ...roots(paths),
    ...(await folders(host, paths)).map((path) => place('files', path, (name) => !isTemporary(name))),
    ...containers
      .flatMap(({ address }) => hostPlaces.containerFolders(address))
      .map((path) => place('files', path, (name) => !isTemporary(name))),
    ...containers.flatMap(({ id }) =>
      id === undefined
        ? []
        : limits.map(([controller, names]) =>
            place('limits', hostPlaces.limitsFolder(cgroups, controller, id), (name) => names.has(name)),
          ),
    ),
    ...['ip_forward', ...bridges.map((bridge) => `conf/${bridge}/route_localnet`)].map(parameter),
  ]
}

const place = (kind: SignalKind, path: string, counts: (name: string) => boolean = () => true): Place => ({
  path,
  // Under an empty name it tells of its own end.
  tells: (name) => (name === '' || counts(name) ? { kind, detail: name === '' ? path : `${path}/${name}` } : undefined),
})

/** `writeFile` writes through such a name; the one that counts comes with the rename. */
const isTemporary = (name: string): boolean => name.startsWith('.') && name.endsWith('.tmp')

/** conmon writes under a passing name, too; that of a run ends with its number. */
const exits = ({ exitCodes }: HostPlaces): Place => ({
  path: exitCodes,
  tells: (name) => (/-\d+$/.test(name) ? { kind: 'exit', detail: `${name} has exited` } : undefined),
})

const parameter = (name: string): Place => ({
  path: `/proc/sys/net/ipv4/${name}`,
  tells: () => ({ kind: 'kernel', detail: `net.ipv4.${name.replaceAll('/', '.')}` }),
  held: true,
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

/** Names of the files that hold limits, by controller; whatever else the kernel tells there (`memory.events`) does not count. */
function limitNames(cgroups: CgroupHost, hostPlaces: HostPlaces): ReadonlyMap<string, ReadonlySet<string>> {
  const names = new Map<string, Set<string>>()
  const add = (controller: string, file: string): void => {
    // On v2 all stand in one folder.
    const key = cgroups.mode === 'v2' ? '' : controller
    names.set(key, (names.get(key) ?? new Set()).add(file))
  }
  for (const { controller, file } of hostPlaces.limitFiles(cgroups.mode)) add(controller, file)
  add('freezer', basename(freezerOf(cgroups, '/').file))
  return names
}
