import { createHash } from 'node:crypto'
import { type BigIntStats, statSync } from '../../host/caller-files.ts'
import { readPlainFile } from '../../host/files/plain-file.ts'
import { stackFilesIn } from '../../stack/read/find-files.ts'

/** Larger files are compared by size and times only. Bytes. */
const mostRead = 16n * 1024n * 1024n
/** A file that was written this shortly before it was read may be written again with the same time. Nanoseconds. */
const tick = 50_000_000n

/** Detects changed files. It reads only files whose size or times have changed. */
export class Fingerprints {
  private known = new Map<string, { readonly stamp: string; readonly hash: string }>()
  private read: string | undefined

  /** The last file that was read because it had changed; undefined: none. */
  get changed(): string | undefined {
    return this.read
  }

  /** SHA-256 over names and contents of the stacks of a folder and of `inputs`; undefined: it cannot be listed. */
  of(folder: string, inputs: readonly string[]): string | undefined {
    const before = this.known
    this.known = new Map()
    const hash = createHash('sha256')
    try {
      for (const path of new Set([...stackFilesIn(folder), ...inputs]))
        hash.update(`${path}\0${this.contentOf(path, before)}\n`)
      return hash.digest('hex')
    } catch {
      return undefined
    }
  }

  private contentOf(path: string, before: typeof this.known): string {
    try {
      const stat = statSync(path, { bigint: true })
      const stamp = stampOf(stat)
      const last = before.get(path)
      const isKnown = last?.stamp === stamp
      if (!isKnown) this.read = path
      const hash = isKnown ? last.hash : stat.isFile() && stat.size <= mostRead ? hashOf(path) : stamp
      if (isKnown || BigInt(Date.now()) * 1_000_000n - stat.ctimeNs > tick) this.known.set(path, { stamp, hash })
      return hash
    } catch {
      return 'absent'
    }
  }
}

const hashOf = (path: string): string =>
  createHash('sha256')
    .update(readPlainFile(path, Number(mostRead)))
    .digest('hex')

const stampOf = ({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string =>
  [dev, ino, size, mtimeNs, ctimeNs].join(' ')
