import type { InstanceEvent, NewEvent } from '../../model/event.ts'
import type { WatchStatus } from '../../model/status.ts'
import type { WatchRecord, WatchRecordChange, WatchStore } from '../../state/watch-store.ts'
import { Repeats } from './repeats.ts'

/** How many events wait while Redis cannot be reached. The oldest are dropped. */
const maxQueued = 1000
const retryMs = 1000

/** The store for `watch`: reconnects after a loss of Redis, and publishes events then that came meanwhile. */
export class WatchRecords {
  private store: Promise<WatchStore> | undefined
  private queue: NewEvent[] = []
  private readonly repeats = new Repeats()
  private flushing: Promise<void> | undefined

  constructor(private readonly open: () => Promise<WatchStore>) {}

  /** Queues an event. Never raises, never waits. */
  publish(event: NewEvent): void {
    this.queue.push(event)
    if (this.queue.length > maxQueued) this.queue.shift()
    this.flushing ??= this.flush()
  }

  watchRecords(): Promise<ReadonlyMap<string, WatchRecord>> {
    return this.withStore((store) => store.watchRecords())
  }

  updateRecord(stack: string, change: WatchRecordChange): Promise<void> {
    return this.withStore((store) => store.updateRecord(stack, change))
  }

  suspend(stack: string, suspended: boolean): Promise<void> {
    return this.withStore((store) => store.suspend(stack, suspended))
  }

  deleteStack(stack: string): Promise<void> {
    return this.withStore((store) => store.deleteStack(stack))
  }

  saveStatus(status: WatchStatus): Promise<void> {
    return this.withStore((store) => store.saveStatus(status))
  }

  forgetStatus(): Promise<void> {
    return this.withStore((store) => store.deleteStatus())
  }

  events(options: Parameters<WatchStore['events']>[0]): Promise<readonly InstanceEvent[]> {
    return this.withStore((store) => store.events(options))
  }

  async close(): Promise<void> {
    await Promise.race([this.flushing, new Promise((resolve) => setTimeout(resolve, retryMs).unref())])
    await (await this.store?.catch(() => undefined))?.close()
  }

  private async flush(): Promise<void> {
    for (let event = this.queue[0]; event !== undefined; event = this.queue[0]) {
      try {
        await this.publishNow(event)
        // A full queue may have dropped it meanwhile.
        if (this.queue[0] === event) this.queue.shift()
      } catch {
        await new Promise((resolve) => setTimeout(resolve, retryMs).unref())
      }
    }
    // In the same tick as the check of the queue: an event that is queued in between would wait for the next one.
    this.flushing = undefined
  }

  private async publishNow(next: NewEvent): Promise<void> {
    const { event, replaces } = this.repeats.count(next, Date.now())
    this.repeats.published(await this.withStore((store) => store.publish(event, replaces)))
  }

  /** After a failure it tries once more on a new connection: the server may have been restarted. */
  private async withStore<T>(act: (store: WatchStore) => Promise<T>): Promise<T> {
    this.store ??= this.open()
    const first = this.store
    try {
      return await act(await first)
    } catch {
      // Calls that fail together share the new connection.
      if (this.store === first) {
        this.store = this.open()
        this.store.catch(() => undefined)
        await (await first.catch(() => undefined))?.close()
      }
      return act(await this.store)
    }
  }
}
