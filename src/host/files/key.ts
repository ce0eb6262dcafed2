import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { refuse } from '../../model/errors.ts'
import type { Host, HostReader } from '../host.ts'
import { damagedRecords, forgetDamage, noteDamaged } from './json.ts'
import type { Paths } from './paths.ts'
import { setAside } from './set-aside.ts'

const keyPath = (paths: Paths): string => join(paths.data, 'key')

/** The instance's key (32 bytes), or undefined on a host that has none yet. */
export async function readKey(host: HostReader, paths: Paths): Promise<Buffer | undefined> {
  const path = keyPath(paths)
  const key = await host.readBytes(path)
  if (key?.length === 32) return key
  if ((await host.stat(path)) !== undefined) noteDamaged(host, path, 'is not a key of 32 bytes')
  return undefined
}

/** The instance's key; made at its first use, readable by root alone. Raises `record-damaged` (refused). */
export async function ensureKey(host: Host, paths: Paths): Promise<Buffer> {
  const known = await readKey(host, paths)
  if (known) return known
  if (damagedRecords(host).has(keyPath(paths)))
    throw refuse({
      code: 'record-damaged',
      message: `The instance’s key ${keyPath(paths)} is damaged.`,
      hint: 'Put it back from a backup; or `heropods refresh` sets it aside and makes a new one: sensitive values then count as changed, and those of earlier generations are lost.',
    })
  const key = randomBytes(32)
  await host.writeFile(keyPath(paths), key)
  return key
}

/** Sets a damaged key aside; answers its path if there was one. */
export async function repairKey(host: HostReader, paths: Paths): Promise<string | undefined> {
  await readKey(host, paths)
  const path = keyPath(paths)
  if (!damagedRecords(host).has(path)) return undefined
  await setAside(path)
  forgetDamage(host, path)
  return path
}

/** Keeps a key that was made up for a look, where there is none yet. */
export async function keepKey(host: Host, paths: Paths, key: Buffer): Promise<void> {
  if ((await readKey(host, paths)) === undefined) await host.writeFile(keyPath(paths), key)
}
