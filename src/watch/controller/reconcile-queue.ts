import { type Diagnostic, HeroPodsError, toDiagnostic } from '../../model/errors.ts'
import type { Clock } from '../clock.ts'

/** Longest waits after reconciles that raised, milliseconds. A refusal, e.g. because Redis cannot be reached, often ends by itself: it is retried sooner. */
const [maxRefusedWaitMs, maxFailedWaitMs] = [5000, 30_000]

export interface ReconcileQueueTools {
  readonly clock: Clock
  /** `found`: something was done or differs. `next`: when the next one is due. */
  reconcile(): Promise<{ readonly found: boolean; readonly next: number }>
  onError(error: Diagnostic): void
}

/** Runs reconciles one at a time: when one is requested, and at the due time that the last one returned. None before `open`. */
export class ReconcileQueue {
  private opened = false
  private running: Promise<boolean> | undefined
  private next: Promise<boolean> | undefined
  private timer: NodeJS.Timeout | undefined
  private failures = 0
  private began = 0
  private closed = false

  constructor(private readonly tools: ReconcileQueueTools) {}

  open(): void {
    this.opened = true
  }

  /** Resolves when a reconcile that began after this call has ended: whether it found anything. */
  request(): Promise<boolean> {
    if (this.closed || !this.opened) return Promise.resolve(false)
    if (this.running === undefined) return this.start()
    this.next ??= this.running.then(() => {
      this.next = undefined
      return this.closed ? false : this.start()
    })
    return this.next
  }

  /** How long the current reconcile has run, milliseconds; 0: none runs. */
  reconcileMs(): number {
    return this.running === undefined ? 0 : this.tools.clock.monotonic() - this.began
  }

  /** Starts no further reconcile, and waits for the current one. */
  async close(): Promise<void> {
    this.closed = true
    clearTimeout(this.timer)
    await this.running
  }

  private start(): Promise<boolean> {
    clearTimeout(this.timer)
    this.began = this.tools.clock.monotonic()
    this.running = this.run().finally(() => {
      this.running = undefined
    })
    return this.running
  }

  private async run(): Promise<boolean> {
    let wait: number
    let found = false
    try {
      const reconciled = await this.tools.reconcile()
      this.failures = 0
      wait = reconciled.next - this.tools.clock.monotonic()
      found = reconciled.found
    } catch (error) {
      this.failures += 1
      wait = Math.min(250 * 2 ** this.failures, error instanceof HeroPodsError ? maxRefusedWaitMs : maxFailedWaitMs)
      this.tools.onError(toDiagnostic(error))
    }
    if (!this.closed) this.timer = setTimeout(() => void this.request(), Math.max(0, wait))
    return found
  }
}
