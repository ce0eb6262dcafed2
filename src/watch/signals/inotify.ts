import { basename } from 'node:path'
import type { HostReader } from '../../host/host.ts'
import { messageOf } from '../../model/errors.ts'
import { fieldOf } from '../../model/values/unknown.ts'
import type { OnSignal, Signal } from './signal.ts'

/** A folder or file to watch. */
export interface WatchedPath {
  readonly path: string
  /** The signal of a change of this name in the folder (for a file: its own name); undefined: none. */
  readonly signalOf: (name: string) => Signal | undefined
  /** Keep the file open: a name below /proc/sys that is not open may get another inode, and the old one sends no events. */
  readonly keepOpen?: boolean
}

interface Watch {
  watched: WatchedPath
  readonly watcher: { close(): void }
  readonly inode: number
}

/**
 * Keeps an inotify watch on each path that exists. A missing one shows in the folder above it, which must be watched as well; it gets its
 * watch with the next `sync`.
 */
export class Inotify {
  private readonly watches = new Map<string, Watch>()
  /** The reason why the kernel refused the last watch. */
  failure: string | undefined

  constructor(
    private readonly host: HostReader,
    private readonly onSignal: OnSignal,
  ) {}

  get size(): number {
    return this.watches.size
  }

  /** Watches exactly these paths. Resolves to whether some watches are new: earlier changes there caused no signal. */
  async sync(paths: readonly WatchedPath[]): Promise<boolean> {
    this.failure = undefined
    const desired = new Set(paths.map(({ path }) => path))
    for (const path of this.watches.keys()) if (!desired.has(path)) this.drop(path)
    let fresh = false
    for (const watched of paths) {
      const inode = (await this.host.statTarget(watched.path))?.inode
      // Another object has this name now, so the old watch is dead. /proc and cgroups report no end of objects.
      if (this.watches.get(watched.path)?.inode !== inode) this.drop(watched.path)
      const known = this.watches.get(watched.path)
      if (known) known.watched = watched
      else if (inode !== undefined) fresh = this.open(watched, inode) || fresh
    }
    return fresh
  }

  close(): void {
    for (const path of [...this.watches.keys()]) this.drop(path)
  }

  private open(watched: WatchedPath, inode: number): boolean {
    try {
      const watcher = this.host.watchPath(watched.path, {
        onChange: (name, renamed) => this.changed(watched.path, renamed, name),
        onError: () => this.drop(watched.path),
        keepOpen: watched.keepOpen ?? false,
      })
      this.watches.set(watched.path, { watched, watcher, inode })
      return true
    } catch (error) {
      const code = fieldOf(error, 'code')
      if (code === 'ENOSPC') this.failure = 'the limit of inotify watches is reached: raise fs.inotify.max_user_watches'
      else if (code !== 'ENOENT') this.failure = messageOf(error)
      return false
    }
  }

  private changed(path: string, renamed: boolean, name: string): void {
    const watched = this.watches.get(path)?.watched
    if (watched === undefined) return
    // The end of the path itself is reported under its own name.
    const gone = renamed && name === basename(path)
    if (gone) this.drop(path)
    const signal = watched.signalOf(name) ?? (gone ? watched.signalOf('') : undefined)
    if (signal) this.onSignal(signal)
  }

  private drop(path: string): void {
    const known = this.watches.get(path)
    if (!known) return
    this.watches.delete(path)
    known.watcher.close()
  }
}
