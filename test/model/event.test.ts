import { expect, test } from 'vitest'
import { type InstanceEvent, newestEventsOf } from '../../src/model/event.ts'

const event = (number: number, address?: string): InstanceEvent => ({
  id: `${number}-0`,
  time: '2026-11-28T00:00:00Z',
  type: 'container.started',
  level: 'info',
  reason: 'Started',
  message: 'web was started.',
  ...(address !== undefined && { address }),
})

test('The newest events of an object are in their order, without events of others', () => {
  const events = [1, 2, 3, 4].flatMap((number) => [
    event(number, 'a/container/web'),
    event(number, 'a/container/web.2'),
  ])
  const found = newestEventsOf([...events, event(9)], 'a/container/web', 3)
  expect(found.map(({ id }) => id)).toEqual(['2-0', '3-0', '4-0'])
  expect(newestEventsOf([event(9)], 'a/container/web', 3)).toEqual([])
})
