import { type Diagnostic, HeroPodsError, toDiagnostic } from '../../model/errors.ts'
import { monotonicNow } from '../clock.ts'
import type { Reconciled } from './controller.ts'

/** Longest wait after turns that raised, milliseconds: refused is what comes back by itself, as a lost Redis. */
const [longestRefused, longestFailed] = [5000, 30_000]

/** Runs turns one after the other: whenever one is asked for, and when the last one said the next is due; none before `open`. */
export class ReconcileQueue {
  private opened = false
  private running: Promise<boolean> | undefined
  private next: Promise<boolean> | undefined
  private timer: NodeJS.Timeout | undefined
  private failures = 0
  private began = 0
  private closed = false

  constructor(
    private readonly turn: () => Promise<Reconciled>,
    private readonly onError: (error: Diagnostic) => void,
  ) {}

  open(): void {
    this.opened = true
  }

  /** Answers, once a turn that began after this call has ended, whether it found anything. */
  request(): Promise<boolean> {
    if (this.closed || !this.opened) return Promise.resolve(false)
    if (this.running === undefined) return this.start()
    this.next ??= this.running.then(() => {
      this.next = undefined
      return this.closed ? false : this.start()
    })
    return this.next
  }

  /** How long the turn that is under way has been, milliseconds; 0: none is. */
  busyMs(): number {
    return this.running === undefined ? 0 : monotonicNow() - this.began
  }

  /** Starts no further turn, and waits for the one that is under way. */
  async close(): Promise<void> {
    this.closed = true
    clearTimeout(this.timer)
    await this.running
  }

  private start(): Promise<boolean> {
    clearTimeout(this.timer)
    this.began = monotonicNow()
    this.running = this.run().finally(() => {
      this.running = undefined
    })
    return this.running
  }

  private async run(): Promise<boolean> {
    let wait: number
    let found = false
    try {
      const turn = await this.turn()
      this.failures = 0
      wait = turn.next - monotonicNow()
      found = turn.found
    } catch (error) {
      this.failures += 1
      wait = Math.min(250 * 2 ** this.failures, error instanceof HeroPodsError ? longestRefused : longestFailed)
      this.onError(toDiagnostic(error))
    }
    if (!this.closed) this.timer = setTimeout(() => void this.request(), Math.max(0, wait))
    return found
  }
}
