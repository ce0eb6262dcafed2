import { join, posix } from 'node:path'

/** Most links to follow, as in the kernel. */
const maxLinks = 40

/**
 * See `FileReader.resolveInRoot`. `linkTarget` returns the target of a link, undefined for everything else. An absolute target starts
 * at `root`, so no link of an image leads out of it.
 */
export function resolveInRoot(linkTarget: (path: string) => string | undefined, root: string, path: string): string {
  const ahead = posix.normalize(`/${path}`).split('/').filter(Boolean)
  const passed: string[] = []
  let links = 0
  for (let part = ahead.shift(); part !== undefined; part = ahead.shift()) {
    if (part === '.') continue
    if (part === '..') {
      passed.pop()
      continue
    }
    const target = linkTarget(join(root, ...passed, part))
    if (target === undefined) {
      passed.push(part)
      continue
    }
    links += 1
    if (links > maxLinks) throw new Error(`too many links in ${path}`)
    if (target.startsWith('/')) passed.length = 0
    ahead.unshift(...target.split('/').filter(Boolean))
  }
  return join(root, ...passed)
}
