import { firstOf } from '../../model/errors.ts'
import type { Controller } from '../controller/controller.ts'
import type { WatchRecords } from '../events/watch-records.ts'
import type { SourceFailure, SourceRevision } from './directory.ts'

/** Hands what the source says to the loop, and tells whether it can be read. */
export class SourceHandler {
  /** Resolves with the source's first answer: stacks, or why they cannot be read. What is remembered says nothing before. */
  readonly first: Promise<void>
  private ok = true
  private answered: () => void = () => undefined

  constructor(
    private readonly loop: Controller,
    private readonly recorder: WatchRecords,
    private readonly onNews: () => void,
  ) {
    this.first = new Promise((resolve) => {
      this.answered = resolve
    })
  }

  async accept(snapshot: SourceRevision, revision: string): Promise<void> {
    this.tell(snapshot, revision)
    await this.loop.accept(snapshot)
    this.answered()
    this.onNews()
  }

  failed(failure: SourceFailure): void {
    this.ok = false
    this.loop.sourceFailed(failure)
    this.answered()
    this.onNews()
  }

  private tell({ loaded }: SourceRevision, revision: string): void {
    const [wrong] = loaded.failures
    const was = this.ok
    this.ok = wrong === undefined
    if (wrong) {
      const first = firstOf(loaded.failures.flatMap((one) => one.diagnostics))
      const message = `${first?.place?.file ?? wrong.file}: ${first?.message}`
      this.recorder.publish({ type: 'source.failed', level: 'error', reason: 'Invalid', message })
    } else if (was) {
      const message = `Stacks: ${loaded.stacks.size}, at ${revision}.`
      this.recorder.publish({ type: 'source.changed', level: 'info', reason: 'Settled', message })
    } else {
      const message = 'Its files are right again.'
      this.recorder.publish({ type: 'source.recovered', level: 'info', reason: 'Read', message })
    }
  }
}
