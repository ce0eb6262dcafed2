import { setTimeout as delay } from 'node:timers/promises'
import { toDiagnostic } from '../model/errors.ts'
import type { HostEvent } from '../model/event.ts'
import { openEvents } from '../reconciler/engine/events.ts'
import type { Instance } from './instance.ts'

export interface EventOptions {
  /** Only events after this ID (`HostEvent.id`). Default: only new events. `0`: all stored ones first. */
  readonly after?: string
  /** Ends the iteration. */
  readonly signal?: AbortSignal
}

/** The longest wait for one event, and the time between two attempts to read the records, milliseconds. */
const blockMs = 1000

/** The events of an instance, oldest first, until `signal` is aborted. The records may come and go with the objects of the instance. */
export async function* eventsOf(instance: Instance, { after, signal }: EventOptions): AsyncGenerator<HostEvent> {
  const [first] = after === undefined ? await readEvents(instance, {}) : []
  let last = after ?? first?.id ?? '0'
  while (!signal?.aborted) {
    for (const event of await readEvents(instance, { after: last, blockMs })) {
      if (signal?.aborted) return
      last = event.id
      yield event
    }
  }
}

/** The newest event, or those after an ID. None while the instance has no records. */
async function readEvents(
  { host, paths }: Instance,
  options: { readonly after?: string; readonly blockMs?: number },
): Promise<readonly HostEvent[]> {
  const store = await openEvents({ host, instance: paths.instance })
  try {
    if (store !== undefined) return await store.events({ ...options, ...(options.after === undefined && { limit: 1 }) })
  } catch (error) {
    if (toDiagnostic(error).code !== 'redis-lost') throw error
  } finally {
    await store?.close()
  }
  if (options.blockMs !== undefined) await delay(options.blockMs)
  return []
}
