import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { createReadStream, createWriteStream, renameSync, rmSync, statSync } from '../host/caller-files.ts'
import { HeroPodsError, refusedError, toDiagnostic } from '../model/errors.ts'

/** A file of this machine, open for reading. Raises `file-missing`, `file-unreadable` (refused), or the fault of the system. */
export async function openSource(path: string): Promise<Readable> {
  const stat = statSync(path, { throwIfNoEntry: false })
  const hint = 'Name a file of the machine on which the program runs.'
  if (stat === undefined) throw refusedError({ code: 'file-missing', message: `There is no file ${path}.`, hint })
  if (!stat.isFile()) throw refusedError({ code: 'file-unreadable', message: `${path} is not a regular file.`, hint })
  const stream = createReadStream(path)
  await opened(stream)
  return stream
}

/**
 * Writes a file of this machine (mode 0600). It gets its name when `fill` has written all, so a failure leaves the earlier file. Raises the
 * fault of the system.
 */
export async function writeTarget(path: string, fill: (stream: Writable) => Promise<unknown>): Promise<void> {
  const partial = `${path}.partial-${randomBytes(6).toString('hex')}`
  const stream = createWriteStream(partial, { mode: 0o600, flags: 'wx' })
  await opened(stream)
  try {
    await fill(stream)
    stream.end()
    await finished(stream)
    renameSync(partial, path)
  } catch (error) {
    throw asFault(error)
  } finally {
    stream.destroy()
    rmSync(partial, { force: true })
  }
}

async function opened(stream: Readable | Writable): Promise<void> {
  try {
    await once(stream, 'open')
  } catch (error) {
    throw asFault(error)
  }
}

const asFault = (error: unknown): HeroPodsError =>
  error instanceof HeroPodsError ? error : new HeroPodsError(toDiagnostic(error), { cause: error })
