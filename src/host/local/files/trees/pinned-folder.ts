import { closeSync, constants, lstatSync, mkdirSync, openSync, readlinkSync } from 'node:fs'
import { codeOf } from '../../../error-code.ts'

/** O_PATH of open(2), which Node does not name. */
const pathOnly = 0o10_000_000

/** Most links to follow, as in the kernel. */
const maxLinks = 40

/** An open folder. Its paths lead to this folder even if another process replaces its name by a link meanwhile. */
export class PinnedFolder {
  private constructor(private readonly descriptor: number) {}

  /** Follows links. */
  static open(path: string): PinnedFolder {
    return new PinnedFolder(openSync(path, pathOnly | constants.O_DIRECTORY))
  }

  /** A path for calls that do not follow a link at its end. `name` must be one part of a path. */
  at(name: string): string {
    return `/proc/self/fd/${this.descriptor}/${name}`
  }

  /** Follows no link: raises ENOTDIR. */
  child(name: string): PinnedFolder {
    return new PinnedFolder(openSync(this.at(name), pathOnly | constants.O_DIRECTORY | constants.O_NOFOLLOW))
  }

  /** The target of a link; undefined for everything else. */
  linkTarget(name: string): string | undefined {
    const stat = lstatSync(this.at(name), { throwIfNoEntry: false })
    return stat?.isSymbolicLink() ? readlinkSync(this.at(name)) : undefined
  }

  close(): void {
    closeSync(this.descriptor)
  }
}

/** A place in a tree: a name in an open folder. The name of the root itself is `.`. */
export interface PinnedPlace {
  readonly folder: PinnedFolder
  readonly name: string
  close(): void
}

export interface LocateOptions {
  /** Follows a link at the end of the path as well. */
  readonly followsLast?: boolean
  /** Makes missing folders above the place. */
  readonly makesFolders?: boolean
}

/**
 * Finds a place below `root`. Links are followed as if `root` was `/`, so none leads out, and a process that exchanges folders meanwhile
 * gains nothing. The place itself may be absent. Raises the errors of the kernel.
 */
export function locate(root: string, path: string, options: LocateOptions = {}): PinnedPlace {
  const walk = new Walk(PinnedFolder.open(root), options)
  try {
    return walk.to(path)
  } catch (error) {
    walk.close()
    throw error
  }
}

/** The folders from the root to the present one. A `..` goes back along them, never through the kernel. */
class Walk {
  private readonly below: PinnedFolder[] = []
  private links = 0

  constructor(
    private readonly root: PinnedFolder,
    private readonly options: LocateOptions,
  ) {}

  to(path: string): PinnedPlace {
    const ahead = partsOf(path)
    for (let part = ahead.shift(); part !== undefined; part = ahead.shift()) {
      const isLast = ahead.length === 0
      if (part === '..') {
        this.below.pop()?.close()
        continue
      }
      if (isLast && !this.options.followsLast) return this.placeOf(part)
      const target = this.here.linkTarget(part)
      if (target !== undefined) this.follow(target, ahead, path)
      else if (isLast) return this.placeOf(part)
      else this.below.push(this.enter(part))
    }
    return this.placeOf('.')
  }

  close(): void {
    for (const folder of [this.root, ...this.below]) folder.close()
  }

  private get here(): PinnedFolder {
    return this.below.at(-1) ?? this.root
  }

  private placeOf(name: string): PinnedPlace {
    return { folder: this.here, name, close: () => this.close() }
  }

  private follow(target: string, ahead: string[], path: string): void {
    this.links += 1
    if (this.links > maxLinks) throw new Error(`too many links in ${path}`)
    if (target.startsWith('/')) while (this.below.length > 0) this.below.pop()?.close()
    ahead.unshift(...partsOf(target))
  }

  private enter(name: string): PinnedFolder {
    try {
      return this.here.child(name)
    } catch (error) {
      if (!this.options.makesFolders || codeOf(error) !== 'ENOENT') throw error
      mkdirSync(this.here.at(name), 0o755)
      return this.here.child(name)
    }
  }
}

const partsOf = (path: string): string[] => path.split('/').filter((part) => part !== '' && part !== '.')
