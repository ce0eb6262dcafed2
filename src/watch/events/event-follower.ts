import { setTimeout as delay } from 'node:timers/promises'
import type { InstanceEvent } from '../../model/event.ts'
import type { WatchStore } from '../../state/watch-store.ts'

/** How long one read blocks, and the wait after a failure. Milliseconds. */
const [readBlockMs, retryMs] = [5000, 1000]

/** Follows the events of the instance, those of other commands too, so that all sinks get them in the same order. */
export class EventFollower {
  private after = '0'
  private closed = false
  private store: WatchStore | undefined
  private following: Promise<void> | undefined

  constructor(
    private readonly open: () => Promise<WatchStore>,
    private readonly onEvent: (event: InstanceEvent) => void,
  ) {}

  /** Follows events from now on. */
  async start(): Promise<void> {
    this.store = await this.open()
    this.after = (await this.store.events({ limit: 1 }))[0]?.id ?? '0'
    this.following = this.follow()
  }

  /** Passes on all events that were published until now, then ends. */
  async close(): Promise<void> {
    this.closed = true
    if (this.following === undefined) return this.store?.close()
    await this.store?.close()
    await this.following
    const last = await this.open().catch(() => undefined)
    await this.read(last, {}).catch(() => undefined)
    await last?.close()
  }

  private async follow(): Promise<void> {
    while (!this.closed) {
      try {
        this.store ??= await this.open()
        await this.read(this.store, { blockMs: readBlockMs })
      } catch {
        await this.store?.close()
        this.store = undefined
        if (!this.closed) await delay(retryMs)
      }
    }
  }

  private async read(store: WatchStore | undefined, options: { readonly blockMs?: number }): Promise<void> {
    for (const event of (await store?.events({ after: this.after, limit: 1000, ...options })) ?? []) {
      this.after = event.id
      this.onEvent(event)
    }
  }
}
