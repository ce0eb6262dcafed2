import { expect, test } from 'vitest'
import type { InstanceEvent } from '../../src/model/event.ts'
import { countedEvents } from '../../src/report/event-repeats.ts'
import { renderEvent } from '../../src/report/event-text.ts'
import { makeStyle } from '../../src/report/style.ts'

const event = (second: number, message: string, fields: Partial<InstanceEvent> = {}): InstanceEvent => ({
  id: `${second}-0`,
  time: new Date(second * 1000).toISOString(),
  type: 'container.exited',
  level: 'warning',
  reason: 'Exited',
  message,
  stack: 'shop',
  address: 'shop/container/web',
  ...fields,
})
const shown = (events: readonly InstanceEvent[]) => countedEvents(events).map(({ message, count }) => [message, count])

test('Equal events are one line with their number and the time of the first', () => {
  const twelve = Array.from({ length: 12 }, (_, position) => event(position, 'web exited with code 3.'))
  const [line, ...others] = countedEvents(twelve)
  expect(others).toEqual([])
  expect(line).toEqual({ ...event(11, 'web exited with code 3.'), count: 12, since: '1970-01-01T00:00:00.000Z' })
  expect(line && renderEvent(line, makeStyle(false))).toContain('exited with code 3. (x12 since 1970-01-01 00:00:00Z)')
})

test('Events that take turns are counted each; the newest is last', () => {
  const turns = [1, 2, 3].flatMap((position) => [
    event(2 * position, 'web exited.'),
    event(2 * position + 1, 'web was restarted.'),
  ])
  expect(shown(turns)).toEqual([
    ['web exited.', 3],
    ['web was restarted.', 3],
  ])
})

test('Events that differ, or that are far apart, are not counted', () => {
  expect(shown([event(1, 'a'), event(2, 'a', { by: 'bob' }), event(3, 'a', { generation: 2 })])).toHaveLength(3)
  expect(shown([event(1, 'a'), event(2, 'b'), event(3, 'c'), event(4, 'd'), event(5, 'a')])).toHaveLength(5)
})

test('A count that is stored already goes on', () => {
  const stored = event(5, 'a', { count: 4, since: '1970-01-01T00:00:01.000Z' })
  expect(countedEvents([stored, event(9, 'a')])).toEqual([
    { ...event(9, 'a'), count: 5, since: '1970-01-01T00:00:01.000Z' },
  ])
})
