import { describe, expect, it } from 'vitest'
import type { Diagnostic } from '../../src/model/errors.ts'
import { defaultReconcile } from '../../src/model/reconcile-settings.ts'
import { rolloutFailure } from '../../src/watch/rollout/rollout-failure.ts'
import type { StackState } from '../../src/watch/stacks/stack-state.ts'
import { appliedStack, stackState } from './builders.ts'

const error: Diagnostic = { code: 'crash-loop', message: 'web does not stay up.' }
const details = { hash: 'new', now: 1000, random: 0.5, seconds: 3, wasApplied: false }
const good = { hasLastGood: true }
const tried = { attempted: 5 }

describe('a rollout that failed', () => {
  it('is rejected, so that the good generation is restored', () =>
    expect(rolloutFailure(appliedStack('shop', good, tried), error, details)).toEqual({
      type: 'rejected',
      error,
      rejected: {
        hash: 'new',
        reason: 'CrashLoop',
        message: 'Generation 5 failed: web does not stay up.',
        generation: 5,
        restored: false,
      },
      seconds: 3,
    }))

  it('names the verification if its steps were done', () => {
    const failure = { ...error, message: 'web has exited with code 4: no database:\n  | no database' }
    expect(rolloutFailure(appliedStack('shop', good, tried), failure, { ...details, wasApplied: true })).toMatchObject({
      rejected: {
        message: 'Generation 5 was applied but did not become healthy: web has exited with code 4: no database.',
      },
    })
  })

  it('names the place', () => {
    const failure = { ...error, place: { file: 'shop.yaml', line: 16, column: 5 } }
    expect(rolloutFailure(appliedStack('shop', good, tried), failure, details)).toMatchObject({
      rejected: { message: 'Generation 5 failed: web does not stay up (shop.yaml:16).' },
    })
  })

  const passing: readonly (readonly [what: string, state: StackState, failure?: Partial<Diagnostic>])[] = [
    ['nothing was applied before', stackState('shop', good, tried)],
    ['the good generation is not recorded any more', appliedStack('shop', { hasLastGood: false }, tried)],
    ['rollback is off', appliedStack('shop', { ...good, settings: { ...defaultReconcile, rollback: false } }, tried)],
    ['the failure can pass by itself', appliedStack('shop', good, tried), { retryable: true }],
  ]
  it.each(passing.map(([what, state, failure]) => [what, state, failure] as const))(
    'is tried again if %s',
    (_, state, failure) => {
      const one = { ...error, ...failure }
      expect(rolloutFailure(state, one, details)).toEqual({
        type: 'failed',
        error: one,
        touched: true,
        wasApplied: false,
        hash: details.hash,
        now: 1000,
        random: 0.5,
        seconds: 3,
      })
    },
  )
})
