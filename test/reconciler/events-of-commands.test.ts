import { expect, test } from 'vitest'
import { HeroPodsError } from '../../src/model/errors.ts'
import { appliedEvents } from '../../src/reconciler/engine/applied-events.ts'
import { outcomeEvents, removedEvents } from '../../src/reconciler/engine/command-events.ts'

test('An apply has one event for each stack that it changed, with what was done', () => {
  const done = [
    { address: 'shop/container/web', action: 'create' },
    { address: 'shop/container/api', action: 'create' },
    { address: 'shop/container/db', action: 'recreate' },
    { address: 'mail/volume/data', action: 'release' },
    { address: 'old/container/gone', action: 'delete' },
  ] as const
  const events = appliedEvents(['mail', 'quiet', 'shop'], done, 7)
  expect(events.map(({ type, stack, generation, message }) => [type, stack, generation, message])).toEqual([
    ['stack.applied', 'mail', 7, 'Generation 7 is applied: 1 released.'],
    ['stack.applied', 'shop', 7, 'Generation 7 is applied: 2 created, 1 replaced.'],
  ])
})

test('start, stop and restart have an event for each container that they changed', () => {
  const events = outcomeEvents([
    { address: 'shop/container/web.1', result: 'started' },
    { address: 'shop/container/web.2', result: 'already running' },
    { address: 'shop/container/db', result: 'stopped' },
    { address: 'shop/container/api', result: 'restarted' },
    { address: 'shop/container/bad', error: new HeroPodsError({ code: 'usage', message: 'no' }) },
  ])
  expect(events.map(({ type, reason, message }) => [type, reason, message])).toEqual([
    ['container.started', 'Started', 'web.1 was started.'],
    ['container.stopped', 'Stopped', 'db was stopped.'],
    ['container.restarted', 'Restarted', 'api was restarted.'],
  ])
})

test('rm has an event for each container that it removed', () => {
  expect(removedEvents(['shop/container/web'])).toEqual([
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
