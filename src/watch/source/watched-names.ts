import { dirname, join, resolve } from 'node:path'
import { lstatSync, readlinkSync } from '../../host/caller-files.ts'

/** As many links as the kernel follows. */
const mostHops = 40

/**
 * The names, by their folder, that decide which file each path leads to and what is in it: the file's own, and every link on the way.
 * What is not there yet shows in the first folder that is. So folders beside these files, and trees behind links, cost nothing.
 */
export function watchedNames(paths: Iterable<string>): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>()
  for (const path of paths)
    for (const [folder, name] of namesOnTheWay(path, mostHops))
      found.set(folder, (found.get(folder) ?? new Set()).add(name))
  return found
}

function namesOnTheWay(path: string, hops: number): readonly (readonly [string, string])[] {
  const parts = resolve(path).split('/').filter(Boolean)
  const names: (readonly [string, string])[] = []
  let folder = '/'
  for (const [at, name] of parts.entries()) {
    const next = join(folder, name)
    const stat = kindOf(next)
    const isLast = at === parts.length - 1
    if (stat !== 'folder' || isLast) names.push([folder, name])
    if (stat === 'link' && hops > 0) {
      const rest = join(resolve(dirname(next), readlinkSync(next)), ...parts.slice(at + 1))
      return [...names, ...namesOnTheWay(rest, hops - 1)]
    }
    if (stat !== 'folder') return names
    folder = next
  }
  return names
}

function kindOf(path: string): 'link' | 'folder' | 'other' {
  try {
    const stat = lstatSync(path)
    return stat.isSymbolicLink() ? 'link' : stat.isDirectory() ? 'folder' : 'other'
  } catch {
    return 'other'
  }
}
