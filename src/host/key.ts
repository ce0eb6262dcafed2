import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Paths } from '../paths.ts'
import type { Host, HostReader } from './host.ts'

const keyPath = (paths: Paths): string => join(paths.data, 'key')

/** The instance's key (32 bytes), or undefined on a host that has none yet. */
export async function readKey(host: HostReader, paths: Paths): Promise<Buffer | undefined> {
  const key = await host.readBytes(keyPath(paths))
  return key?.length === 32 ? key : undefined
}

/** The instance's key; made at its first use, readable by root alone. */
export async function ensureKey(host: Host, paths: Paths): Promise<Buffer> {
  const known = await readKey(host, paths)
  if (known) return known
  const key = randomBytes(32)
  await host.writeFile(keyPath(paths), key)
  return key
}
