import type { EventType, InstanceEvent, NewEvent } from '../../model/event.ts'

/** Failures that each retry would report again. */
const counted: ReadonlySet<EventType> = new Set(['stack.failed', 'source.failed'])
/** Events after which the same failure is a new one. */
const endings: ReadonlySet<EventType> = new Set([
  'stack.applied',
  'stack.ready',
  'stack.rolled-back',
  'stack.pruned',
  'stack.resumed',
  'source.changed',
  'source.recovered',
])
/** The same failure after a longer time is a new one. The longest wait between two retries is five minutes. Milliseconds. */
const maxGapMs = 15 * 60_000

/** An event with its count, and the ID of the stored event that it replaces. */
export interface Counted {
  readonly event: NewEvent
  readonly replaces: string | undefined
}

/** Counts failures that repeat, so that each is one event: the last occurrence, with the number and the time of the first. */
export class Repeats {
  private readonly last = new Map<string, InstanceEvent>()

  /** The event as it is to be published. Changes nothing. */
  count(event: NewEvent, now: number): Counted {
    const earlier = this.last.get(keyOf(event))
    if (earlier === undefined || !isRepeated(earlier, event, now)) return { event, replaces: undefined }
    const { count = 1, since = earlier.time } = earlier
    return { event: { ...event, count: count + 1, since }, replaces: earlier.id }
  }

  /** Remembers an event that was published. */
  published(event: InstanceEvent): void {
    if (counted.has(event.type)) this.last.set(keyOf(event), event)
    if (!endings.has(event.type)) return
    for (const [key, { stack }] of this.last) if (stack === event.stack) this.last.delete(key)
  }
}

const keyOf = ({ type, stack = '' }: NewEvent): string => `${type} ${stack}`

function isRepeated(earlier: InstanceEvent, event: NewEvent, now: number): boolean {
  const same = (['reason', 'message', 'address', 'generation'] as const).every(
    (field) => earlier[field] === event[field],
  )
  return same && earlier.commit?.id === event.commit?.id && now - Date.parse(earlier.time) < maxGapMs
}
