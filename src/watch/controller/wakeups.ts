import type { Clock } from '../clock.ts'

/** Requests for a reconcile at a later time, although no signal may come. */
export class Wakeups {
  private times: readonly number[] = []

  constructor(private readonly clock: Clock) {}

  /** Requests one after so many milliseconds. */
  after(wait: number): void {
    const now = this.clock.monotonic()
    this.times = [...this.times.filter((time) => time > now), now + wait]
  }

  /** The requested times, past ones included. Milliseconds of the monotonic clock. */
  due(): readonly number[] {
    return this.times
  }
}
