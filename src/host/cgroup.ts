import { mkdir, readdir, readFile, rmdir, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const root = '/sys/fs/cgroup'
const cgroup2Magic = 0x63677270

/** v1: controllers in trees of their own; v2: one tree; hybrid: v1 with a v2 tree at `unified` beside it. */
export type CgroupMode = 'v1' | 'v2' | 'hybrid'

export interface CgroupHost {
  readonly mode: CgroupMode
  /** crun refuses a hybrid host whose v2 tree holds controllers; see hybrid.ts. */
  readonly crunNeedsHiding: boolean
  /** Folder of each hierarchy a container's cgroup stands in; for v1 its controllers' names, sorted. */
  readonly hierarchies: readonly string[]
}

const magicOf = async (path: string): Promise<number> => {
  try {
    return (await statfs(path)).type
  } catch {
    return 0
  }
}

/** How this host mounts its cgroups. Reads only. */
export async function cgroupHost(): Promise<CgroupHost> {
  if ((await magicOf(root)) === cgroup2Magic) return { mode: 'v2', crunNeedsHiding: false, hierarchies: [root] }
  const names = (await readdir(root, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
  const hierarchies = names
    .filter((name) => name !== 'unified')
    .sort()
    .map((name) => join(root, name))
  if ((await magicOf(join(root, 'unified'))) !== cgroup2Magic)
    return { mode: 'v1', crunNeedsHiding: false, hierarchies }
  const controllers = await readFile(join(root, 'unified', 'cgroup.controllers'), 'utf8').catch(() => '')
  return { mode: 'hybrid', crunNeedsHiding: controllers.trim() !== '', hierarchies }
}

/** Folder of a cgroup in the tree that holds a controller. */
export const controllerDir = (host: CgroupHost, controller: string, path: string): string =>
  host.mode === 'v2' ? `${root}${path}` : `${root}/${controller}${path}`

/** Pids in a cgroup, in whichever hierarchy they stand. */
export async function cgroupProcesses(host: CgroupHost, path: string): Promise<readonly number[]> {
  const found = await Promise.all(
    host.hierarchies.map((hierarchy) => readFile(join(hierarchy, path, 'cgroup.procs'), 'utf8').catch(() => '')),
  )
  return [...new Set(found.flatMap((text) => text.split('\n').filter(Boolean).map(Number)))]
}

/** The file that tells whether the processes of a cgroup are held still, and what it says when they are not. */
export const freezerOf = (host: CgroupHost, path: string): { file: string; thawed: string } =>
  host.mode === 'v2'
    ? { file: join(root, path, 'cgroup.freeze'), thawed: '0' }
    : { file: join(root, 'freezer', path, 'freezer.state'), thawed: 'THAWED' }

/** Lets the processes of a cgroup go on: before, not even SIGKILL reaches them (v1). */
export async function thaw(host: CgroupHost, path: string): Promise<void> {
  const { file, thawed } = freezerOf(host, path)
  await writeFile(file, thawed, { flag: 'r+' }).catch(() => undefined)
}

/** Removes a cgroup with all below it from every hierarchy. Answers false while something still lives in it. */
export async function removeCgroup(host: CgroupHost, path: string): Promise<boolean> {
  const removed = await Promise.all(host.hierarchies.map((hierarchy) => removeFolder(join(hierarchy, path))))
  return removed.every(Boolean)
}

async function removeFolder(folder: string): Promise<boolean> {
  const below = await readdir(folder, { withFileTypes: true }).catch(() => [])
  for (const entry of below) if (entry.isDirectory()) await removeFolder(join(folder, entry.name))
  return removeEmpty(folder)
}

/** The kernel lets go of a cgroup a moment after its last process is reaped. */
async function removeEmpty(folder: string): Promise<boolean> {
  for (let tries = 0; tries < 40; tries += 1) {
    try {
      await rmdir(folder)
      return true
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code
      if (code === 'ENOENT') return true
      if (code !== 'EBUSY') throw error
      await delay(5)
    }
  }
  return false
}

/** Removes the cgroups of an instance, and HeroPods' own where no other instance stands on this host. */
export async function removeInstanceCgroups(id: string): Promise<void> {
  const host = await cgroupHost()
  const trees = [...host.hierarchies, ...(host.mode === 'hybrid' ? [join(root, 'unified')] : [])]
  await Promise.all(trees.map((tree) => removeFolder(join(tree, 'heropods', id))))
  const instances = await Promise.all(trees.map((tree) => instancesIn(join(tree, 'heropods'))))
  if (instances.flat().length > 0) return
  // Daemons of an instance that never had a container keep what they stand in.
  const empty = async (tree: string): Promise<void> => {
    if (await removeEmpty(join(tree, ownPath))) await rmdir(join(tree, 'heropods')).catch(() => undefined)
  }
  await Promise.all(trees.map(empty))
}

async function instancesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isDirectory() && join('/heropods', entry.name) !== ownPath)
    .map(({ name }) => name)
}

const ownPath = '/heropods/daemons'

async function enter(pid: number, folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, 'cgroup.procs'), String(pid))
  }
}

/** Trees a daemon is moved in; a new cpuset has no cpus, and nothing is accounted by it. */
const movable = (host: CgroupHost): readonly string[] => [
  ...host.hierarchies.filter((hierarchy) => !hierarchy.endsWith('/cpuset')),
  ...(host.mode === 'hybrid' ? [join(root, 'unified')] : []),
]

let inside = 0
let before: readonly { readonly file: string }[] = []

/** The cgroup in which HeroPods' daemons live, so that ending the caller's cgroup does not end them. */
export const OwnCgroup = {
  path: ownPath,

  async adopt(pid: number): Promise<void> {
    const host = await cgroupHost()
    await enter(
      pid,
      movable(host).map((tree) => join(tree, ownPath)),
    )
  },

  /** Runs `act` with this process inside: what it starts is born there, which costs one move instead of one for each child. */
  async during<T>(act: () => Promise<T>): Promise<T> {
    inside += 1
    if (inside === 1) {
      const host = await cgroupHost()
      const places = parsePlaces(await readFile('/proc/self/cgroup', 'utf8'))
      before = movable(host).map((tree) => ({ file: join(tree, places.get(nameOf(tree)) ?? '/', 'cgroup.procs') }))
      await OwnCgroup.adopt(process.pid)
    }
    try {
      return await act()
    } finally {
      inside -= 1
      // A caller's cgroup that has gone meanwhile is no place to go back to.
      if (inside === 0) for (const { file } of before) await writeFile(file, String(process.pid)).catch(() => undefined)
    }
  },
}

const nameOf = (tree: string): string => (tree === root || tree.endsWith('/unified') ? '' : tree.slice(root.length + 1))

/** Controller (named hierarchies by their name, v2 as '') -> path, of /proc/PID/cgroup (cgroups(7)). */
function parsePlaces(text: string): ReadonlyMap<string, string> {
  const places = new Map<string, string>()
  for (const line of text.split('\n')) {
    const [, controllers = '', ...path] = line.split(':')
    for (const name of controllers.split(',')) places.set(name.replace(/^name=/, ''), path.join(':'))
    if (line.startsWith('0::')) places.set('', path.join(':'))
  }
  return places
}
