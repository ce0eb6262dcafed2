import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Host, HostReader } from './host.ts'

const root = '/sys/fs/cgroup'
const cgroup2Magic = 0x63677270
/** Number of tries to remove a cgroup whose last process has just ended, and the milliseconds between them. */
const [removeTries, removePauseMs] = [40, 5]

/** The cgroup of HeroPods' daemons. They survive the end of the caller's cgroup. */
export const daemonsCgroup = '/heropods/daemons'

/** v1: a tree for each controller; v2: one tree; hybrid: v1 with a v2 tree at `unified` beside it. */
export type CgroupMode = 'v1' | 'v2' | 'hybrid'

export interface CgroupHost {
  readonly mode: CgroupMode
  /** crun refuses a hybrid host whose v2 tree has controllers; see `oci-runtime.ts`. */
  readonly crunNeedsHiding: boolean
  /** Root folder of each tree in which containers have cgroups, sorted. */
  readonly hierarchies: readonly string[]
}

/** How this host mounts its cgroups. */
export async function readCgroups(host: HostReader): Promise<CgroupHost> {
  if (await isCgroup2(host, root)) return { mode: 'v2', crunNeedsHiding: false, hierarchies: [root] }
  const controllers = (await host.readSubfolders(root)).filter((name) => name !== 'unified')
  const hierarchies = controllers.map((name) => join(root, name))
  if (!(await isCgroup2(host, join(root, 'unified')))) return { mode: 'v1', crunNeedsHiding: false, hierarchies }
  const unified = await host.readFile(join(root, 'unified', 'cgroup.controllers')).catch(() => undefined)
  return { mode: 'hybrid', crunNeedsHiding: (unified ?? '').trim() !== '', hierarchies }
}

const isCgroup2 = async (host: HostReader, path: string): Promise<boolean> =>
  (await host.fileSystem(path).catch(() => undefined))?.type === cgroup2Magic

/** Folder of a cgroup in the tree of a controller. Pure. */
export const controllerDir = (cgroups: CgroupHost, controller: string, path: string): string =>
  cgroups.mode === 'v2' ? `${root}${path}` : `${root}/${controller}${path}`

/** Pids of the processes in a cgroup, in any hierarchy. */
export async function cgroupProcesses(host: HostReader, path: string): Promise<readonly number[]> {
  const { hierarchies } = await host.cgroups()
  const read = (hierarchy: string) => host.readFile(join(hierarchy, path, 'cgroup.procs')).catch(() => undefined)
  const texts = await Promise.all(hierarchies.map(read))
  return [...new Set(texts.flatMap((text) => (text ?? '').split('\n').filter(Boolean).map(Number)))]
}

/** Number of processes of a cgroup that the kernel has killed because of a lack of memory; 0: none, or the cgroup does not exist. */
export async function outOfMemoryKills(host: HostReader, path: string): Promise<number> {
  const cgroups = await host.cgroups()
  const file = cgroups.mode === 'v2' ? 'memory.events' : 'memory.oom_control'
  const text = await host.readFile(join(controllerDir(cgroups, 'memory', path), file)).catch(() => undefined)
  return parseOutOfMemoryKills(text ?? '')
}

/** The value of `oom_kill` in memory.events (v2) or memory.oom_control (v1). Pure. */
export const parseOutOfMemoryKills = (text: string): number => Number(/^oom_kill (\d+)$/m.exec(text)?.[1] ?? 0)

/** The file that freezes a cgroup, and its contents while the processes run and are frozen. Pure. */
export const freezerOf = (cgroups: CgroupHost, path: string): { file: string; thawed: string; frozen: string } =>
  cgroups.mode === 'v2'
    ? { file: join(root, path, 'cgroup.freeze'), thawed: '0', frozen: '1' }
    : { file: join(root, 'freezer', path, 'freezer.state'), thawed: 'THAWED', frozen: 'FROZEN' }

/** Begins to freeze the processes of a cgroup. */
export async function freeze(host: Host, path: string): Promise<void> {
  const { file, frozen } = freezerOf(await host.cgroups(), path)
  await host.writeKernel(file, frozen)
}

/** True once every process of a cgroup is frozen. */
export async function isFrozen(host: HostReader, path: string): Promise<boolean> {
  const cgroups = await host.cgroups()
  if (cgroups.mode !== 'v2') {
    const { file, frozen } = freezerOf(cgroups, path)
    return (await host.readFile(file).catch(() => undefined))?.trim() === frozen
  }
  return /^frozen 1$/m.test((await host.readFile(join(root, path, 'cgroup.events')).catch(() => undefined)) ?? '')
}

/** Lets the processes of a frozen cgroup run again. With v1 not even SIGKILL reaches a frozen process. */
export async function thaw(host: Host, path: string): Promise<void> {
  const { file, thawed } = freezerOf(await host.cgroups(), path)
  await host.writeKernel(file, thawed).catch(() => undefined)
}

/** Removes a cgroup from every hierarchy in which it is empty. Returns false if one has processes or cgroups below it. */
export async function removeEmptyCgroup(host: Host, path: string): Promise<boolean> {
  const { hierarchies } = await host.cgroups()
  const removed = await Promise.all(hierarchies.map((hierarchy) => host.removeEmptyDir(join(hierarchy, path))))
  return removed.every(Boolean)
}

/** Removes a cgroup and those below it from every hierarchy. Returns false while it has processes. */
export async function removeCgroup(host: Host, path: string): Promise<boolean> {
  const { hierarchies } = await host.cgroups()
  const removed = await Promise.all(hierarchies.map((hierarchy) => removeFolder(host, join(hierarchy, path))))
  return removed.every(Boolean)
}

async function removeFolder(host: Host, folder: string): Promise<boolean> {
  for (const name of await host.readSubfolders(folder)) await removeFolder(host, join(folder, name))
  return removeEmpty(host, folder)
}

/** The kernel frees a cgroup a moment after its last process is reaped. */
async function removeEmpty(host: Host, folder: string): Promise<boolean> {
  for (let tries = 0; tries < removeTries; tries += 1) {
    if (await host.removeEmptyDir(folder)) return true
    await delay(removePauseMs)
  }
  return false
}

/** Removes the cgroups of an instance, and those of HeroPods itself if no other instance has any on this host. */
export async function removeInstanceCgroups(host: Host, id: string): Promise<void> {
  const { hierarchies, mode } = await host.cgroups()
  const trees = [...hierarchies, ...(mode === 'hybrid' ? [join(root, 'unified')] : [])]
  await Promise.all(trees.map((tree) => removeFolder(host, join(tree, 'heropods', id))))
  const instances = await Promise.all(trees.map((tree) => host.readSubfolders(join(tree, 'heropods'))))
  if (instances.flat().some((name) => join('/heropods', name) !== daemonsCgroup)) return
  // Daemons of an instance that never had a container stay in their cgroup.
  const removeOwn = async (tree: string): Promise<void> => {
    if (await removeEmpty(host, join(tree, daemonsCgroup)))
      await host.removeEmptyDir(join(tree, 'heropods')).catch(() => undefined)
  }
  await Promise.all(trees.map(removeOwn))
}

/** Trees in which a daemon is moved. cpuset is omitted, since a new cpuset has no CPUs. Pure. */
export const daemonTrees = (cgroups: CgroupHost): readonly string[] => [
  ...cgroups.hierarchies.filter((hierarchy) => !hierarchy.endsWith('/cpuset')),
  ...(cgroups.mode === 'hybrid' ? [join(root, 'unified')] : []),
]

/** The folder of a process's own cgroup in a tree, from the text of /proc/PID/cgroup (cgroups(7)). Pure. */
export function ownCgroup(text: string, tree: string): string {
  const controller = tree === root || tree.endsWith('/unified') ? '' : tree.slice(root.length + 1)
  return join(tree, parseCgroupPaths(text).get(controller) ?? '/')
}

/** The paths of cgroups by controller. The key of a named hierarchy is its name, that of v2 is ''. */
function parseCgroupPaths(text: string): ReadonlyMap<string, string> {
  const paths = new Map<string, string>()
  for (const line of text.split('\n').filter((one) => one !== '')) {
    const [, controllers = '', ...path] = line.split(':')
    for (const name of controllers.split(',')) paths.set(name.replace(/^name=/, ''), path.join(':'))
  }
  return paths
}
