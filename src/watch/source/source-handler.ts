import type { NewEvent } from '../../model/event.ts'
import { commitText, type GenerationOrigin, shortCommit } from '../../model/generation.ts'
import type { SourceFailure, SourceRevision } from './directory.ts'
import { filesSummary, problemText } from './files-summary.ts'

/** Consumes revisions of the source. */
export interface RevisionConsumer {
  accept(revision: SourceRevision): Promise<void>
  sourceFailed(failure: SourceFailure): Promise<void>
}

export interface SourceHandlerTools {
  readonly consumer: RevisionConsumer
  readonly publisher: { publish(event: NewEvent): void }
  /** Called when a revision or a failure was consumed. */
  onHandled(): void
}

/** Passes revisions and failures of the source on once it has begun. Publishes the result of each revision; the consumer publishes failures. */
export class SourceHandler {
  /** Resolves with the first revision or failure: before it, nothing is known of the files. */
  readonly first: Promise<void>
  /** Where the files of the last revision come from. */
  origin: GenerationOrigin = {}
  /** The last revision that the stacks have. */
  current: SourceRevision | undefined
  private readonly begun: Promise<void>
  private ok = true
  private handled: () => void = () => undefined
  private start: () => void = () => undefined

  constructor(private readonly tools: SourceHandlerTools) {
    this.first = new Promise((resolve) => {
      this.handled = resolve
    })
    this.begun = new Promise((resolve) => {
      this.start = resolve
    })
  }

  /** Revisions that came before wait for this: they are compared with the records of stacks, which must be read first. */
  begin(): void {
    this.start()
  }

  async accept(revision: SourceRevision): Promise<void> {
    await this.begun
    this.origin = revision.origin
    this.publish(revision)
    await this.tools.consumer.accept(revision)
    this.current = revision
    this.end()
  }

  async failed(failure: SourceFailure): Promise<void> {
    await this.begun
    this.ok = false
    await this.tools.consumer.sourceFailed(failure)
    this.end()
  }

  private end(): void {
    this.handled()
    this.tools.onHandled()
  }

  private publish(revision: SourceRevision): void {
    const was = this.ok
    this.ok = revision.loaded.failures.length === 0
    const { commit } = revision.origin
    this.tools.publisher.publish({ ...sourceEvent(revision, was), ...(commit && { commit }) })
  }
}

/** The event of a revision. `wasOk`: the one before had no problem. Pure. */
export function sourceEvent({ loaded, revision, origin: { commit } }: SourceRevision, wasOk: boolean): NewEvent {
  const [wrong] = loaded.failures
  const summary = filesSummary(loaded)
  if (wrong) {
    const message = `${summary}${commit ? ` at ${shortCommit(commit.id)}` : ''}: ${problemText(wrong)}`
    return { type: 'source.failed', level: 'error', reason: 'Invalid', message }
  }
  const name = commit ? `Commit ${commitText(commit)}` : `Files ${revision}`
  if (wasOk) return { type: 'source.changed', level: 'info', reason: 'Settled', message: `${name}: ${summary}.` }
  return {
    type: 'source.recovered',
    level: 'info',
    reason: 'Read',
    message: `All files are valid again. ${name}: ${summary}.`,
  }
}
