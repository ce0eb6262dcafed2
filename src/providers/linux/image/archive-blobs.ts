import { createHash, type Hash } from 'node:crypto'
import type { ReadContext } from '../../provider.ts'
import type { ArchiveEntry } from './archive-entries.ts'

const named = /^blobs\/(sha256|sha512)\/([0-9a-f]+)$/
const readTimeoutMs = 600_000

/** True if an entry is a blob: a file whose name is the digest of its content (OCI image layout). Pure. */
export const isBlob = ({ type, name }: ArchiveEntry): boolean => type === '-' && named.test(name)

/** Name of the first blob whose content does not match the digest in its name; undefined: all match. */
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
      input: [...new Set(blobs.map(({ rawName }) => rawName))].join('\0'),
      timeoutMs: readTimeoutMs,
    },
    (chunk) => check.add(chunk),
  )
  return check.damaged ?? (exitCode === 0 ? undefined : check.current?.name)
}

const hashFor = ({ name }: ArchiveEntry): Hash => createHash(named.exec(name)?.[1] ?? 'sha256')
const isOf = ({ name }: ArchiveEntry, hash: Hash): boolean => name.endsWith(`/${hash.digest('hex')}`)

/** Compares blobs with the digests in their names. tar writes the contents one after the other into one stream. */
class BlobCheck {
  damaged: string | undefined
  /** The blob that the next bytes belong to; undefined: all are read. */
  current: ArchiveEntry | undefined
  private readonly blobs: Iterator<ArchiveEntry>
  private hash: Hash | undefined
  /** Bytes of the current blob that have not arrived yet. */
  /** Bytes of the current blob that have not arrived yet. */
  private missing = 0

  constructor(blobs: readonly ArchiveEntry[]) {
    this.blobs = blobs[Symbol.iterator]()
    this.next()
  }

  /** Adds the next bytes. Returns false once a blob does not match. */
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
