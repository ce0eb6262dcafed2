import { expect, test } from 'vitest'
import { appliedEvents } from '../../src/reconciler/engine/applied-events.ts'

test('An apply has one event for each stack that it changed, with what was done', () => {
  const done = [
    { address: 'shop/container/web', action: 'create' },
    { address: 'shop/container/api', action: 'create' },
    { address: 'shop/container/db', action: 'recreate', note: 'ignored SIGTERM for 10 s' },
    { address: 'mail/volume/data', action: 'release' },
    { address: 'old/container/gone', action: 'delete' },
  ] as const
  const events = appliedEvents(['mail', 'quiet', 'shop'], done, 7)
  expect(events.map(({ type, stack, generation, message }) => [type, stack, generation, message])).toEqual([
    ['stack.applied', 'mail', 7, 'Generation 7 is applied: 1 released.'],
    ['stack.applied', 'shop', 7, 'Generation 7 is applied: 2 created, 1 restarted. db: ignored SIGTERM for 10 s.'],
  ])
})

test('The words are those of the apply', () => {
  const done = [
    { address: 's/container/a', action: 'recreate', starts: true },
    { address: 's/network/n', action: 'delete' },
    { address: 's/network/n', action: 'create' },
    { address: 's/volume/v', action: 'create', reuses: true },
    { address: 's/image/i', action: 'update' },
  ] as const
  expect(appliedEvents(['s'], done, 2)[0]?.message).toBe(
    'Generation 2 is applied: 1 reused, 1 replaced, 1 started, 1 updated.',
  )
})
