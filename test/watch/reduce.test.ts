import { describe, expect, it } from 'vitest'
import type { Diagnostic } from '../../src/model/errors.ts'
import { defaultReconcile } from '../../src/model/reconcile-settings.ts'
import type { RejectedRevision, WatchRecord } from '../../src/state/watch-store.ts'
import type { Hold } from '../../src/watch/controller/decide.ts'
import { reduce } from '../../src/watch/stacks/reduce.ts'
import type { StackEvent } from '../../src/watch/stacks/stack-event.ts'
import { newStackState, type StackState } from '../../src/watch/stacks/stack-state.ts'
import { appliedStack, frozen, revision, stackState, verificationOf } from './builders.ts'

const error: Diagnostic = { code: 'image-pull-failed', message: 'It cannot be pulled:\noutput of a container' }
const brief = { code: 'image-pull-failed', message: 'It cannot be pulled.' }
const hold: Hold = { action: 'hold', reason: 'OutsideWindow', message: 'Later.' }
const massDeletion = { action: 'hold', reason: 'MassDeletion', message: 'Too many.' } as const
const rejected: RejectedRevision = {
  hash: 'new',
  reason: 'CrashLoop',
  message: 'Failed.',
  generation: 5,
  restored: false,
}
const wait = { failures: 2, until: 9000 }
const verification = verificationOf()
const drift = [{ address: 'shop/container/web', text: 'it is gone' }]

const filesRead = (hash: string): StackEvent => ({
  type: 'files-read',
  revision: { ...revision('shop', hash), source: { desiredHash: hash, files: [{ path: 'shop.yaml', sha256: '0' }] } },
  settings: { ...defaultReconcile, mode: 'warn' },
  source: '/new',
  onRoot: false,
})

/** Fields that change, of the state and of its record; all others stay as they were. */
interface Change {
  readonly fields?: Partial<StackState>
  readonly record?: Partial<WatchRecord>
}
type Case = readonly [what: string, before: StackState, event: StackEvent, change: Change]

const cases: readonly Case[] = [
  [
    'source-failed: nothing is known to be removed',
    stackState('shop', { undeclared: true }),
    { type: 'source-failed' },
    { fields: { undeclared: false } },
  ],
  [
    'files-missing: problems and removal',
    stackState('shop'),
    { type: 'files-missing', problems: [error], undeclared: true },
    { fields: { problems: [error], undeclared: true } },
  ],
  [
    'files-missing: an earlier failure is over',
    appliedStack('shop', { lastError: brief, failedRevision: 'new', retry: wait, hostUnchanged: true }),
    { type: 'files-missing', problems: [], undeclared: true },
    {
      fields: {
        undeclared: true,
        lastError: undefined,
        failedRevision: undefined,
        retry: { failures: 0, until: 0 },
        hostUnchanged: false,
      },
    },
  ],
  [
    'decided: a new hold for the user replaces a failure',
    appliedStack('shop', { lastError: brief, retry: wait }),
    { type: 'decided', hold: massDeletion },
    { fields: { hold: massDeletion, lastError: undefined, retry: { failures: 0, until: 0 } } },
  ],
  [
    'decided: a failure after the hold stays',
    appliedStack('shop', { hold: massDeletion, lastError: brief, retry: wait }),
    { type: 'decided', hold: massDeletion },
    {},
  ],
  [
    'record-lost: only the suspension is known',
    appliedStack('shop'),
    { type: 'record-lost', suspended: true },
    { record: { suspended: true } },
  ],
  [
    'planned: whether there is a good generation',
    stackState('shop'),
    { type: 'last-good-checked', hasLastGood: true },
    { fields: { hasLastGood: true } },
  ],
  ['decided: a hold is set', stackState('shop'), { type: 'decided', hold }, { fields: { hold } }],
  [
    'decided: a hold is cleared',
    stackState('shop', { hold }),
    { type: 'decided', hold: undefined },
    { fields: { hold: undefined } },
  ],
  ['drift-observed', stackState('shop'), { type: 'drift-observed', drift }, { fields: { drift } }],
  [
    'steps-deferred',
    stackState('shop'),
    { type: 'steps-deferred', waiting: ['shop/container/web'] },
    { fields: { waiting: ['shop/container/web'] } },
  ],
  [
    'prefetch-started',
    stackState('shop'),
    { type: 'prefetch-started', key: 'k', images: ['web:2'] },
    { fields: { prefetch: { key: 'k', images: ['web:2'], result: 'pulling' }, awaitsPrefetch: true } },
  ],
  [
    'prefetch-ended: the change still waits for it',
    stackState('shop', { prefetch: { key: 'k', images: ['web:2'], result: 'pulling' }, awaitsPrefetch: true }),
    { type: 'prefetch-ended', key: 'k', error: undefined },
    { fields: { prefetch: { key: 'k', images: ['web:2'], result: 'pulled' } } },
  ],
  [
    'prefetch-ended with an error',
    stackState('shop', { prefetch: { key: 'k', images: ['web:2'], result: 'pulling' } }),
    { type: 'prefetch-ended', key: 'k', error },
    { fields: { prefetch: { key: 'k', images: ['web:2'], result: error } } },
  ],
  [
    'prefetch-ended: an earlier pull is ignored',
    stackState('shop', { prefetch: { key: 'k', images: ['web:2'], result: 'pulling' } }),
    { type: 'prefetch-ended', key: 'old', error },
    {},
  ],
  [
    'prefetch-awaited',
    stackState('shop', { prefetch: { key: 'k', images: ['web:2'], result: 'pulling' }, awaitsPrefetch: true }),
    { type: 'prefetch-awaited', awaited: false },
    { fields: { awaitsPrefetch: false } },
  ],
  [
    'prefetch-used',
    stackState('shop', { prefetch: { key: 'k', images: ['web:2'], result: 'pulled' }, awaitsPrefetch: true }),
    { type: 'prefetch-used' },
    { fields: { prefetch: undefined, awaitsPrefetch: false } },
  ],
  [
    'rollout-started: what is attempted is remembered',
    appliedStack('shop'),
    { type: 'rollout-started', generation: 5, hash: 'new', steps: 3 },
    { record: { attempted: 5, attemptedHash: 'new' } },
  ],
  [
    'applied: verification begins',
    appliedStack('shop'),
    { type: 'applied', verification, seconds: 1 },
    { fields: { verification } },
  ],
  [
    'applied: more steps do not begin the verification again',
    appliedStack('shop', { verification: verificationOf({ startedAt: 7 }) }),
    { type: 'applied', verification: verificationOf({ startedAt: 99 }), seconds: 1 },
    {},
  ],
  [
    'verification-started',
    appliedStack('shop'),
    { type: 'verification-started', verification },
    { fields: { verification } },
  ],
  [
    'verification-observed',
    appliedStack('shop', { verification }),
    { type: 'verification-observed', verification: verificationOf({ startedAt: 1 }) },
    { fields: { verification: verificationOf({ startedAt: 1 }) } },
  ],
  [
    'verification-dropped',
    appliedStack('shop', { verification }),
    { type: 'verification-dropped' },
    { fields: { verification: undefined } },
  ],
  [
    'verification-passed: the generation is good, failures are forgiven',
    appliedStack('shop', { verification, retry: wait, hostUnchanged: true }),
    { type: 'verification-passed', verification, passedAt: '2026-11-23T12:00:00Z' },
    {
      fields: { verification: undefined, retry: { failures: 0, until: 0 }, hostUnchanged: false },
      record: { verifiedHash: 'new', verifiedGeneration: 5, attempted: 5, verifiedAt: '2026-11-23T12:00:00Z' },
    },
  ],
  [
    'rejected: it is not verified any more',
    appliedStack('shop', { verification }),
    { type: 'rejected', error, rejected, seconds: 1 },
    { fields: { verification: undefined, lastError: brief, failedRevision: rejected.hash }, record: { rejected } },
  ],
  [
    'restore-applied: its first generation counts',
    appliedStack('shop'),
    { type: 'restore-applied', generation: 6 },
    { fields: { restoreGeneration: 6 } },
  ],
  [
    'restore-applied: later steps belong to the same one',
    appliedStack('shop', { restoreGeneration: 6 }),
    { type: 'restore-applied', generation: undefined },
    {},
  ],
  [
    'restored',
    appliedStack('shop', { restoreGeneration: 6 }, { rejected }),
    { type: 'restored', seconds: 1 },
    {
      fields: { restoreGeneration: undefined },
      record: {
        rejected: {
          ...rejected,
          message: 'Failed. Generation 6 restored generation 4, which stays in place until the files of shop change.',
          restored: true,
        },
      },
    },
  ],
  [
    'heal-attempted: healings are counted, jobs run again once',
    appliedStack('shop', { rerunsJobs: true }),
    { type: 'heal-attempted', addresses: ['shop/container/web'], now: 1000 },
    { fields: { rerunsJobs: false, flapping: new Map([['shop/container/web', { count: 1, last: 1000 }]]) } },
  ],
  [
    'healed: the rest of the drift is left',
    appliedStack('shop', { drift }),
    { type: 'healed', healed: ['shop/container/web'], remaining: [], seconds: 1 },
    { fields: { drift: [] } },
  ],
  [
    'heal-failed',
    appliedStack('shop'),
    { type: 'heal-failed', error, seconds: 1 },
    { fields: { lastError: brief, failedRevision: 'as applied' } },
  ],
  [
    'unhealthy-restarted',
    appliedStack('shop', { unhealthyRestarts: new Map([['shop/container/web', [1]]]) }),
    { type: 'unhealthy-restarted', address: 'shop/container/web', error: undefined, now: 2 },
    { fields: { unhealthyRestarts: new Map([['shop/container/web', [1, 2]]]) } },
  ],
  [
    'removed: its record is deleted by itself',
    appliedStack('shop'),
    { type: 'pruned', objects: 1, containers: [], seconds: 1 },
    {},
  ],
  ['released: as well', appliedStack('shop'), { type: 'untracked' }, {}],
  [
    'revision-unreadable',
    appliedStack('shop'),
    { type: 'revision-unreadable', error },
    { fields: { lastError: error } },
  ],
  [
    'failed before anything was changed: it waits, and verification goes on',
    appliedStack('shop', { verification, retry: { failures: 1, until: 0 } }),
    { type: 'failed', error, touched: false, now: 1000, random: 0.5, seconds: 1 },
    {
      fields: {
        hostUnchanged: true,
        retry: { failures: 2, until: 3000 },
        lastError: brief,
        failedRevision: 'as applied',
      },
    },
  ],
  [
    'failed after something was changed',
    appliedStack('shop', { verification }),
    { type: 'failed', error, touched: true, hash: 'new', now: 1000, random: 0.5, seconds: 1 },
    {
      fields: { verification: undefined, retry: { failures: 1, until: 2000 }, lastError: brief, failedRevision: 'new' },
    },
  ],
  [
    'failed after all steps: the change is in place',
    appliedStack('shop', { verification }),
    { type: 'failed', error, touched: true, wasApplied: true, hash: 'new', now: 1000, random: 0.5, seconds: 1 },
    {
      fields: {
        isInPlace: true,
        verification: undefined,
        retry: { failures: 1, until: 2000 },
        lastError: brief,
        failedRevision: 'new',
      },
    },
  ],
  [
    'retry-requested: the wait is over, the failures stay',
    appliedStack('shop', { lastError: brief, retry: wait }),
    { type: 'retry-requested' },
    { fields: { retry: { failures: wait.failures, until: 0 } } },
  ],
  [
    'recovered: nothing of a failure is left',
    appliedStack('shop', { lastError: brief, failedRevision: 'new', retry: wait, hostUnchanged: true }, { rejected }),
    { type: 'recovered' },
    {
      fields: {
        lastError: undefined,
        failedRevision: undefined,
        retry: { failures: 0, until: 0 },
        hostUnchanged: false,
      },
      record: { rejected: null },
    },
  ],
]

describe('the state of a stack after', () => {
  it.each(cases)('%s', (_, before, event, { fields, record }) => {
    const expected = { ...before, ...fields, record: { ...before.record, ...record } }
    const copy = structuredClone({ ...before, desired: undefined })
    expect(reduce(frozen(before), frozen(event))).toEqual(expected)
    expect({ ...before, desired: undefined }).toEqual(copy)
  })
})

describe('files that were read', () => {
  const before = frozen(appliedStack('shop', { problems: [error], undeclared: true, retry: wait, hostUnchanged: true }))

  it('end problems, removal and waits, and are remembered', () =>
    expect(reduce(before, filesRead('new'))).toMatchObject({
      desired: { hash: 'new' },
      problems: [],
      undeclared: false,
      retry: { failures: 0 },
      hostUnchanged: false,
      settings: { mode: 'warn' },
      record: {
        source: '/new',
        files: ['shop.yaml'],
        settings: { mode: 'warn' },
        onRoot: false,
        verifiedGeneration: 4,
      },
    }))

  it('do not end the wait after a failure if they are the same', () =>
    expect(reduce(before, filesRead('as applied'))).toMatchObject({ problems: [], retry: wait, hostUnchanged: true }))
})

describe('a record that was read', () => {
  const suspended = frozen(appliedStack('shop', {}, { suspended: true }))
  const record = (fields: Partial<WatchRecord>): StackEvent => ({
    type: 'record-read',
    record: { ...suspended.record, ...fields },
  })

  it('replaces the one before', () =>
    expect(reduce(suspended, record({ verifiedGeneration: 9 })).record).toMatchObject({
      verifiedGeneration: 9,
      suspended: true,
    }))

  it('runs failed jobs again once, when the stack was resumed', () => {
    const resumed = reduce(suspended, record({ suspended: false }))
    expect(resumed.rerunsJobs).toBe(true)
    expect(reduce(resumed, record({ suspended: false })).rerunsJobs).toBe(true)
    expect(reduce(suspended, record({})).rerunsJobs).toBe(false)
    expect(reduce(suspended, { type: 'record-lost', suspended: false }).rerunsJobs).toBe(true)
  })
})

describe('a stack that was forgotten and whose file is back', () => {
  it('is as a new one with the same files', () => {
    const before = frozen(
      appliedStack('shop', { verification, lastError: brief, retry: wait }, { suspended: true, files: ['shop.yaml'] }),
    )
    const after = reduce(before, { type: 'reset' })
    const { record } = before
    const fresh = newStackState('shop', record.source)
    expect(after).toEqual({
      ...fresh,
      desired: before.desired,
      record: { ...fresh.record, files: ['shop.yaml'] },
    })
  })
})

it('an unhealthy container that cannot be restarted is the last error, and at most 101 restarts are remembered', () => {
  const restart = (now: number): StackEvent => ({
    type: 'unhealthy-restarted',
    address: 'shop/container/web',
    error: now === 0 ? error : undefined,
    now,
  })
  let state = appliedStack('shop')
  for (let now = 0; now < 200; now += 1) state = reduce(frozen(state), restart(now))
  expect(state.lastError).toEqual(error)
  expect(state.unhealthyRestarts.get('shop/container/web')).toEqual(
    Array.from({ length: 101 }, (_, position) => 99 + position),
  )
})

it('a rollback by a user ends an earlier failure, and a later reading of its record does not', () => {
  const failed = appliedStack('shop', { lastError: brief, retry: wait })
  const record = { ...failed.record, rejected: { ...rejected, reason: 'RolledBack', restored: true } }
  const rolledBack = reduce(failed, { type: 'record-read', record })
  expect(rolledBack).toMatchObject({ lastError: undefined, retry: { failures: 0 } })
  const again = { ...rolledBack, lastError: brief }
  expect(reduce(again, { type: 'record-read', record })).toMatchObject({ lastError: brief })
})
