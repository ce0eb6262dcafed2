import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs'
import { resolveInRoot } from '../../files/in-root.ts'
import { linkTarget } from './stat.ts'

const maxBytes = 1024 * 1024

/** See `FileReader.readInRoot`. A pipe or an endless file that a container made neither blocks nor fills this process. */
export function readInRoot(root: string, path: string): string | undefined {
  try {
    const flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW
    const file = openSync(resolveInRoot(linkTarget, root, path), flags)
    try {
      const stat = fstatSync(file)
      return stat.isFile() && stat.size <= maxBytes ? readFileSync(file, 'utf8') : undefined
    } finally {
      closeSync(file)
    }
  } catch {
    return undefined
  }
}
