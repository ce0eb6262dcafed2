import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, readlinkSync } from 'node:fs'
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

const mostBytes = 1024 * 1024

/**
 * The text of a small file of a container's, undefined where there is no plain file of up to 1 MiB: what a container put there, a
 * pipe or a file without end, neither holds nor fills this process.
 */
export function readInRoot(root: string, path: string): string | undefined {
  try {
    const file = openSync(resolveInRoot(root, path), constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW)
    try {
      const stat = fstatSync(file)
      return stat.isFile() && stat.size <= mostBytes ? readFileSync(file, 'utf8') : undefined
    } finally {
      closeSync(file)
    }
  } catch {
    return undefined
  }
}
