import { setTimeout as delay } from 'node:timers/promises'
import { toDiagnostic } from '../model/errors.ts'
import type { InstanceEvent } from '../model/event.ts'
import { openEvents } from '../reconciler/engine/events.ts'
import type { Instance } from './instance.ts'

export interface EventOptions {
  /** Only events after this ID (`InstanceEvent.id`). Default: only new events. `0`: all stored ones first. */
  readonly after?: string
  /** Ends the iteration. */
  readonly signal?: AbortSignal
}

/** The longest wait for one event, and the time between two attempts to read the event store, milliseconds. */
const blockMs = 1000

/** The events of an instance, oldest first, until `signal` is aborted. The event store (Redis) may stop and start meanwhile. */
export async function* eventsOf(instance: Instance, { after, signal }: EventOptions): AsyncGenerator<InstanceEvent> {
  let last = after ?? (await newestEvent(instance))?.id ?? '0'
  while (!signal?.aborted) {
    for (const event of await eventsAfter(instance, last)) {
      if (signal?.aborted) return
      last = event.id
      yield event
    }
  }
}

async function newestEvent(instance: Instance): Promise<InstanceEvent | undefined> {
  return (await readEvents(instance, { limit: 1 }))?.at(0)
}

/** The events after an ID. Waits for one for at most `blockMs`. Empty while there is no event store. */
async function eventsAfter(instance: Instance, after: string): Promise<readonly InstanceEvent[]> {
  const events = await readEvents(instance, { after, blockMs })
  if (events === undefined) await delay(blockMs)
  return events ?? []
}

/** undefined: there is no event store. */
async function readEvents(
  { host, paths }: Instance,
  options: { readonly after?: string; readonly blockMs?: number; readonly limit?: number },
): Promise<readonly InstanceEvent[] | undefined> {
  const store = await openEvents({ host, instance: paths.instance })
  try {
    return await store?.events(options)
  } catch (error) {
    if (toDiagnostic(error).code !== 'redis-lost') throw error
  } finally {
    await store?.close()
  }
  return undefined
}
