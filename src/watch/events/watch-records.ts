import type { HostEvent, NewEvent } from '../../model/event.ts'
import type { WatchStatus } from '../../model/status.ts'
import type { WatchRecord, WatchRecordChange, WatchStore } from '../../state/watch-store.ts'

/** Events that wait for Redis to come back; older ones are dropped. */
const longestQueue = 1000
const retryMs = 1000

/** The store as the loop uses it: a lost Redis holds nothing up, and what was said meanwhile is written when it is back. */
export class WatchRecords {
  private store: Promise<WatchStore> | undefined
  private queue: NewEvent[] = []
  private flushing: Promise<void> | undefined

  constructor(private readonly open: () => Promise<WatchStore>) {}

  /** Never fails, never waits. */
  publish(event: NewEvent): void {
    this.queue.push(event)
    if (this.queue.length > longestQueue) this.queue.shift()
    this.flushing ??= this.flush().finally(() => {
      this.flushing = undefined
    })
  }

  memories(): Promise<ReadonlyMap<string, WatchRecord>> {
    return this.withStore((store) => store.watchRecords())
  }

  remember(stack: string, change: WatchRecordChange): Promise<void> {
    return this.withStore((store) => store.updateRecord(stack, change))
  }

  suspend(stack: string, suspended: boolean): Promise<void> {
    return this.withStore((store) => store.suspend(stack, suspended))
  }

  forgetStack(stack: string): Promise<void> {
    return this.withStore((store) => store.deleteStack(stack))
  }

  saveStatus(status: WatchStatus): Promise<void> {
    return this.withStore((store) => store.saveStatus(status))
  }

  forgetStatus(): Promise<void> {
    return this.withStore((store) => store.deleteStatus())
  }

  events(options: Parameters<WatchStore['events']>[0]): Promise<readonly HostEvent[]> {
    return this.withStore((store) => store.events(options))
  }

  async close(): Promise<void> {
    await Promise.race([this.flushing, new Promise((resolve) => setTimeout(resolve, retryMs).unref())])
    await (await this.store?.catch(() => undefined))?.close()
  }

  private async flush(): Promise<void> {
    for (let event = this.queue[0]; event !== undefined; event = this.queue[0]) {
      try {
        await this.withStore((store) => store.publish(event as NewEvent))
        this.queue.shift()
      } catch {
        await new Promise((resolve) => setTimeout(resolve, retryMs).unref())
      }
    }
  }

  /** Tries once more on a new connection: the server may have been started anew. */
  private async withStore<T>(act: (store: WatchStore) => Promise<T>): Promise<T> {
    this.store ??= this.open()
    const first = this.store
    try {
      return await act(await first)
    } catch {
      // Several that fail together share the new one.
      if (this.store === first) {
        this.store = this.open()
        this.store.catch(() => undefined)
        await (await first.catch(() => undefined))?.close()
      }
      return act(await this.store)
    }
  }
}
