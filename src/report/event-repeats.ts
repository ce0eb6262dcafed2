import type { InstanceEvent } from '../model/event.ts'

/** Equal events with at most this many lines between them are one line: the steps of a crash loop take turns. */
const mostBetween = 2

/** Events with one entry, the newest, for equal events that repeat. Its `count` and `since` include the earlier ones. Pure. */
export function countedEvents(events: readonly InstanceEvent[]): readonly InstanceEvent[] {
  const lines: InstanceEvent[] = []
  for (const event of events) {
    const key = keyOf(event)
    const position = lines.findIndex((one, index) => index >= lines.length - 1 - mostBetween && keyOf(one) === key)
    const [earlier] = position < 0 ? [] : lines.splice(position, 1)
    lines.push(earlier ? merged(earlier, event) : event)
  }
  return lines
}

const merged = (earlier: InstanceEvent, event: InstanceEvent): InstanceEvent => ({
  ...event,
  count: (earlier.count ?? 1) + (event.count ?? 1),
  since: earlier.since ?? earlier.time,
})

const keyOf = ({ type, level, reason, message, stack, address, generation, commit, by }: InstanceEvent): string =>
  JSON.stringify([type, level, reason, message, stack, address, generation, commit?.id, by])
