import type { Mount } from '../../../model/kinds/container.ts'
import { parseSize } from '../../../model/values/units.ts'
import { parseId } from '../../../model/values/user.ts'
import { mode } from '../mode.ts'

type Tmpfs = Mount & { readonly type: 'tmpfs' }

/** Flags of mount(8) for a tmpfs, each with its opposite. */
const opposites: Readonly<Record<string, string>> = {
  ro: 'rw',
  exec: 'noexec',
  suid: 'nosuid',
  dev: 'nodev',
  sync: 'async',
  dirsync: 'async',
  noatime: 'atime',
  nodiratime: 'diratime',
  strictatime: 'relatime',
}
/** The default options of a tmpfs, as in Docker. */
const standard = new Set(Object.values(opposites).concat('defaults'))
const atimes = ['noatime', 'strictatime']
const most = 9007199254740991

/**
 * Options of a tmpfs as in Docker (`size=50%`, `uid=33`, `exec`); the last of contradicting ones applies. Throws an Error if one
 * is invalid.
 */
export function tmpfsOptions(options: readonly string[]): Omit<Tmpfs, 'type' | 'target'> {
  let size: number | string = 0
  let permissions = '1777'
  const kept = new Map<string, string>()
  for (const option of options) {
    const [key = '', ...rest] = option.split('=')
    const value = rest.join('=')
    if (rest.length === 0) flag(key, kept)
    else if (key === 'size') size = /^\d{1,3}%$/.test(value) ? value : parseSize(value)
    else if (key === 'mode') permissions = value
    else if (key === 'uid' || key === 'gid') kept.set(key, `${key}=${id(value)}`)
    else if (key === 'nr_inodes' || key === 'nr_blocks') kept.set(key, `${key}=${count(key, value)}`)
    else throw unknown(option)
  }
  if (typeof size === 'number' && size < 0) throw new Error('the size of a tmpfs cannot be negative')
  const list = [...kept.values()].sort()
  return { size, mode: mode(permissions), ...(list.length > 0 && { options: list }) }
}

function flag(name: string, kept: Map<string, string>): void {
  if (standard.has(name)) {
    for (const [other, off] of Object.entries(opposites)) if (off === name || name === 'defaults') kept.delete(other)
    if (name === 'atime' || name === 'relatime') for (const other of atimes) kept.delete(other)
  } else if (Object.hasOwn(opposites, name)) {
    if (atimes.includes(name)) for (const other of atimes) kept.delete(other)
    kept.set(name, name)
  } else throw unknown(name)
}

const unknown = (option: string): Error =>
  new Error(
    `a tmpfs has no option ${JSON.stringify(option)}; it has size, mode, uid, gid, nr_inodes, nr_blocks, ${[...Object.keys(opposites), ...standard].sort().join(', ')}`,
  )

function id(text: string): number {
  const found = parseId(text)
  if (found === undefined) throw new Error(`${JSON.stringify(text)} is not a number: names are not allowed here`)
  return found
}

function count(key: string, text: string): number {
  if (!/^\d+[kmg]?$/i.test(text) || parseSize(text) > most)
    throw new Error(`${key}: ${JSON.stringify(text)} is not a number (with k, m or g)`)
  return parseSize(text)
}
