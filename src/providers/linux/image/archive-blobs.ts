import { createHash, type Hash } from 'node:crypto'
import type { ReadContext } from '../../provider.ts'
import type { ArchiveEntry } from './archive-entries.ts'

const named = /^blobs\/(sha256|sha512)\/([0-9a-f]+)$/
const longest = 600_000

/** Whether an entry is a part of an image that is called by the digest of its content (OCI image layout). */
export const isBlob = ({ type, name }: ArchiveEntry): boolean => type === '-' && named.test(name)

/** A blob of an archive that has another content than its name says; undefined: none. */
export async function damagedBlob(
  { host }: ReadContext,
  path: string,
  blobs: readonly ArchiveEntry[],
): Promise<string | undefined> {
  const empty = blobs.find((blob) => blob.size === 0 && !isOf(blob, hashFor(blob)))
  if (empty !== undefined || blobs.length === 0) return empty?.name
  const check = new BlobCheck(blobs.filter((blob) => blob.size > 0))
  const { exitCode } = await host.stream(
    {
      program: 'tar',
      args: ['--extract', '--to-stdout', '--file', path, '--null', '--verbatim-files-from', '--files-from=-'],
      input: [...new Set(blobs.map(({ written }) => written))].join('\0'),
      timeout: longest,
    },
    (chunk) => check.add(chunk),
  )
  return check.damaged ?? (exitCode === 0 ? undefined : check.current?.name)
}

const hashFor = ({ name }: ArchiveEntry): Hash => createHash(named.exec(name)?.[1] ?? 'sha256')
const isOf = ({ name }: ArchiveEntry, hash: Hash): boolean => name.endsWith(`/${hash.digest('hex')}`)

/** Holds the contents of blobs, which tar writes one after the other, against their names. */
class BlobCheck {
  damaged: string | undefined
  /** The one that is read. */
  current: ArchiveEntry | undefined
  private readonly blobs: Iterator<ArchiveEntry>
  private hash: Hash | undefined
  private missing = 0

  constructor(blobs: readonly ArchiveEntry[]) {
    this.blobs = blobs[Symbol.iterator]()
    this.next()
  }

  /** Answers whether all was well up to here. */
  add(chunk: Buffer): boolean {
    for (let rest = chunk; rest.length > 0 && this.current && this.hash; ) {
      const part = rest.subarray(0, this.missing)
      this.hash.update(part)
      this.missing -= part.length
      rest = rest.subarray(part.length)
      if (this.missing > 0) continue
      if (!isOf(this.current, this.hash)) this.damaged ??= this.current.name
      this.next()
    }
    return this.damaged === undefined
  }

  private next(): void {
    const { value, done } = this.blobs.next()
    this.current = done ? undefined : value
    this.hash = this.current && hashFor(this.current)
    this.missing = this.current?.size ?? 0
  }
}
