import { firstOf } from '../../model/errors.ts'
import type { NewEvent } from '../../model/event.ts'
import type { SourceFailure, SourceRevision } from './directory.ts'

/** Consumes revisions of the source. */
export interface RevisionConsumer {
  accept(revision: SourceRevision): Promise<void>
  sourceFailed(failure: SourceFailure): Promise<void>
}

export interface SourceHandlerTools {
  readonly consumer: RevisionConsumer
  readonly publisher: { publish(event: NewEvent): void }
  /** The revision as users call it, such as a commit (null: it has no such name), and where it comes from, for the history. */
  describe(): { readonly revision: string | null; readonly origin: string | undefined }
  /** Called when a revision or a failure was consumed. */
  onHandled(): void
}

/** Passes revisions and failures of the source on once it has begun, and publishes whether the source can be read. */
export class SourceHandler {
  /** Resolves with the first revision or failure: before it, nothing is known of the files. */
  readonly first: Promise<void>
  /** Where the files of the last revision come from. */
  origin: string | undefined
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

  /** Revisions that came before wait for this: they are compared with the memories of stacks, which must be read first. */
  begin(): void {
    this.start()
  }

  async accept(revision: SourceRevision): Promise<void> {
    await this.begun
    const described = this.tools.describe()
    this.origin = described.origin
    this.publish(revision, described.revision ?? revision.revision)
    await this.tools.consumer.accept(revision)
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

  private publish({ loaded }: SourceRevision, name: string): void {
    const { publisher } = this.tools
    const [wrong] = loaded.failures
    const was = this.ok
    this.ok = wrong === undefined
    if (wrong) {
      const first = firstOf(loaded.failures.flatMap((one) => one.diagnostics))
      const message = `${first?.place?.file ?? wrong.file}: ${first?.message}`
      publisher.publish({ type: 'source.failed', level: 'error', reason: 'Invalid', message })
    } else if (was) {
      const message = `Stacks: ${loaded.stacks.size}, at ${name}.`
      publisher.publish({ type: 'source.changed', level: 'info', reason: 'Settled', message })
    } else {
      const message = 'All files are valid again.'
      publisher.publish({ type: 'source.recovered', level: 'info', reason: 'Read', message })
    }
  }
}
