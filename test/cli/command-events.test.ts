import { expect, test } from 'vitest'
import { outcomeEvents, removedEvents } from '../../src/cli/command-events.ts'
import { HeroPodsError } from '../../src/model/errors.ts'

test('start, stop, restart, pause and unpause have an event for each container that they changed', () => {
  const events = outcomeEvents([
    { address: 'shop/container/web.1', result: 'started' },
    { address: 'shop/container/web.2', result: 'already running' },
    { address: 'shop/container/db', result: 'stopped' },
    { address: 'shop/container/api', result: 'restarted', note: 'ignored SIGTERM for 3 s' },
    { address: 'shop/container/cache', result: 'paused' },
    { address: 'shop/container/queue', result: 'unpaused' },
    { address: 'shop/container/old', result: 'already paused' },
    { address: 'shop/container/bad', error: new HeroPodsError({ code: 'usage', message: 'no' }) },
  ])
  expect(events.map(({ type, reason, message }) => [type, reason, message])).toEqual([
    ['container.started', 'Started', 'web.1 was started.'],
    ['container.stopped', 'Stopped', 'db was stopped.'],
    ['container.restarted', 'Restarted', 'api was restarted: it ignored SIGTERM for 3 s.'],
    ['container.paused', 'Paused', 'cache was paused.'],
    ['container.unpaused', 'Unpaused', 'queue was unpaused.'],
  ])
})

test('rm has an event for each container that it removed', () => {
  expect(removedEvents([{ address: 'shop/container/web' }])).toEqual([
    {
      type: 'container.removed',
      level: 'info',
      reason: 'Removed',
      message: 'web was removed.',
      stack: 'shop',
      address: 'shop/container/web',
    },
  ])
})
