import { randomBytes } from 'node:crypto'
import { closeSync, fstatSync, mkdirSync, openSync, readSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { UnnamedFile } from '../../contract/files.ts'

/** Used if the given folder has no space. TMPDIR is not used, since the caller sets it. */
const memoryFolder = '/dev/shm'

/** Runs `act` with `folder`, or with a folder in memory if that fails. */
export function inTemporaryFolder<T>(folder: string, act: (folder: string) => T): T {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return act(folder)
  } catch (error) {
    try {
      return act(memoryFolder)
    } catch {
      throw error
    }
  }
}

/** Descriptor of a file with this text and without a name. Node's own pipes are sockets, which cannot be opened through /dev/fd. */
export function openUnnamed(folder: string, text: string): number {
  return inTemporaryFolder(folder, (place) => {
    const path = join(place, `.heropods-${randomBytes(8).toString('hex')}`)
    const file = openSync(path, 'wx+', 0o600)
    try {
      unlinkSync(path)
      writeFileSync(file, text)
      return file
    } catch (error) {
      closeSync(file)
      throw error
    }
  })
}

export function unnamedFile(folder: string, text: string): UnnamedFile {
  const descriptor = openUnnamed(folder, text)
  return {
    descriptor,
    // The offset is shared with writers, so it must not move.
    read: () => {
      const bytes = Buffer.alloc(fstatSync(descriptor).size)
      return bytes.toString('utf8', 0, readSync(descriptor, bytes, 0, bytes.length, 0))
    },
    close: () => closeSync(descriptor),
  }
}
