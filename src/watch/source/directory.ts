import { setTimeout as delay } from 'node:timers/promises'
import { realpathSync, statSync } from '../../host/caller-files.ts'
import type { HostReader } from '../../host/host.ts'
import { toDiagnostic } from '../../model/errors.ts'
import type { GenerationOrigin } from '../../model/generation.ts'
import type { LoadedDirectory } from '../../stack/load-directory.ts'
import { isStackFile, stackFilesIn } from '../../stack/read/find-files.ts'
import { Inotify } from '../signals/inotify.ts'
import type { Signal } from '../signals/signal.ts'
import type { OriginOf } from './file-commits.ts'
import { Fingerprints } from './fingerprint.ts'
import { watchedNames } from './watched-names.ts'

/** The stacks of a folder whose files have not changed for a while. */
export interface SourceRevision {
  readonly loaded: LoadedDirectory
  readonly origin: GenerationOrigin
  /** The origin of some of its files; undefined: that of all. */
  readonly originOf?: OriginOf
  /** 12 hex digits, a hash of all files that count. */
  readonly revision: string
  /** True if stacks that are missing in it may be removed. False if it may be another folder than before. */
  readonly mayPrune: boolean
  /** True if the folder is on the device of `/`: no other disk is mounted there. */
  readonly onRoot: boolean
}

/** Where files come from, all of them and some of them. */
export interface FilesOrigin extends Pick<SourceRevision, 'origin' | 'originOf'> {}

export interface SourceFailure {
  /** A CamelCase word: `FolderGone`, `FolderUnreadable`, `FolderUnsettled`, `VariablesInvalid`, or a reason of the git source. */
  readonly reason: string
  readonly message: string
}

export interface DirectoryOptions {
  readonly host: HostReader
  readonly folder: string
  /** How long names and contents must not have changed, milliseconds. */
  readonly settleMs: number
  /** Files that every stack is read with; absolute. */
  readonly inputs?: readonly string[]
  /** Default: half a minute. Milliseconds. */
  readonly longestUnsettledMs?: number
  load(folder: string): Promise<LoadedDirectory>
  /** Where the files come from, for the history. Called after `load`. */
  origin(loaded: LoadedDirectory): Promise<FilesOrigin>
  onRevision(revision: SourceRevision): void
  onFailure(failure: SourceFailure): void
}

/** Interval of checks for another folder under the same path, after a replaced link or an unmounted disk. Milliseconds. */
const identityPollMs = 500
/** Interval of checks for changes that caused no event, as while watching begins. Milliseconds. */
const contentPollMs = 5000

/** Files that change all the time for so long are reported, since they are not read meanwhile. Milliseconds. */
const defaultMaxUnsettledMs = 30_000

interface Identity {
  readonly real: string
  readonly device: number
  readonly inode: number
}

/**
 * Follows a folder of stacks. Events only start a check. Files are read once they have not changed for `settleMs`, so that a half-written
 * tree is never delivered.
 */
export class DirectorySource {
  private readonly watches: Inotify
  private readonly fingerprints = new Fingerprints()
  private identity: Identity | undefined
  /** Device of the folder from which stacks were read first. */
  private firstDevice: number | undefined
  private inputs: readonly string[]
  private delivered: string | undefined
  private hadFailures = false
  private settling: Promise<void> | undefined
  private checkRequested = false
  /** When files began to change without a pause; Infinity: that was reported. */
  private unsettledSince: number | undefined
  private closed = false
  private readonly ending = new AbortController()
  private readonly timers: readonly NodeJS.Timeout[]

  constructor(private readonly options: DirectoryOptions) {
    this.inputs = options.inputs ?? []
    this.watches = new Inotify(options.host, () => this.check())
    this.timers = [
      setInterval(() => this.checkIdentity(), identityPollMs).unref(),
      setInterval(() => this.checkContent(), contentPollMs).unref(),
    ]
    this.check()
  }

  /** Checks the folder once more, even without an event. */
  check(): void {
    this.checkRequested = true
    this.settling ??= this.settleOrReport().finally(() => {
      this.settling = undefined
      if (this.checkRequested && !this.closed) this.check()
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
      this.check()
  }

  private checkContent(): void {
    if (this.fingerprint() !== this.delivered) this.check()
  }

  private async settleOrReport(): Promise<void> {
    try {
      await this.settle()
    } catch (error) {
      this.delivered = undefined
      this.options.onFailure({ reason: 'FolderUnreadable', message: toDiagnostic(error).message })
    }
  }

  private async settle(): Promise<void> {
    while (this.checkRequested && !this.closed) {
      this.checkRequested = false
      const identity = identityOf(this.options.folder)
      this.identity = identity
      await this.follow()
      const before = identity && this.fingerprint()
      // Waits even if nothing is new: of two changes close to each other the watcher may report only the first.
      await delay(this.options.settleMs, undefined, { signal: this.ending.signal }).catch(() => undefined)
      if (this.closed) return
      if (identity === undefined || before === undefined) this.reportMissing(identity)
      else await this.deliver(identity, before)
    }
  }

  /** Reports a folder that is still missing after the wait. */
  private reportMissing(before: Identity | undefined): void {
    const now = identityOf(this.options.folder)
    if (now !== undefined && before === undefined) {
      this.checkRequested = true
      return
    }
    this.delivered = undefined
    this.options.onFailure(
      now === undefined
        ? { reason: 'FolderGone', message: `The folder ${this.options.folder} does not exist.` }
        : { reason: 'FolderUnreadable', message: `The folder ${this.options.folder} cannot be read.` },
    )
  }

  private async deliver(identity: Identity, before: string): Promise<void> {
    if (before === this.delivered && !this.hadFailures && before === this.fingerprint()) return
    try {
      const loaded = await this.options.load(this.options.folder)
      const origin = await this.options.origin(loaded)
      if (this.closed) return
      const known = this.inputs
      const now = identityOf(this.options.folder)
      const isUnchanged = this.fingerprint() === before && now?.inode === identity.inode
      this.inputs = loaded.inputs
      if (!isUnchanged) this.reportUnsettled()
      if (!isUnchanged || known.join('\n') !== loaded.inputs.join('\n')) {
        this.checkRequested = true
        return
      }
      this.unsettledSince = undefined
      this.delivered = before
      this.hadFailures = loaded.failures.length > 0
      const empty = loaded.stacks.size + loaded.failures.length === 0
      if (!empty) this.firstDevice ??= identity.device
      this.options.onRevision({
        loaded,
        ...origin,
        revision: before.slice(0, 12),
        mayPrune: this.firstDevice !== undefined && this.firstDevice === identity.device,
        onRoot: statSync('/').dev === identity.device,
      })
    } catch (error) {
      this.delivered = before
      this.hadFailures = true
      this.options.onFailure({ reason: 'VariablesInvalid', message: toDiagnostic(error).message })
    }
  }

  private reportUnsettled(): void {
    this.unsettledSince ??= performance.now()
    if (performance.now() - this.unsettledSince < (this.options.longestUnsettledMs ?? defaultMaxUnsettledMs)) return
    this.unsettledSince = Number.POSITIVE_INFINITY
    this.delivered = undefined
    this.options.onFailure({
      reason: 'FolderUnsettled',
      message: `Files of ${this.options.folder} change all the time, e.g. ${this.fingerprints.changed}, so they are not read. Write such files to another folder, and mount them as a bind.`,
    })
  }

  private fingerprint(): string | undefined {
    return this.fingerprints.of(this.options.folder, this.inputs)
  }

  /** Watches the paths of the stacks. The check after the next wait finds changes made before they were watched. */
  private async follow(): Promise<void> {
    const { folder } = this.options
    const names = new Map(watchedNames([...listed(folder), ...this.inputs]))
    // New stacks appear in the folder that has the name now. A replaced link leads to another folder.
    const realFolder = this.identity?.real
    if (realFolder !== undefined) names.set(realFolder, names.get(realFolder) ?? new Set())
    await this.watches.sync(
      [...names].map(([path, own]) => ({
        path,
        signalOf: (name) =>
          own.has(name) || (path === realFolder && isStackFile(name)) || name === '' ? changed : undefined,
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
