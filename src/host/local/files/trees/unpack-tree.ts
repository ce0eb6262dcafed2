/// <reference path="./tar-stream.d.ts" />
import {
  chmodSync,
  chownSync,
  closeSync,
  constants,
  createWriteStream,
  fchmodSync,
  fchownSync,
  futimesSync,
  lchownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Entry, extract, type Headers } from 'tar-stream'
import type { UnpackOptions } from '../../../contract/files.ts'
import { temporaryName } from '../../../files/temporary.ts'
import { locate, type PinnedPlace } from './pinned-folder.ts'

/** See `FileWriter.unpackTree`. */
export async function unpackTree(
  root: string,
  folder: string,
  archive: Readable,
  options: UnpackOptions,
): Promise<void> {
  requireFolder(root, folder)
  const unpacker = new Unpacker(root, folder, options)
  const entries = extract()
  const read = pipeline(archive, entries)
  // The loop below raises the same error.
  read.catch(() => undefined)
  for await (const entry of entries) {
    await unpacker.add(entry)
    entry.resume()
  }
  await read
}

/** Raises ENOENT, ENOTDIR. */
function requireFolder(root: string, folder: string): void {
  const place = locate(root, folder, { followsLast: true })
  try {
    place.folder.child(place.name).close()
  } finally {
    place.close()
  }
}

class Unpacker {
  constructor(
    private readonly root: string,
    private readonly folder: string,
    private readonly options: UnpackOptions,
  ) {}

  async add(entry: Entry): Promise<void> {
    const place = this.placeOf(entry.header.name)
    try {
      await this.write(place, entry)
    } finally {
      place.close()
    }
  }

  private placeOf(name: string): PinnedPlace {
    if (name.split('/').includes('..')) throw new Error(`the archive has the path ${JSON.stringify(name)}`)
    return locate(this.root, `${this.folder}/${name}`, { makesFolders: true })
  }

  private async write(place: PinnedPlace, entry: Entry): Promise<void> {
    const { header } = entry
    switch (header.type) {
      case 'directory':
        return this.writeFolder(place, header)
      case 'file':
      case 'contiguous-file':
        return this.writeFile(place, entry)
      case 'symlink':
        return this.replace(place, (at) => {
          symlinkSync(header.linkname ?? '', at)
          lchownSync(at, ...this.ownerOf(header))
        })
      case 'link':
        return this.writeLink(place, header)
    }
    throw new Error(`the archive has ${JSON.stringify(header.name)}, which is neither a file nor a folder nor a link`)
  }

  /** An existing folder, or a link to one, stays as it is. */
  private writeFolder({ folder, name }: PinnedPlace, header: Headers): void {
    const existing = lstatSync(folder.at(name), { throwIfNoEntry: false })
    if (existing?.isDirectory() || existing?.isSymbolicLink()) return
    mkdirSync(folder.at(name), 0o700)
    // Its name may be a link by now, which chmod(2) would follow.
    const made = folder.child(name)
    try {
      chownSync(made.at('.'), ...this.ownerOf(header))
      chmodSync(made.at('.'), this.modeOf(header))
    } finally {
      made.close()
    }
  }

  private async writeFile(place: PinnedPlace, entry: Entry): Promise<void> {
    const temporary = place.folder.at(temporaryName(process.pid))
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW
    const file = openSync(temporary, flags, 0o600)
    try {
      await pipeline(entry, createWriteStream('', { fd: file, autoClose: false }))
      fchownSync(file, ...this.ownerOf(entry.header))
      fchmodSync(file, this.modeOf(entry.header))
      const { mtime = new Date() } = entry.header
      futimesSync(file, mtime, mtime)
      renameSync(temporary, place.folder.at(place.name))
    } catch (error) {
      rmSync(temporary, { force: true })
      throw error
    } finally {
      closeSync(file)
    }
  }

  /** A hard link to an earlier file of the archive. */
  private writeLink(place: PinnedPlace, { linkname }: Headers): void {
    const target = this.placeOf(linkname ?? '')
    try {
      this.replace(place, (at) => linkSync(target.folder.at(target.name), at))
    } finally {
      target.close()
    }
  }

  /** Makes a name under a temporary one first, so that it replaces a file but not a folder. */
  private replace({ folder, name }: PinnedPlace, make: (path: string) => void): void {
    const temporary = folder.at(temporaryName(process.pid))
    make(temporary)
    try {
      renameSync(temporary, folder.at(name))
    } catch (error) {
      rmSync(temporary, { force: true })
      throw error
    }
  }

  private ownerOf({ uid = 0, gid = 0 }: Headers): [uid: number, gid: number] {
    const { owner } = this.options
    return owner === undefined ? [uid, gid] : [owner.uid, owner.gid]
  }

  /** Set-user-ID bits stay only together with the owner. */
  private modeOf({ mode = 0o644 }: Headers): number {
    return mode & (this.options.owner === undefined ? 0o7777 : 0o1777)
  }
}
