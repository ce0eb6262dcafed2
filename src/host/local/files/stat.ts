import { lstatSync, readlinkSync, type Stats } from 'node:fs'
import type { FileStat } from '../../contract/files.ts'
import { codeOf } from '../../error-code.ts'

/** True for errors that mean that a file or a process does not exist. */
export const isAbsent = (error: unknown): boolean => ['ENOENT', 'ENOTDIR', 'ESRCH'].includes(codeOf(error) ?? '')

/** The result of `read`, or `otherwise` if the file does not exist. */
export function orElse<T>(read: () => T, otherwise: T, alsoAbsent?: string): T {
  try {
    return read()
  } catch (error) {
    if (isAbsent(error) || (alsoAbsent !== undefined && codeOf(error) === alsoAbsent)) return otherwise
    throw error
  }
}

/** Target of a link; undefined for everything else. */
export function linkTarget(path: string): string | undefined {
  try {
    return lstatSync(path).isSymbolicLink() ? readlinkSync(path) : undefined
  } catch {
    return undefined
  }
}

export const fileStat = (stat: Stats): FileStat => ({
  kind: kindOf(stat),
  mode: stat.mode & 0o7777,
  uid: stat.uid,
  gid: stat.gid,
  size: stat.size,
  mtimeMs: stat.mtimeMs,
  ctimeMs: stat.ctimeMs,
  inode: stat.ino,
  dev: stat.dev,
  ...deviceOf(stat),
})

/** Linux packs the numbers of a device into one (makedev(3)). */
function deviceOf(stat: Stats): Pick<FileStat, 'device'> {
  if (!stat.isBlockDevice() && !stat.isCharacterDevice()) return {}
  const number = BigInt(stat.rdev)
  const major = ((number >> 8n) & 0xfffn) | ((number >> 32n) & 0xfffff000n)
  const minor = (number & 0xffn) | ((number >> 12n) & 0xffffff00n)
  return { device: { type: stat.isBlockDevice() ? 'b' : 'c', major: Number(major), minor: Number(minor) } }
}

function kindOf(stat: Stats): FileStat['kind'] {
  if (stat.isDirectory()) return 'folder'
  if (stat.isSymbolicLink()) return 'link'
  if (stat.isSocket()) return 'socket'
  if (stat.isFIFO()) return 'fifo'
  return stat.isFile() ? 'file' : 'device'
}
