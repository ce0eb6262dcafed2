import { setTimeout as delay } from 'node:timers/promises'

/** Errors of the kernel if it has no process, descriptor or memory left for one more child. */
const shortages = ['EAGAIN', 'EMFILE', 'ENFILE', 'ENOMEM']
/** Number of tries while no other child runs that could free resources, and the milliseconds between them. */
const [triesAlone, retryDelayMs] = [5, 50]

/**
 * Starts children. If the kernel has no resources for one more, the start is tried again after another child has ended. So with few
 * descriptors or processes the work is slower, but does not fail.
 */
export class ChildSlots {
  private running = 0
  private waiting: (() => void)[] = []

  /** Starts a child. `failure` of the result is the kernel's error code if the child did not run. */
  async start<T extends { readonly failure: string | undefined }>(start: () => Promise<T>): Promise<T> {
    for (let alone = 0; ; ) {
      const answer = await this.counted(start)
      if (answer.failure === undefined || !shortages.includes(answer.failure)) return answer
      if (this.running > 0) await new Promise<void>((resolve) => this.waiting.push(resolve))
      else if (alone >= triesAlone) return answer
      else await delay(retryDelayMs * ++alone)
    }
  }

  private async counted<T>(start: () => Promise<T>): Promise<T> {
    this.running += 1
    try {
      return await start()
    } finally {
      this.running -= 1
      const woken = this.waiting
      this.waiting = []
      for (const wake of woken) wake()
    }
  }
}
