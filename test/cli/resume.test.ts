import { expect, it } from 'vitest'
import { resumeResult } from '../../src/cli/commands/watch/resume.ts'

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
