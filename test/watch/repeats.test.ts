import { describe, expect, it } from 'vitest'
import type { NewEvent } from '../../src/model/event.ts'
import { Repeats } from '../../src/watch/events/repeats.ts'

const failed: NewEvent = { type: 'stack.failed', level: 'error', reason: 'Pull', message: 'No.', stack: 'shop' }
const applied: NewEvent = { type: 'stack.applied', level: 'info', reason: 'Applied', message: 'Yes.', stack: 'shop' }
const minute = 60_000

/** Publishes events at minutes; returns the count and the replaced ID of each. */
function published(...events: readonly (readonly [minute: number, event: NewEvent])[]): readonly string[] {
  const repeats = new Repeats()
  return events.map(([position, given], index) => {
    const { event, replaces } = repeats.count(given, position * minute)
    repeats.published({ ...event, id: String(index), time: new Date(position * minute).toISOString() })
    return `x${event.count ?? 1} since ${event.since ?? '-'} for ${replaces ?? '-'}`
  })
}
const once = 'x1 since - for -'

describe('a failure that repeats', () => {
  it('is counted, and replaces the event before it', () =>
    expect(published([0, failed], [1, failed], [5, failed])).toEqual([
      once,
      'x2 since 1970-01-01T00:00:00.000Z for 0',
      'x3 since 1970-01-01T00:00:00.000Z for 1',
    ]))

  it.each<readonly [string, readonly (readonly [number, NewEvent])[]]>([
    [
      'after a success',
      [
        [0, failed],
        [1, applied],
        [2, failed],
      ],
    ],
    [
      'for another reason',
      [
        [0, failed],
        [1, { ...failed, message: 'Other.' }],
      ],
    ],
    [
      'of another stack',
      [
        [0, failed],
        [1, { ...failed, stack: 'mail' }],
      ],
    ],
    [
      'of another generation',
      [
        [0, failed],
        [1, { ...failed, generation: 5 }],
      ],
    ],
    [
      'a long time later',
      [
        [0, failed],
        [16, failed],
      ],
    ],
    [
      'if it is not a failure',
      [
        [0, { ...applied }],
        [1, applied],
      ],
    ],
  ])('is a new one %s', (_, events) => expect(published(...events)).toEqual(events.map(() => once)))

  it('is still the same after a success of another stack', () =>
    expect(published([0, failed], [1, { ...applied, stack: 'mail' }], [2, failed]).at(-1)).toContain('x2'))
})
