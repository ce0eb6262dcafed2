import { expect, it } from 'vitest'
import { isFailedJob } from '../../src/model/kinds/restart-policy.ts'

const ended = { code: 1, ranMs: 500, restarts: 0 }
const policy = (policy: 'no' | 'always' | 'on-failure' | 'unless-stopped', max_retries = 0, keep_alive = false) => ({
  restart: { policy, max_retries },
  keep_alive,
})

it('what ended by itself with an error, and that nothing starts again, is a job that failed', () => {
  expect(isFailedJob(policy('no'), ended)).toBe(true)
  expect(isFailedJob(policy('on-failure', 2), { ...ended, restarts: 2 })).toBe(true)
})

it.each([
  ['success', policy('no'), { ...ended, code: 0 }],
  ['an end by a signal', policy('no'), { ...ended, code: 137 }],
  ['an end that left no code', policy('no'), { ...ended, code: undefined }],
  ['a policy that has tries left', policy('on-failure', 2), { ...ended, restarts: 1 }],
  ['a policy that always restarts', policy('always'), ended],
  ['a container that is kept alive', policy('no', 0, true), ended],
] as const)('%s is none', (_, spec, end) => expect(isFailedJob(spec, end)).toBe(false))
