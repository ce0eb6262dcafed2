import { randomBytes } from 'node:crypto'
import { closeSync, mkdirSync, openSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where a passing file lies when its own folder has no room: in memory. What TMPDIR says does not count. */
const elsewhere = '/dev/shm'

/** Runs `act` with the first of a folder of ours and one in memory in which it can do its work. */
export function inPassingFolder<T>(folder: string, act: (folder: string) => T): T {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return act(folder)
  } catch (error) {
    try {
      return act(elsewhere)
    } catch {
      throw error
    }
  }
}

/** A file with this text that has no name any more: Node's pipes are sockets, which cannot be opened through /dev/fd. */
export function namelessFile(folder: string, text: string): number {
  return inPassingFolder(folder, (place) => {
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
