import { lstatSync, readlinkSync } from 'node:fs'
import { join, posix } from 'node:path'

const mostLinks = 40

/**
 * Where a path of a container's lies on the host, with every link followed inside `root` as the container would: no link of an
 * image leads out. Parts that do not exist are kept as they are. Throws on a circle of links.
 */
export function resolveInRoot(root: string, path: string): string {
  const ahead = posix.normalize(`/${path}`).split('/').filter(Boolean)
  const passed: string[] = []
  for (let links = 0; ahead.length > 0; ) {
    const part = ahead.shift() as string
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
    if (links > mostLinks) throw new Error(`too many links in ${path}`)
    if (target.startsWith('/')) passed.length = 0
    ahead.unshift(...target.split('/').filter(Boolean))
  }
  return join(root, ...passed)
}

function linkTarget(path: string): string | undefined {
  try {
    return lstatSync(path).isSymbolicLink() ? readlinkSync(path) : undefined
  } catch {
    return undefined
  }
}
