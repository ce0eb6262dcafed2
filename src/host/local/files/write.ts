import * as fs from 'node:fs'
import { dirname, join } from 'node:path'
import type { WriteFileOptions } from '../../contract/files.ts'
import { codeOf } from '../../error-code.ts'
import { temporaryName } from '../../files/temporary.ts'
import { makeFolder } from './make-folder.ts'
import { replacing } from './replace.ts'
import { orElse } from './stat.ts'

/** Files here are small, and synchronous calls: asynchronous ones take ten times as much CPU time. */

/** See `FileWriter.writeFile`. On a full disk the file is written in place if its own blocks are enough. */
export async function writeFile(path: string, content: string | Buffer, options: WriteFileOptions): Promise<void> {
  const temporary = join(dirname(path), temporaryName(process.pid))
  try {
    await inFolder(path, () => writeNew(temporary, content, options))
    await replacing(path, async () => fs.renameSync(temporary, path))
  } catch (error) {
    fs.rmSync(temporary, { force: true })
    if (!fitsInPlace(error, path, content)) throw about(path, error)
    await writeInPlace(path, content, options.mode ?? 0o600)
  }
}

function writeNew(path: string, content: string | Buffer, { mode = 0o600, uid, gid }: WriteFileOptions): void {
  const file = fs.openSync(path, 'wx', mode)
  try {
    fs.writeFileSync(file, content)
    fs.fchmodSync(file, mode)
    if (uid !== undefined || gid !== undefined) fs.fchownSync(file, uid ?? 0, gid ?? 0)
  } finally {
    fs.closeSync(file)
  }
}

/** Writes a file whose folder may be missing. */
async function inFolder<T>(path: string, write: () => T): Promise<T> {
  try {
    return write()
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
    await makeFolder(dirname(path), 0o700)
    return write()
  }
}

/** See `FileWriter.writeInPlace`. */
export async function writeInPlace(path: string, content: string | Buffer, mode: number): Promise<void> {
  const flags = fs.constants.O_RDWR | fs.constants.O_CREAT | fs.constants.O_NOFOLLOW
  const file = await replacing(path, () => inFolder(path, () => fs.openSync(path, flags, mode)))
  try {
    const bytes = Buffer.from(content)
    for (let at = 0; at < bytes.length; ) at += fs.writeSync(file, bytes, at, bytes.length - at, at)
    fs.ftruncateSync(file, bytes.length)
    fs.fchmodSync(file, mode)
  } catch (error) {
    throw about(path, error)
  } finally {
    fs.closeSync(file)
  }
}

/** See `FileWriter.writeKernel`. */
export async function writeKernel(path: string, value: string): Promise<void> {
  try {
    fs.writeFileSync(path, value, { flag: 'r+' })
  } catch (error) {
    throw about(path, error)
  }
}

/** See `FileWriter.writeFifo`. */
export async function writeFifo(path: string, text: string): Promise<void> {
  const file = fs.openSync(path, fs.constants.O_WRONLY | fs.constants.O_NONBLOCK)
  try {
    fs.writeSync(file, text)
  } finally {
    fs.closeSync(file)
  }
}

/** See `FileWriter.removeEmptyDir`. */
export async function removeEmptyDir(path: string): Promise<boolean> {
  try {
    fs.rmdirSync(path)
    return true
  } catch (error) {
    const code = codeOf(error)
    if (code === 'EBUSY' || code === 'ENOTEMPTY') return false
    if (code === 'ENOENT') return true
    throw error
  }
}

/** Sets the path of a write error, which has no path or the temporary one. */
const about = (path: string, error: unknown): unknown =>
  error instanceof Error && 'syscall' in error ? Object.assign(error, { path, dest: undefined }) : error

/** True if a full disk caused the error and the content fits into the file's blocks. Removals need it: they write a record first. */
function fitsInPlace(error: unknown, path: string, content: string | Buffer): boolean {
  if (!['ENOSPC', 'EDQUOT'].includes(codeOf(error) ?? '')) return false
  const stat = orElse(() => fs.lstatSync(path, { throwIfNoEntry: false }), undefined)
  return stat?.isFile() === true && Buffer.byteLength(content) <= stat.size
}
