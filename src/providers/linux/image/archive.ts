import { join } from 'node:path'
import { readLines } from '../../../host/process/read-lines.ts'
import { type HeroPodsError, refusedError } from '../../../model/errors.ts'
import type { ImageConfig } from '../../../model/kinds/image.ts'
import type { ReadContext, WriteContext } from '../../provider.ts'
import { damagedBlob, isBlob } from './archive-blobs.ts'
import { type ArchiveEntry, EntryCheck, listOptions, parseEntry } from './archive-entries.ts'
import { type ArchivedImage, archivedImage, isIndex, unpackArchivedImage } from './archived-image.ts'
import { archivedConfig, metadataFault, metadataName, shellConfig } from './named/metadata.ts'

/** Digests of archives, by path and stamp: `heropods watch` needs them at every observation. */
const digestsByStamp = new Map<string, string>()
/** proc and sysfs (statfs(2)): a read of their files may never end. */
const endlessFileSystems = new Set([0x9fa0, 0x62656572])
/** A run of tar over an archive of many gigabytes takes minutes. */
const tarTimeoutMs = 600_000

/** Digest of an archive: the SHA-256 of its bytes. Raises `archive-missing`, `archive-unreadable` (refused). */
export const archiveDigest = (read: ReadContext, path: string): Promise<string> =>
  read.once(`archive ${path}`, async () => {
    const file = await read.host.statTarget(path).catch(() => undefined)
    if (file === undefined || file.kind !== 'file')
      throw refusedError({
        code: 'archive-missing',
        message: file === undefined ? `There is no archive at ${path}.` : `${path} is not a regular file.`,
        hint: 'Paths are relative to the file that names them.',
      })
    if (endlessFileSystems.has((await read.host.fileSystem(path))?.type ?? 0))
      throw unreadableError(path, 'it is a file that the kernel generates')
    const stamp = [path, file.inode, file.size, file.mtimeMs, file.ctimeMs].join()
    const digest = digestsByStamp.get(stamp) ?? `sha256:${await read.host.sha256(path)}`
    digestsByStamp.set(stamp, digest)
    return digest
  })

/** A root file system, with the configuration that `heropods image export` writes beside it. */
interface ArchivedRoot {
  readonly kind: 'root'
  readonly config: ImageConfig | undefined
}

/** The content of an archive: a root file system, or an image in layers (`docker save`, `podman save`). */
export type ArchiveContent = ArchivedRoot | ArchivedImage

/**
 * Lists an archive and checks that it can be unpacked safely. The error names the entry. Raises `archive-unreadable`, `archive-unsafe`,
 * `archive-too-large`, `archive-of-images`, `archive-damaged` (all refused).
 */
export const inspectArchive = (read: ReadContext, path: string): Promise<ArchiveContent> =>
  read.once(`archive content ${path}`, async () => {
    const listing = new Listing(path, await freeBytes(read))
    const command = { program: 'tar', args: [...listOptions, '--file', path], timeoutMs: tarTimeoutMs }
    const { exitCode, stderr, missing } = await readLines(read.host, command, (line) => listing.add(line))
    if (missing) throw toolMissingError()
    if (listing.refusal) throw listing.refusal
    if (exitCode !== 0) throw unreadableError(path, stderr.trim().split('\n')[0] || 'tar did not finish')
    if (listing.check.entries === 0) throw unreadableError(path, 'it is empty')
    return contentOf(read, path, listing)
  })

async function contentOf(read: ReadContext, path: string, listing: Listing): Promise<ArchiveContent> {
  const { indexes, names, blobs, metadata } = listing
  const image = await archivedImage(read, path, indexes, names)
  if (image === undefined) return { kind: 'root', config: metadata && (await archivedConfig(read, path, metadata)) }
  const bad = await damagedBlob(read, path, blobs)
  if (bad !== undefined) throw damagedError(path, `its blob ${bad} does not match its digest`)
  return image
}

/** The list of an archive, entry by entry. */
class Listing {
  readonly check = new EntryCheck()
  /** Files that may list images. */
  readonly indexes = new Map<string, ArchiveEntry>()
  readonly names = new Set<string>()
  readonly blobs: ArchiveEntry[] = []
  metadata: ArchiveEntry | undefined
  refusal: HeroPodsError | undefined

  constructor(
    private readonly path: string,
    private readonly free: number,
  ) {}

  /** Adds a line of the list. Returns false if the archive is refused. */
  add(line: string): boolean {
    const entry = parseEntry(line)
    if (entry === undefined) this.refusal = unsafeError(this.path, `tar lists ${JSON.stringify(line.slice(0, 200))}`)
    // A volume label (GNU tar) is not a file.
    else if (entry.type !== 'V') this.addEntry(entry)
    return this.refusal === undefined
  }

  private addEntry(entry: ArchiveEntry): void {
    const fault = this.check.add(entry) ?? metadataFault(entry, this.check.entries)
    if (fault !== undefined) this.refusal = unsafeError(this.path, fault)
    else if (this.check.bytes > this.free) this.refusal = tooLargeError(this.path, this.check.bytes, this.free)
    if (entry.type === '-' && isIndex(entry.name)) this.indexes.set(entry.name, entry)
    if (isBlob(entry)) this.blobs.push(entry)
    if (entry.name === metadataName) this.metadata = entry
    this.names.add(entry.name)
  }
}

/** Unpacks an archive into a folder. Raises the errors of `inspectArchive` before it writes anything. */
export async function unpackArchive(write: WriteContext, path: string, rootfs: string): Promise<ImageConfig> {
  const content = await inspectArchive(write, path)
  if (content.kind === 'image') return unpackArchivedImage(write, path, rootfs)
  await write.host.run(
    {
      program: 'tar',
      args: [
        '--extract',
        ...['--file', path, '--directory', rootfs],
        ...['--numeric-owner', '--same-owner', '--same-permissions', '--delay-directory-restore'],
        ...['--acls', '--xattrs', '--xattrs-include=user.*', '--xattrs-include=security.capability'],
        // A container has its own /dev.
        ...['--anchored', '--exclude=dev/*', '--exclude=./dev/*', '--exclude=/dev/*'],
        ...[`--exclude=${metadataName}`, `--exclude=./${metadataName}`],
      ],
      timeoutMs: tarTimeoutMs,
    },
    write.abortSignal,
  )
  return content.config ?? shellConfig(write.host, rootfs)
}

async function freeBytes({ host, paths }: ReadContext): Promise<number> {
  for (const folder of [join(paths.data, 'images'), paths.data, join(paths.data, '..'), '/']) {
    const found = await host.fileSystem(folder).catch(() => undefined)
    if (found) return found.freeBytes
  }
  return Number.POSITIVE_INFINITY
}

const toolMissingError = (): HeroPodsError =>
  refusedError({
    code: 'tool-missing',
    message: 'The program tar is not installed.',
    hint: '`heropods doctor` shows how to install missing programs.',
  })

const unreadableError = (path: string, why: string): HeroPodsError =>
  refusedError({
    code: 'archive-unreadable',
    message: `${path} is not an archive that can be unpacked: ${why}.`,
    hint: 'Use a tar archive of a root file system or of an image, plain or compressed.',
  })

const damagedError = (path: string, why: string): HeroPodsError =>
  refusedError({
    code: 'archive-damaged',
    message: `${path} is damaged: ${why}.`,
    hint: 'Copy it again from its origin, or save the image again.',
  })

const unsafeError = (path: string, fault: string): HeroPodsError =>
  refusedError({
    code: 'archive-unsafe',
    message: `${path} is not unpacked: ${fault}.`,
    hint: 'Create the archive again without that entry.',
  })

const tooLargeError = (path: string, bytes: number, free: number): HeroPodsError =>
  refusedError({
    code: 'archive-too-large',
    message: `${path} unpacks to more than ${Math.floor(bytes / 2 ** 20)} MiB, and ${Math.floor(free / 2 ** 20)} MiB are free.`,
    hint: 'Free space (`heropods image rm --unused`), or set HEROPODS_DIR to a larger disk.',
  })
