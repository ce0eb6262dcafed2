import { dirname, join, resolve } from 'node:path'
import { lstatSync, readlinkSync } from '../../host/caller-files.ts'

/** The limit of the kernel. */
const maxHops = 40

/**
 * The names, by folder, that decide which file a path leads to: that of the file, and every link on the way. A missing file or folder shows
 * in the first folder that exists. Other folders and the trees behind links need no watches.
 */
export function watchedNames(paths: Iterable<string>): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>()
  for (const path of paths)
    for (const [folder, name] of namesOnTheWay(path, maxHops))
      found.set(folder, (found.get(folder) ?? new Set()).add(name))
  return found
}

function namesOnTheWay(path: string, hops: number): readonly (readonly [string, string])[] {
  const parts = resolve(path).split('/').filter(Boolean)
  const names: (readonly [string, string])[] = []
  let folder = '/'
  for (const [position, name] of parts.entries()) {
    const next = join(folder, name)
    const stat = kindOf(next)
    const isLast = position === parts.length - 1
    if (stat !== 'folder' || isLast) names.push([folder, name])
    if (stat === 'link' && hops > 0) {
      const rest = join(resolve(dirname(next), readlinkSync(next)), ...parts.slice(position + 1))
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
