import { type Diagnostic, firstLine } from '../../model/errors.ts'
import type { NewEvent } from '../../model/event.ts'
import type { WatchRecordChange } from '../../state/watch-store.ts'
import { monotonicNow } from '../clock.ts'
import { isFailing, type StackState } from '../controller/stack-state.ts'
import { afterFailure, noBackoff } from '../rollout/backoff.ts'
import { reasonOf } from '../status/conditions.ts'
import type { WatchRecords } from './watch-records.ts'

export type Outcome = 'changed' | 'healed' | 'restored' | 'pruned' | 'failed'

export interface EventRecorderTools {
  readonly records: WatchRecords
  onOutcome(stack: string, result: Outcome, seconds: number): void
  random(): number
}

/** What is told of stacks, and what is remembered of them. */
export class EventRecorder {
  constructor(private readonly tools: EventRecorderTools) {}

  record(kept: StackState, event: Omit<NewEvent, 'stack'>): void {
    this.tools.records.publish({ ...event, stack: kept.name })
  }

  measure(kept: StackState, result: Outcome, startedAt: number): void {
    this.tools.onOutcome(kept.name, result, (monotonicNow() - startedAt) / 1000)
  }

  async remember(kept: StackState, change: WatchRecordChange): Promise<void> {
    kept.memory = { ...kept.memory, ...change }
    await this.tools.records.remember(kept.name, change)
  }

  async forget(kept: StackState): Promise<void> {
    await this.tools.records.forgetStack(kept.name)
    kept.forgotten = true
  }

  /** A failure that is tried again, later each time. `touched`: something on the host had been changed by then. */
  failed(kept: StackState, error: Diagnostic, { touched, startedAt }: { touched: boolean; startedAt: number }): void {
    kept.untouched = !touched
    kept.retry = afterFailure(kept.retry, monotonicNow(), this.tools.random())
    this.recordFailure(kept, error, touched ? kept.memory.attempted : null)
    this.measure(kept, 'failed', startedAt)
  }

  recordFailure(kept: StackState, failure: Diagnostic, generation: number | null): void {
    // What a container wrote, which follows on lines of its own, is for `heropods logs`: others are told of this.
    const error = { ...failure, message: firstLine(failure.message) }
    kept.lastError = error
    this.record(kept, {
      type: 'stack.failed',
      level: 'error',
      reason: reasonOf(error.code),
      message: error.message,
      ...(error.address !== undefined && { address: error.address }),
      ...(generation !== null && { generation }),
    })
  }

  /** All is as stated: what failed before is over, and nothing of what was rejected is left. */
  async recovered(kept: StackState): Promise<void> {
    if (!isFailing(kept)) return
    if (kept.memory.rejected !== null) await this.remember(kept, { rejected: null })
    kept.lastError = undefined
    kept.retry = noBackoff
    kept.untouched = false
    this.record(kept, {
      type: 'stack.ready',
      level: 'info',
      reason: 'Recovered',
      message: `${kept.name} is as stated again.`,
    })
  }
}
