import { dirname, join } from 'node:path'
import type { FileStat } from '../../src/host/contract/files.ts'

export interface Entry {
  readonly kind: FileStat['kind']
  readonly content: Buffer
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly inode: number
  readonly mtimeMs: number
}

/** An error as Node raises it. */
export const systemError = (code: string, path: string): Error =>
  Object.assign(new Error(`${code}: ${path}`), { code, path, syscall: 'test' })

/** A file system in memory: absolute paths to entries. Its clock counts changes. */
export class MemoryFiles {
  private readonly entries = new Map<string, Entry>()
  private changes = 0

  constructor() {
    this.set('/', { kind: 'folder', mode: 0o755 })
  }

  /** All files and links with their content, all folders with none: what a test compares. */
  contents(folder = '/'): Readonly<Record<string, string>> {
    const below = [...this.entries].filter(([path]) => isWithin(path, folder))
    return Object.fromEntries(
      below.sort(([left], [right]) => (left < right ? -1 : 1)).map(([path, one]) => [path, textOf(one)]),
    )
  }

  get(path: string): Entry | undefined {
    return this.entries.get(this.located(path))
  }

  /** The entry at the end of all links; undefined if there is none. */
  target(path: string): Entry | undefined {
    const real = this.realPath(path)
    return real === undefined ? undefined : this.entries.get(real)
  }

  /** Makes an entry and the folders above it. An existing entry keeps its inode if `inPlace`. */
  set(path: string, given: Partial<Omit<Entry, 'inode' | 'mtimeMs'>>, inPlace = false): void {
    const at = this.located(path)
    const known = this.entries.get(at)
    if (dirname(at) !== at) this.makeFolder(dirname(at), 0o700)
    if (known?.kind === 'folder' && given.kind !== 'folder') throw systemError('EISDIR', path)
    this.changes += 1
    const inode = inPlace && known ? known.inode : this.changes
    const plain = { kind: 'file', content: Buffer.alloc(0), mode: 0o600, uid: 0, gid: 0 } as const
    this.entries.set(at, { ...plain, ...(inPlace && known), ...given, inode, mtimeMs: this.changes })
  }

  makeFolder(path: string, mode: number): void {
    const known = this.target(path)
    if (known?.kind === 'folder') return
    if (known !== undefined) throw systemError('EEXIST', path)
    this.set(path, { kind: 'folder', mode })
  }

  names(folder: string): readonly string[] {
    const at = this.realPath(folder)
    if (at === undefined) return []
    const below = [...this.entries.keys()].filter((path) => path !== '/' && dirname(path) === at)
    return below.map((path) => path.slice(at === '/' ? 1 : at.length + 1)).sort()
  }

  remove(path: string): void {
    const at = this.located(path)
    for (const one of [...this.entries.keys()]) if (isWithin(one, at)) this.entries.delete(one)
    this.changes += 1
  }

  rename(from: string, to: string): void {
    const [source, target] = [this.located(from), this.located(to)]
    if (!this.entries.has(source)) throw systemError('ENOENT', from)
    this.remove(to)
    for (const [path, one] of [...this.entries])
      if (isWithin(path, source)) {
        this.entries.delete(path)
        this.entries.set(target + path.slice(source.length), one)
      }
  }

  linkTarget(path: string): string | undefined {
    const entry = this.entries.get(path)
    return entry?.kind === 'link' ? entry.content.toString() : undefined
  }

  /** The path with all links followed; undefined if it leads nowhere. */
  realPath(path: string, hops = 40): string | undefined {
    let at = '/'
    const parts = path.split('/').filter(Boolean)
    for (const [index, part] of parts.entries()) {
      at = join(at, part)
      const target = this.linkTarget(at)
      if (target !== undefined) {
        const rest = join(target.startsWith('/') ? target : join(dirname(at), target), ...parts.slice(index + 1))
        return hops === 0 ? undefined : this.realPath(rest, hops - 1)
      }
      if (!this.entries.has(at)) return undefined
    }
    return at
  }

  /** The path with the links of its folder followed, not one in its own place. */
  private located(path: string): string {
    const folder = this.realPath(dirname(path))
    return folder === undefined ? join(path) : join(folder, path.slice(path.lastIndexOf('/') + 1))
  }
}

const isWithin = (path: string, folder: string): boolean =>
  folder === '/' || path === folder || path.startsWith(`${folder}/`)

const textOf = ({ kind, content }: Entry): string =>
  kind === 'folder' ? '(folder)' : kind === 'link' ? `-> ${content}` : content.toString()
