/// <reference path="./tar-stream.d.ts" />
import {
  closeSync,
  constants,
  createReadStream,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  type Stats,
} from 'node:fs'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Headers, pack as newPack, type Pack } from 'tar-stream'
import type { PackOptions } from '../../../contract/files.ts'
import { fileStat } from '../stat.ts'
import { locate, type PinnedFolder } from './pinned-folder.ts'

/** See `FileReader.packTree`. */
export function packTree(root: string, path: string, options: PackOptions): Readable {
  const place = locate(root, path, { followsLast: options.followsLink ?? false })
  const pack = newPack()
  const packer = new Packer(pack, options)
  packer
    .add(place.folder, place.name, options.name)
    .then(
      () => pack.finalize(),
      (error: unknown) => pack.destroy(error instanceof Error ? error : new Error(String(error))),
    )
    .finally(() => place.close())
  return pack
}

class Packer {
  constructor(
    private readonly pack: Pack,
    private readonly options: PackOptions,
  ) {}

  /** Adds a name of a folder, and everything below it, under the name `as`. */
  async add(folder: PinnedFolder, name: string, as: string): Promise<void> {
    const stat = lstatSync(folder.at(name))
    if (stat.isDirectory()) return this.addFolder(folder, name, as, stat)
    if (stat.isFile()) return this.addFile(folder, name, as)
    if (stat.isSymbolicLink())
      return this.write({ ...headerOf(as, stat), type: 'symlink', linkname: folder.linkTarget(name) ?? '' })
    this.options.onLeftOut?.(as, fileStat(stat).kind)
  }

  private async addFolder(parent: PinnedFolder, name: string, as: string, stat: Stats): Promise<void> {
    await this.write({ ...headerOf(as, stat), type: 'directory' })
    const folder = parent.child(name)
    try {
      for (const one of readdirSync(folder.at('.')).sort())
        await this.add(folder, one, as === '.' ? one : `${as}/${one}`)
    } finally {
      folder.close()
    }
  }

  private async addFile(folder: PinnedFolder, name: string, as: string): Promise<void> {
    // A pipe in its place would block without O_NONBLOCK.
    const file = openSync(folder.at(name), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    try {
      const stat = fstatSync(file)
      if (!stat.isFile()) return this.options.onLeftOut?.(as, fileStat(stat).kind)
      const header: Headers = { ...headerOf(as, stat), type: 'file', size: stat.size }
      if (stat.size === 0) return await this.write(header)
      const bytes = createReadStream('', { fd: file, start: 0, end: stat.size - 1, autoClose: false })
      await pipeline(bytes, this.pack.entry(header))
    } finally {
      closeSync(file)
    }
  }

  private write(header: Headers): Promise<void> {
    return new Promise((resolve, reject) => {
      this.pack.entry(header, (error) => (error ? reject(error) : resolve())).end()
    })
  }
}

const headerOf = (name: string, stat: Stats): Headers => ({
  name,
  mode: stat.mode & 0o7777,
  uid: stat.uid,
  gid: stat.gid,
  mtime: stat.mtime,
})
