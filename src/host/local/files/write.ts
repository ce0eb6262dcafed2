import { constants } from 'node:fs'
import * as fs from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { WriteFileOptions } from '../../contract/files.ts'
import { codeOf } from '../../error-code.ts'
import { temporaryName } from '../../files/temporary.ts'
import { makeFolder } from './make-folder.ts'
import { replacing } from './replace.ts'

/** See `FileWriter.writeFile`. On a full disk the file is written in place if its own blocks are enough. */
export async function writeFile(path: string, content: string | Buffer, options: WriteFileOptions): Promise<void> {
  await makeFolder(dirname(path), 0o700)
  const { mode = 0o600, uid, gid } = options
  const temporary = join(dirname(path), temporaryName(process.pid))
  try {
    await fs.writeFile(temporary, content, { mode, flag: 'wx' })
    await fs.chmod(temporary, mode)
    if (uid !== undefined || gid !== undefined) await fs.chown(temporary, uid ?? 0, gid ?? 0)
    await replacing(path, () => fs.rename(temporary, path))
  } catch (error) {
    await fs.rm(temporary, { force: true })
    if (!(await fitsInPlace(error, path, content))) throw about(path, error)
    await writeInPlace(path, content, mode)
  }
}

/** See `FileWriter.writeInPlace`. */
export async function writeInPlace(path: string, content: string | Buffer, mode: number): Promise<void> {
  await makeFolder(dirname(path), 0o700)
  const flags = constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW
  const file = await replacing(path, () => fs.open(path, flags, mode))
  try {
    const bytes = Buffer.from(content)
    await file.write(bytes, 0, bytes.length, 0)
    await file.truncate(bytes.length)
    await file.chmod(mode)
  } catch (error) {
    throw about(path, error)
  } finally {
    await file.close()
  }
}

/** See `FileWriter.writeKernel`. */
export async function writeKernel(path: string, value: string): Promise<void> {
  await fs.writeFile(path, value, { flag: 'r+' }).catch((error: unknown) => {
    throw about(path, error)
  })
}

/** See `FileWriter.writeFifo`. */
export async function writeFifo(path: string, text: string): Promise<void> {
  const file = await fs.open(path, constants.O_WRONLY | constants.O_NONBLOCK)
  await file.write(text)
  await file.close()
}

/** See `FileWriter.removeEmptyDir`. */
export async function removeEmptyDir(path: string): Promise<boolean> {
  try {
    await fs.rmdir(path)
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
async function fitsInPlace(error: unknown, path: string, content: string | Buffer): Promise<boolean> {
  if (!['ENOSPC', 'EDQUOT'].includes(codeOf(error) ?? '')) return false
  const stat = await fs.lstat(path).catch(() => undefined)
  return stat?.isFile() === true && Buffer.byteLength(content) <= stat.size
}
