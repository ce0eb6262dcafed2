import { type Diagnostic, firstLine } from '../../model/errors.ts'
import type { NewEvent } from '../../model/event.ts'
import type { MemoryChange } from '../../state/watch-store.ts'
import { steadyNow } from '../clock.ts'
import { isFailing, type Kept } from '../controller/stack-state.ts'
import { afterFailure, noBackoff } from '../rollout/backoff.ts'
import { reasonOf } from '../status/conditions.ts'
import type { Recorder } from './event-store.ts'

export type Outcome = 'changed' | 'healed' | 'restored' | 'pruned' | 'failed'

export interface LedgerTools {
  readonly recorder: Recorder
  onReconcile(stack: string, result: Outcome, seconds: number): void
  random(): number
}

/** What is told of stacks, and what is remembered of them. */
export class Ledger {
  constructor(private readonly tools: LedgerTools) {}

  tell(kept: Kept, event: Omit<NewEvent, 'stack'>): void {
    this.tools.recorder.publish({ ...event, stack: kept.name })
  }

  counted(kept: Kept, result: Outcome, startedAt: number): void {
    this.tools.onReconcile(kept.name, result, (steadyNow() - startedAt) / 1000)
  }

  async remember(kept: Kept, change: MemoryChange): Promise<void> {
    kept.memory = { ...kept.memory, ...change }
    await this.tools.recorder.remember(kept.name, change)
  }

  async forget(kept: Kept): Promise<void> {
    await this.tools.recorder.forgetStack(kept.name)
    kept.forgotten = true
  }

  /** A failure that is tried again, later each time. `touched`: something on the host had been changed by then. */
  failed(kept: Kept, error: Diagnostic, { touched, startedAt }: { touched: boolean; startedAt: number }): void {
    kept.untouched = !touched
    kept.retry = afterFailure(kept.retry, steadyNow(), this.tools.random())
    this.tellFailed(kept, error, touched ? kept.memory.attempted : null)
    this.counted(kept, 'failed', startedAt)
  }

  tellFailed(kept: Kept, failure: Diagnostic, generation: number | null): void {
    // What a container wrote, which follows on lines of its own, is for `heropods logs`: others are told of this.
    const error = { ...failure, message: firstLine(failure.message) }
    kept.lastError = error
    this.tell(kept, {
      type: 'stack.failed',
      level: 'error',
      reason: reasonOf(error.code),
      message: error.message,
      ...(error.address !== undefined && { address: error.address }),
      ...(generation !== null && { generation }),
    })
  }

  /** All is as stated: what failed before is over, and nothing of what was rejected is left. */
  async recovered(kept: Kept): Promise<void> {
    if (!isFailing(kept)) return
    if (kept.memory.rejected !== null) await this.remember(kept, { rejected: null })
    kept.lastError = undefined
    kept.retry = noBackoff
    kept.untouched = false
    this.tell(kept, {
      type: 'stack.ready',
      level: 'info',
      reason: 'Recovered',
      message: `${kept.name} is as stated again.`,
    })
  }
}
