import { expect, test } from 'vitest'
import type { InstanceEvent } from '../../src/model/event.ts'
import { renderEvent } from '../../src/report/event-text.ts'
import { makeStyle } from '../../src/report/style.ts'

const event: InstanceEvent = {
  id: '1-1',
  time: '2026-11-28T11:57:00.123Z',
  type: 'apply.started',
  level: 'info',
  reason: 'ApplyStarted',
  message: 'The apply of shop has begun: 1 step.',
  stack: 'shop',
  generation: 4,
}
const commit = { id: '292d8de801f6b7a8', subject: 'New heading', author: 'me', time: '2026-11-28T11:00:00Z' }

const text = (fields: Partial<InstanceEvent> = {}): string => renderEvent({ ...event, ...fields }, makeStyle(false))

test('An event is one line with its author', () => {
  expect(text()).toBe('2026-11-28 11:57:00Z info    apply.started        shop @4  The apply of shop has begun: 1 step.')
  expect(text({ by: 'alice (sudo)' })).toMatch(/has begun: 1 step\. \(by alice \(sudo\)\)$/)
})

test('An event has its commit once', () => {
  expect(text({ commit })).toMatch(/1 step\. \(commit 292d8de "New heading" by me\)$/)
  expect(text({ commit, message: 'Commit 292d8de "New heading" by me: 1 stack.' })).toMatch(/by me: 1 stack\.$/)
})

test('The objects of a held removal and the way out are below its event', () => {
  const parts = {
    summary: 'Nothing was removed.',
    objects: ['s/container/a'],
    hint: 'To remove them: `heropods destroy s`.',
  }
  expect(text({ message: 'Nothing was removed: s/container/a.', parts, commit })).toMatch(
    / {2}Nothing was removed\. \(commit 292d8de "New heading" by me\)\n {2}- s\/container\/a\n {2}-> To remove them: `heropods destroy s`\.$/,
  )
})
