import type { InstanceEvent } from '../../model/event.ts'

/** How long after its end the exit of a container may have been published, and before it, milliseconds. */
const [publishedWithinMs, clockStepMs] = [10_000, 1000]

const endings: readonly InstanceEvent['type'][] = ['container.exited', 'container.restarted', 'container.oom']

/** Events with the exits that were recorded and not published, in the order of time. Pure. */
export function withRecordedExits(
  events: readonly InstanceEvent[],
  exits: readonly InstanceEvent[],
): readonly InstanceEvent[] {
  const published = events.filter(({ type }) => endings.includes(type))
  const isPublished = (exit: InstanceEvent): boolean =>
    published.some(({ address, time }) => {
      const afterMs = Date.parse(time) - Date.parse(exit.time)
      return address === exit.address && afterMs >= -clockStepMs && afterMs <= publishedWithinMs
    })
  return [...events, ...exits.filter((exit) => !isPublished(exit))].sort(
    (left, right) => Date.parse(left.time) - Date.parse(right.time),
  )
}
