import { expect, it } from 'vitest'
import type { InstanceEvent } from '../../../src/model/event.ts'
import { withRecordedExits } from '../../../src/report/containers/recorded-exits.ts'

const event = (name: string, second: number, type: InstanceEvent['type'] = 'container.exited'): InstanceEvent => ({
  id: `${second}-0`,
  time: new Date(Date.UTC(2026, 10, 28, 12, 0, second)).toISOString(),
  type,
  level: 'warning',
  reason: 'Exited',
  message: `${name} at ${second}`,
  stack: 'shop',
  address: `shop/container/${name}`,
})
const messages = (events: readonly InstanceEvent[]) => events.map(({ message }) => message)

it('an exit that nothing has published is among the events, by its time', () =>
  expect(
    messages(
      withRecordedExits(
        [event('app', 1, 'container.started'), event('app', 30, 'container.started')],
        [event('app', 9)],
      ),
    ),
  ).toEqual(['app at 1', 'app at 9', 'app at 30']))

it('an exit that watch or a restart policy has published is there once', () => {
  const published = [event('web', 10), event('db', 12, 'container.restarted')]
  const exits = [event('web', 9), event('db', 11), event('cache', 9)]
  expect(messages(withRecordedExits(published, exits))).toEqual(['cache at 9', 'web at 10', 'db at 12'])
  // The next exit of the same container is another one.
  expect(messages(withRecordedExits(published, [event('web', 40)]))).toEqual(['web at 10', 'db at 12', 'web at 40'])
})
