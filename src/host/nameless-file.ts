import { randomBytes } from 'node:crypto'
import { openSync, unlinkSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A file with this text that has no name any more: Node's pipes are sockets, which cannot be opened through /dev/fd. */
export function namelessFile(text: string): number {
  const path = join(tmpdir(), `heropods-${randomBytes(8).toString('hex')}`)
  const file = openSync(path, 'wx+', 0o600)
  unlinkSync(path)
  writeSync(file, text)
  return file
}
