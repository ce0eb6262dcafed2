import { basename } from 'node:path'
import type { HostReader } from '../../host/host.ts'
import type { OnSignal, Signal } from './signal.ts'

/** A folder or file to be watched. */
export interface Place {
  readonly path: string
  /** What a change of the name in this folder (of a file: its own) says; undefined: nothing. */
  readonly tells: (name: string) => Signal | undefined
  /** Keep the file open: a name below /proc/sys that nobody has open may get another inode, and the watched one falls silent. */
  readonly held?: boolean
}

interface Watch {
  place: Place
  readonly watcher: { close(): void }
  readonly inode: number
}

/**
 * Keeps an inotify watch on each place that is there. One that is not there yet shows in the folder above it, which is to be watched
 * too; it gets its watch with the next `sync`.
 */
export class Inotify {
  private readonly watches = new Map<string, Watch>()
  /** Why the last watch could not be made, where the kernel gave none. */
  failure: string | undefined

  constructor(
    private readonly host: HostReader,
    private readonly onSignal: OnSignal,
  ) {}

  get size(): number {
    return this.watches.size
  }

  /** Makes the watches those of `places`. Answers whether some are new: what changed before they were made has told nothing. */
  async sync(places: readonly Place[]): Promise<boolean> {
    this.failure = undefined
    const wanted = new Set(places.map((place) => place.path))
    for (const path of this.watches.keys()) if (!wanted.has(path)) this.drop(path)
    let fresh = false
    for (const place of places) {
      const inode = (await this.host.statTarget(place.path))?.inode
      // The same name, another object: events of the old one are over, and /proc and cgroups do not tell of their end.
      if (this.watches.get(place.path)?.inode !== inode) this.drop(place.path)
      const known = this.watches.get(place.path)
      if (known) known.place = place
      else if (inode !== undefined) fresh = this.open(place, inode) || fresh
    }
    return fresh
  }

  close(): void {
    for (const path of [...this.watches.keys()]) this.drop(path)
  }

  private open(place: Place, inode: number): boolean {
    try {
      const watcher = this.host.watchPath(place.path, {
        onChange: (name, renamed) => this.changed(place.path, renamed, name),
        onError: () => this.drop(place.path),
        keepOpen: place.held ?? false,
      })
      this.watches.set(place.path, { place, watcher, inode })
      return true
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException
      if (code === 'ENOSPC') this.failure = 'the kernel gives no more watches: raise fs.inotify.max_user_watches'
      else if (code !== 'ENOENT') this.failure = message
      return false
    }
  }

  private changed(path: string, renamed: boolean, name: string): void {
    const place = this.watches.get(path)?.place
    if (place === undefined) return
    // Its own end comes under its own name.
    const gone = renamed && name === basename(path)
    if (gone) this.drop(path)
    const signal = place.tells(name) ?? (gone ? place.tells('') : undefined)
    if (signal) this.onSignal(signal)
  }

  private drop(path: string): void {
    const known = this.watches.get(path)
    if (!known) return
    this.watches.delete(path)
    known.watcher.close()
  }
}
