import { setTimeout as delay } from 'node:timers/promises'
import { realpathSync, statSync } from '../../host/caller-files.ts'
import type { HostReader } from '../../host/host.ts'
import { toDiagnostic } from '../../model/errors.ts'
import type { LoadedDirectory } from '../../stack/load-directory.ts'
import { isStackFile, stackFilesIn } from '../../stack/read/find-files.ts'
import { Inotify } from '../signals/inotify.ts'
import type { Signal } from '../signals/signal.ts'
import { Fingerprints } from './fingerprint.ts'
import { watchedNames } from './watched-names.ts'

/** A folder as it stood still for a while. */
export interface SourceRevision {
  readonly loaded: LoadedDirectory
  /** 12 hex digits that change with any file that counts. */
  readonly revision: string
  /** Whether stacks that it no longer states may go: not where it may be another folder than the one that was followed. */
  readonly mayPrune: boolean
  /** Whether the folder is on the same device as `/`: no disk of its own is mounted there. */
  readonly onRoot: boolean
}

export interface SourceFailure {
  /** A CamelCase word: `FolderGone`, `FolderUnreadable`, `FolderUnsettled`, `VariablesInvalid`, or what the git source says. */
  readonly reason: string
  readonly message: string
}

export interface DirectoryOptions {
  readonly host: HostReader
  readonly folder: string
  /** How long names and contents must have been still, milliseconds. */
  readonly settleMs: number
  /** Files that every stack is read with; absolute. */
  readonly inputs?: readonly string[]
  /** Default: half a minute. Milliseconds. */
  readonly longestUnrest?: number
  load(folder: string): Promise<LoadedDirectory>
  onSnapshot(snapshot: SourceRevision): void
  onFailure(failure: SourceFailure): void
}

/** A folder whose place is taken by another one, as by a swapped link or an unmounted disk, is noticed within this time. Milliseconds. */
const identityPoll = 500
/** A change that the watcher does not tell of, as while it begins to watch, is noticed within this time. Milliseconds. */
const contentPoll = 5000

/** Files that are never still for so long are told: nothing is read before. Milliseconds. */
const longestUnrest = 30_000

interface Identity {
  readonly real: string
  readonly device: number
  readonly inode: number
}

/**
 * Follows a folder of stacks. Events only say "look again": what counts is what the files hold once they have been still for
 * `settleMs`, so that a half-written tree is never delivered.
 */
export class DirectorySource {
  private readonly watches: Inotify
  private readonly fingerprints = new Fingerprints()
  private identity: Identity | undefined
  /** Device of the folder that stacks were first read from. */
  private home: number | undefined
  private inputs: readonly string[]
  private delivered: string | undefined
  private hadFailures = false
  private settling: Promise<void> | undefined
  private again = false
  /** Since when files have changed while they were waited for; Infinity: that was told. */
  private restless: number | undefined
  private closed = false
  private readonly ending = new AbortController()
  private readonly timers: readonly NodeJS.Timeout[]

  constructor(private readonly options: DirectoryOptions) {
    this.inputs = options.inputs ?? []
    this.watches = new Inotify(options.host, () => this.look())
    this.timers = [
      setInterval(() => this.checkIdentity(), identityPoll).unref(),
      setInterval(() => this.checkContent(), contentPoll).unref(),
    ]
    this.look()
  }

  /** Looks at the folder once more, whether or not anything was heard of it. */
  look(): void {
    this.again = true
    this.settling ??= this.settleOrTell().finally(() => {
      this.settling = undefined
      if (this.again && !this.closed) this.look()
    })
  }

  async close(): Promise<void> {
    this.closed = true
    this.ending.abort()
    for (const timer of this.timers) clearInterval(timer)
    await this.settling
    this.watches.close()
  }

  private checkIdentity(): void {
    const now = identityOf(this.options.folder)
    if (
      now?.real !== this.identity?.real ||
      now?.inode !== this.identity?.inode ||
      now?.device !== this.identity?.device
    )
      this.look()
  }

  private checkContent(): void {
    if (this.fingerprint() !== this.delivered) this.look()
  }

  private async settleOrTell(): Promise<void> {
    try {
      await this.settle()
    } catch (error) {
      this.delivered = undefined
      this.options.onFailure({ reason: 'FolderUnreadable', message: toDiagnostic(error).message })
    }
  }

  private async settle(): Promise<void> {
    while (this.again && !this.closed) {
      this.again = false
      const identity = identityOf(this.options.folder)
      this.identity = identity
      await this.follow()
      const before = identity && this.fingerprint()
      // Also where nothing is new: of two changes close to each other the watcher may tell the first one alone.
      await delay(this.options.settleMs, undefined, { signal: this.ending.signal }).catch(() => undefined)
      if (this.closed) return
      if (identity === undefined || before === undefined) this.tellGone(identity)
      else await this.deliver(identity, before)
    }
  }

  /** Not there, and still not after a while. */
  private tellGone(before: Identity | undefined): void {
    const now = identityOf(this.options.folder)
    if (now !== undefined && before === undefined) {
      this.again = true
      return
    }
    this.delivered = undefined
    this.options.onFailure(
      now === undefined
        ? { reason: 'FolderGone', message: `The folder ${this.options.folder} is not there.` }
        : { reason: 'FolderUnreadable', message: `The folder ${this.options.folder} cannot be read.` },
    )
  }

  private async deliver(identity: Identity, before: string): Promise<void> {
    if (before === this.delivered && !this.hadFailures && before === this.fingerprint()) return
    try {
      const loaded = await this.options.load(this.options.folder)
      if (this.closed) return
      const known = this.inputs
      const now = identityOf(this.options.folder)
      const still = this.fingerprint() === before && now?.inode === identity.inode
      this.inputs = loaded.inputs
      if (!still) this.tellUnrest()
      if (!still || known.join('\n') !== loaded.inputs.join('\n')) {
        this.again = true
        return
      }
      this.restless = undefined
      this.delivered = before
      this.hadFailures = loaded.failures.length > 0
      const empty = loaded.stacks.size + loaded.failures.length === 0
      if (!empty) this.home ??= identity.device
      this.options.onSnapshot({
        loaded,
        revision: before.slice(0, 12),
        mayPrune: this.home !== undefined && this.home === identity.device,
        onRoot: statSync('/').dev === identity.device,
      })
    } catch (error) {
      this.delivered = before
      this.hadFailures = true
      this.options.onFailure({ reason: 'VariablesInvalid', message: toDiagnostic(error).message })
    }
  }

  private tellUnrest(): void {
    this.restless ??= performance.now()
    if (performance.now() - this.restless < (this.options.longestUnrest ?? longestUnrest)) return
    this.restless = Number.POSITIVE_INFINITY
    this.delivered = undefined
    this.options.onFailure({
      reason: 'FolderUnsettled',
      message: `Files of ${this.options.folder} are never still, ${this.fingerprints.changed} for one: none is read before. A file that is written all the time belongs into a bind, not into a config.`,
    })
  }

  private fingerprint(): string | undefined {
    return this.fingerprints.of(this.options.folder, this.inputs)
  }

  /** Watches the names that count: new ones show what came before they were watched at the end of the wait that follows. */
  private async follow(): Promise<void> {
    const { folder } = this.options
    const names = new Map(watchedNames([...listed(folder), ...this.inputs]))
    // Stacks that come to be show in the folder that now has the name; a swapped link leads to another one.
    const home = this.identity?.real
    if (home !== undefined) names.set(home, names.get(home) ?? new Set())
    await this.watches.sync(
      [...names].map(([path, own]) => ({
        path,
        tells: (name) => (own.has(name) || (path === home && isStackFile(name)) || name === '' ? changed : undefined),
      })),
    )
  }
}

const changed: Signal = { kind: 'files', detail: 'a file of a stack has changed' }

function listed(folder: string): readonly string[] {
  try {
    return stackFilesIn(folder)
  } catch {
    return []
  }
}

function identityOf(folder: string): Identity | undefined {
  try {
    const real = realpathSync(folder)
    const { dev, ino } = statSync(real)
    return { real, device: dev, inode: ino }
  } catch {
    return undefined
  }
}
