import { firstOf } from '../../model/errors.ts'
import type { NewEvent } from '../../model/event.ts'
import { commitText, type GenerationOrigin, shortCommit } from '../../model/generation.ts'
import type { LoadFailure } from '../../stack/load-directory.ts'
import type { SourceFailure, SourceRevision } from './directory.ts'
import { alsoInvalid, filesSummary, problemText } from './files-summary.ts'

/** Consumes revisions of the source. */
export interface RevisionConsumer {
  accept(revision: SourceRevision): Promise<void>
  sourceFailed(failure: SourceFailure): Promise<void>
  /** True if the failure of a file is an event of its stack too. */
  announces(failure: LoadFailure): boolean
}

export interface SourceHandlerOptions {
  readonly consumer: RevisionConsumer
  readonly publisher: { publish(event: NewEvent): void }
  /** Called when a revision or a failure was consumed. */
  onHandled(): void
}

/** Files are invalid, or the source could not be used. */
export type SourceProblem = 'files' | 'source'

/** Passes revisions and failures of the source on, after `start`. Publishes the result of each revision; the consumer publishes failures. */
export class SourceHandler {
  /** Resolves when the first revision or failure was consumed: before that, nothing is known of the files. */
  readonly firstHandled: Promise<void>
  /** Where the files of the last revision come from. */
  origin: GenerationOrigin = {}
  /** The last revision that the stacks have. */
  current: SourceRevision | undefined
  private readonly started: Promise<void>
  /** The problem of the last revision, or of the source since then. */
  private lastProblem: SourceProblem | undefined
  private resolveFirstHandled: () => void = () => undefined
  private resolveStarted: () => void = () => undefined

  constructor(private readonly options: SourceHandlerOptions) {
    this.firstHandled = new Promise((resolve) => {
      this.resolveFirstHandled = resolve
    })
    this.started = new Promise((resolve) => {
      this.resolveStarted = resolve
    })
  }

  /** Revisions that came before wait for this: they are compared with the records of stacks, which must be read first. */
  start(): void {
    this.resolveStarted()
  }

  async accept(revision: SourceRevision): Promise<void> {
    await this.started
    this.origin = revision.origin
    this.publish(revision)
    await this.options.consumer.accept(revision)
    this.current = revision
    this.onHandled()
  }

  async failed(failure: SourceFailure): Promise<void> {
    await this.started
    this.lastProblem = 'source'
    await this.options.consumer.sourceFailed(failure)
    this.onHandled()
  }

  /** The source can be used again, perhaps with the same files as before its failure: then no revision follows. */
  async recovered(): Promise<void> {
    await this.started
    const { current } = this
    if (this.lastProblem !== 'source' || current === undefined) return
    this.lastProblem = problemOf(current)
    if (this.lastProblem === undefined) this.publishEvent(current, 'source')
  }

  private onHandled(): void {
    this.resolveFirstHandled()
    this.options.onHandled()
  }

  private publish(revision: SourceRevision): void {
    const { lastProblem } = this
    this.lastProblem = problemOf(revision)
    this.publishEvent(revision, lastProblem)
  }

  private publishEvent(revision: SourceRevision, lastProblem: SourceProblem | undefined): void {
    const { commit } = revision.origin
    const event = sourceEvent(revision, lastProblem, (failure) => this.options.consumer.announces(failure))
    this.options.publisher.publish({ ...event, ...(commit && { commit }) })
  }
}

const problemOf = ({ loaded }: SourceRevision): SourceProblem | undefined =>
  loaded.failures.length > 0 ? 'files' : undefined

const recoveries: Readonly<Record<SourceProblem, string>> = {
  files: 'All files are valid again.',
  source: 'The source can be read again.',
}

/** The file as its problem names it. */
const placeOf = ({ file, diagnostics }: LoadFailure): string => firstOf(diagnostics)?.place?.file ?? file

/**
 * The event of a revision. `lastProblem`: that of the one before. A problem that is an event of its stack too is only named by its
 * file: one problem has its text once. Pure.
 */
export function sourceEvent(
  { loaded, revision, origin: { commit } }: SourceRevision,
  lastProblem: SourceProblem | undefined,
  isAnnounced: (failure: LoadFailure) => boolean,
): NewEvent {
  const { failures } = loaded
  const summary = filesSummary(loaded)
  if (failures.length > 0) {
    const wrong = failures.find((one) => !isAnnounced(one))
    const text = wrong
      ? `${problemText(wrong)}${alsoInvalid(failures, wrong)}`
      : `${[...new Set(failures.map(placeOf))].join(', ')}.`
    const message = `${summary}${commit ? ` at ${shortCommit(commit.id)}` : ''}: ${text}`
    return { type: 'source.failed', level: 'error', reason: 'Invalid', message }
  }
  const name = commit ? `Commit ${commitText(commit)}` : `Files ${revision}`
  if (lastProblem === undefined)
    return { type: 'source.changed', level: 'info', reason: 'Settled', message: `${name}: ${summary}.` }
  return {
    type: 'source.recovered',
    level: 'info',
    reason: 'Read',
    message: `${recoveries[lastProblem]} ${name}: ${summary}.`,
  }
}
