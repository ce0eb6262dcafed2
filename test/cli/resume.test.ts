import { expect, it } from 'vitest'
import { isWaiting, resumeResult } from '../../src/cli/commands/watch/resume.ts'
import { failedStack, watchStatus } from '../watch/fixtures.ts'

const rejected = { hash: 'new', reason: 'CrashLoop', message: 'Failed.', generation: 5, restored: true }

it.each([
  ['resumed', { suspended: true, rejected: null, settings: {} }],
  ['was not suspended', { suspended: false, rejected: null, settings: {} }],
  [
    'was not suspended; the rollback ends, and watch applies its files again',
    { suspended: false, rejected: { ...rejected, reason: 'RolledBack' }, settings: {} },
  ],
  ['was not suspended; its change that failed is tried again', { suspended: false, rejected, settings: {} }],
  [
    'is suspended by its file: remove `suspend: true` there',
    { suspended: true, rejected: null, settings: { suspend: true } },
  ],
])('%s', (text, record) => expect(resumeResult(record)).toBe(text))

it('a stack that waits for its next attempt is tried at once', () => {
  const now = new Date('2026-11-28T12:00:00Z')
  const at = (seconds: number): string => new Date(now.getTime() + seconds * 1000).toISOString()
  const waiting = watchStatus([failedStack('shop', { nextTry: at(90) }), failedStack('mail', { nextTry: null })])
  const alive = { ...waiting, heartbeat: at(-2) }
  expect(isWaiting('shop', alive, now)).toBe(true)
  expect(isWaiting('mail', alive, now)).toBe(false)
  expect(isWaiting('shop', { ...waiting, heartbeat: at(-60) }, now)).toBe(false)
  expect(isWaiting('shop', undefined, now)).toBe(false)
  const record = { suspended: false, rejected: null, settings: {} }
  expect(resumeResult(record, true)).toBe('was not suspended; its next attempt begins now')
})
