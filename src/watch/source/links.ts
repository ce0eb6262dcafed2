import { posix } from 'node:path'

/** The limit of the kernel. */
const maxHops = 40

/**
 * The first symbolic link of a tree that leads out of it or in a circle, followed as the kernel does; undefined: there is none.
 * `links`: path below the tree's root -> target. Pure.
 */
export const outsideLink = (links: ReadonlyMap<string, string>): string | undefined =>
  [...links.keys()].find((path) => !staysInside(path, links))

function staysInside(path: string, links: ReadonlyMap<string, string>): boolean {
  const ahead = path.split('/')
  const followed: string[] = []
  for (let hops = 0; ahead.length > 0; ) {
    const part = ahead.shift() ?? ''
    if (part === '' || part === '.') continue
    if (part === '..') {
      if (followed.pop() === undefined) return false
      continue
    }
    followed.push(part)
    const target = links.get(followed.join('/'))
    if (target === undefined) continue
    hops += 1
    if (hops > maxHops || posix.isAbsolute(target)) return false
    followed.pop()
    ahead.unshift(...target.split('/'))
  }
  return true
}
