import { describe, expect, it } from 'vitest'
import type { Diagnostic } from '../../src/model/errors.ts'
import type { ResourceAddress } from '../../src/model/resource-address.ts'
import type { RejectedRevision } from '../../src/state/watch-store.ts'
import type { Decision } from '../../src/watch/controller/decide.ts'
import type { Subject } from '../../src/watch/controller/decide-all.ts'
import { notesOf } from '../../src/watch/controller/notes.ts'
import type { ReconcileContext } from '../../src/watch/controller/reconcile.ts'
import type { StackEvent } from '../../src/watch/stacks/stack-event.ts'
import { planStep } from '../specs.ts'
import { appliedStack, noon, observationOf, revision, stackState, subject } from './builders.ts'

const web: ResourceAddress = 'shop/container/web'
const error: Diagnostic = { code: 'timeout', message: 'No.' }
const last = { code: 'timeout', message: 'No.' }
const rejected: RejectedRevision = { hash: 'new', reason: '', message: '', generation: 5, restored: true }
const gone = { steps: [planStep(web, 'create')] }
const drift = [{ address: web, text: 'it is gone' }]

const reconcile = (fields: Partial<ReconcileContext> = {}): ReconcileContext => ({
  observation: observationOf(new Map()),
  pendingRestarts: new Map(),
  now: noon,
  ...fields,
})
const notes = (one: Subject, action: Exclude<Decision['action'], 'hold'>, fields: Partial<ReconcileContext> = {}) =>
  notesOf({ ...one, decision: { action } }, reconcile(fields), 0.5)
const noted = (events: readonly StackEvent[], type: StackEvent['type']) => events.find((one) => one.type === type)

describe('drift is noted', () => {
  it.each(['heal', 'report'] as const)('for the decision %s', (action) =>
    expect(noted(notes(subject(appliedStack('shop'), gone), action), 'drift-observed')).toMatchObject({ drift }),
  )

  it('for a hold', () => {
    const decision = { action: 'hold', reason: 'Suspended', message: '' } as const
    const events = notesOf({ ...subject(appliedStack('shop'), gone), decision }, reconcile(), 0.5)
    expect(noted(events, 'drift-observed')).toMatchObject({ drift })
    expect(noted(events, 'decided')).toEqual({ type: 'decided', hold: decision })
  })

  it('not for a change', () =>
    expect(noted(notes(subject(appliedStack('shop'), gone), 'change'), 'drift-observed')).toMatchObject({ drift: [] }))

  it('not for what a new revision has never made', () => {
    const events = notes(subject(stackState('shop', { desired: revision('shop', 'first') }), gone), 'report')
    expect(noted(events, 'drift-observed')).toMatchObject({ drift: [] })
  })

  it('not for an exit that a restart policy is about to answer', () => {
    const pendingRestarts = new Map([[web, { run: 1, until: noon.monotonic + 1 }]])
    const events = notes(subject(appliedStack('shop'), gone), 'heal', { pendingRestarts })
    expect(noted(events, 'drift-observed')).toMatchObject({ drift: [] })
  })

  it('not while another run is at work', () => {
    const observation = observationOf(new Map(), { disturbed: true })
    const events = notes(subject(appliedStack('shop'), gone), 'heal', { observation })
    expect(noted(events, 'drift-observed')).toBeUndefined()
  })
})

describe('a failure to plan is noted', () => {
  it('at once', () =>
    expect(noted(notes(subject(appliedStack('shop'), { error }), 'none'), 'failed')).toEqual({
      type: 'failed',
      error,
      touched: false,
      hash: 'as applied',
      now: noon.monotonic,
      random: 0.5,
      seconds: 0,
    }))

  it('not again while the stack waits for its next try', () => {
    const waiting = appliedStack('shop', { retry: { failures: 1, until: noon.monotonic + 1 } })
    expect(noted(notes(subject(waiting, { error }), 'none'), 'failed')).toBeUndefined()
  })
})

describe('a recovery is noted', () => {
  const recovers = (one: Subject, action: 'none' | 'change' = 'none'): boolean =>
    noted(notes(one, action), 'recovered') !== undefined

  it('when the host is as the files ask', () =>
    expect(recovers(subject(appliedStack('shop', { lastError: last })))).toBe(true))

  it('when the files are other ones than those that were rejected', () =>
    expect(recovers(subject(appliedStack('shop', {}, { rejected })))).toBe(true))

  const others: readonly (readonly [what: string, one: Subject, action?: 'change'])[] = [
    ['nothing has failed', subject(appliedStack('shop'))],
    ['there is something to do', subject(appliedStack('shop', { lastError: last }), gone), 'change'],
    ['it cannot be planned', subject(appliedStack('shop', { lastError: last }), { error })],
    [
      'an earlier generation is planned in place of the files',
      subject(appliedStack('shop', { lastError: last, desired: revision('shop', 'new') }), {
        target: revision('shop', 'as applied'),
      }),
    ],
    ['the files were not read yet', subject(appliedStack('shop', { lastError: last, desired: undefined }))],
    [
      'a failed change waits for its next try',
      subject(appliedStack('shop', { lastError: last, hostUnchanged: true, retry: { failures: 1, until: Infinity } })),
    ],
    [
      'the files were rejected',
      subject(appliedStack('shop', { desired: revision('shop', 'new') }, { verifiedHash: 'new', rejected })),
    ],
  ]
  it.each(others.map(([what, one, action]) => [what, one, action] as const))('not if %s', (_, one, action) =>
    expect(recovers(one, action)).toBe(false),
  )
})

it('a change that is not decided any more waits for no pull', () => {
  const prefetching = subject(appliedStack('shop', { awaitsPrefetch: true }))
  expect(noted(notes(prefetching, 'none'), 'prefetch-awaited')).toEqual({ type: 'prefetch-awaited', awaited: false })
  expect(noted(notes(prefetching, 'change'), 'prefetch-awaited')).toBeUndefined()
})
