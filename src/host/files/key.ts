import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { refusedError } from '../../model/errors.ts'
import type { Host, HostReader } from '../host.ts'
import type { Paths } from './paths.ts'
import { setAside } from './set-aside.ts'

const keyPath = (paths: Paths): string => join(paths.data, 'key')

/** The instance's key (32 bytes); undefined: the host does not have one yet. */
export async function readKey(host: HostReader, paths: Paths): Promise<Buffer | undefined> {
  const path = keyPath(paths)
  const key = await host.readBytes(path)
  if (key?.length === 32) return key
  if ((await host.stat(path)) !== undefined) host.damage.set(path, 'is not a key of 32 bytes')
  return undefined
}

/** The instance's key; made at the first use, readable only by root. Raises `record-damaged` (refused). */
export async function ensureKey(host: Host, paths: Paths): Promise<Buffer> {
  const known = await readKey(host, paths)
  if (known) return known
  if (host.damage.has(keyPath(paths)))
    throw refusedError({
      code: 'record-damaged',
      message: `The instance’s key ${keyPath(paths)} is damaged.`,
      hint: 'Restore it from a backup, or `heropods refresh` sets it aside and makes a new one: sensitive values then count as changed, and those of earlier generations are lost.',
    })
  const key = randomBytes(32)
  await host.writeFile(keyPath(paths), key)
  return key
}

/** Renames a damaged key. Returns the new path, or undefined if the key is not damaged. */
export async function repairKey(host: Host, paths: Paths): Promise<string | undefined> {
  await readKey(host, paths)
  const path = keyPath(paths)
  if (!host.damage.has(path)) return undefined
  await setAside(host, path)
  host.damage.delete(path)
  return path
}

/** Writes a key that a reader made for itself, unless the instance has one. */
export async function storeKey(host: Host, paths: Paths, key: Buffer): Promise<void> {
  if ((await readKey(host, paths)) === undefined) await host.writeFile(keyPath(paths), key)
}

/** Replaces the key of an instance without records by that of another host, whose records it gets. */
export const replaceKey = (host: Host, paths: Paths, key: Buffer): Promise<void> => host.writeFile(keyPath(paths), key)
