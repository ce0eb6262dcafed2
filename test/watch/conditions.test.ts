import { describe, expect, it } from 'vitest'
import type { Diagnostic } from '../../src/model/errors.ts'
import { defaultReconcile } from '../../src/model/reconcile-settings.ts'
import type { Condition, ConditionType } from '../../src/model/status.ts'
import type { RejectedRevision, WatchRecord } from '../../src/state/watch-store.ts'
import type { Hold } from '../../src/watch/controller/decide.ts'
import type { StackState } from '../../src/watch/controller/stack-state.ts'
import type { Verification } from '../../src/watch/rollout/verify.ts'
import { conditionsOf, reasonOf } from '../../src/watch/status/conditions.ts'
import { appliedStack, revision, stackState } from './builders.ts'

const now = new Date('2026-11-23T12:00:00Z')
const of = (type: ConditionType, kept: StackState, unwell: readonly string[] = []): Condition | undefined =>
  conditionsOf(kept, unwell, now).find((one) => one.type === type)
/** The conditions that hold, with their reasons. */
const holding = (kept: StackState, unwell: readonly string[] = []): readonly string[] =>
  conditionsOf(kept, unwell, now).flatMap(({ type, status, reason }) => (status ? [`${type}: ${reason}`] : []))

const wrong: Diagnostic = { code: 'yaml', message: 'shop.yaml is no YAML.' }
const rejected: RejectedRevision = {
  hash: 'new',
  reason: 'CrashLoop',
  message: 'web crashes.',
  generation: 5,
  restored: true,
}
const gate: Verification = { hash: 'new', generation: 5, startedAt: 0, containers: [], starts: new Map() }
const hold = (reason: Hold['reason']): Hold => ({ action: 'hold', reason, message: `It is held: ${reason}.` })
const drift = [
  { address: 'shop/container/web', text: 'it is gone' },
  { address: 'shop/container/db', text: 'limits differ' },
]
const news = { desired: revision('shop', 'new') }

describe('the conditions of a stack', () => {
  const cases: readonly (readonly [
    what: string,
    fields: Partial<StackState>,
    memory: Partial<WatchRecord>,
    holds: readonly string[],
  ])[] = [
    ['that is as stated', {}, {}, ['Ready: Applied']],
    ['that an earlier watch applied and whose files are not read yet', { desired: undefined }, {}, ['Ready: Applied']],
    ['that was never applied', {}, { applied: null, appliedHash: null }, []],
    ['whose files ask for something new', news, {}, []],
    ['whose files are wrong', { problems: [wrong] }, {}, ['Degraded: Invalid']],
    ['whose change proves itself', { ...news, verification: gate }, {}, ['Progressing: Proving']],
    ['whose images are pulled', { ...news, prefetching: true }, {}, ['Progressing: Pulling']],
    ['whose container waits', { waiting: ['shop/container/web'] }, {}, ['Progressing: Waiting']],
    ['whose change failed', news, { rejected }, ['Degraded: CrashLoop']],
    ['whose files are other ones than those that failed', {}, { rejected }, ['Ready: Applied']],
    ['that failed', { lastError: { code: 'image-pull-failed', message: 'No.' } }, {}, ['Degraded: ImagePullFailed']],
    ['that has drifted', { drift }, {}, ['Degraded: Drifted']],
    ['that waits for a window', { hold: hold('OutsideWindow') }, {}, ['Degraded: OutsideWindow']],
    [
      'that is suspended by hand',
      { hold: hold('Suspended') },
      { suspended: true },
      ['Ready: Applied', 'Suspended: Suspended'],
    ],
    [
      'that is suspended by its file',
      { settings: { ...defaultReconcile, suspend: true } },
      {},
      ['Ready: Applied', 'Suspended: Suspended'],
    ],
    [
      'that is suspended and gone from its folder',
      { removed: true, hold: hold('Suspended') },
      { suspended: true },
      ['Ready: Applied', 'Suspended: Suspended'],
    ],
  ]
  it.each(cases)('%s', (_, fields, memory, holds) =>
    expect(holding(appliedStack('shop', fields, memory))).toEqual(holds),
  )

  it('are degraded by an unhealthy container', () =>
    expect(of('Degraded', appliedStack('shop'), ['web is unhealthy', 'db is unhealthy'])).toMatchObject({
      status: true,
      reason: 'Unhealthy',
      message: 'web is unhealthy (and 1 more).',
    }))

  it('count drift', () =>
    expect(of('Degraded', appliedStack('shop', { drift }))?.message).toBe(
      'shop/container/web: it is gone (and 1 more).',
    ))

  it('say that the last good state is kept, where there is one', () => {
    expect(of('Degraded', appliedStack('shop', { problems: [wrong] }))?.message).toMatch(
      /no YAML\. The last good state is kept\.$/,
    )
    expect(of('Degraded', stackState('shop', { problems: [wrong] }))?.message).toMatch(/no YAML\.$/)
  })

  it('name the generation that stands', () =>
    expect(of('Ready', appliedStack('shop'))?.message).toBe('Generation 4 stands.'))
})

describe('of several troubles', () => {
  /** From the one that is told first to the one that is told last. */
  const troubles: readonly (readonly [reason: string, fields: Partial<StackState>, memory?: Partial<WatchRecord>])[] = [
    ['Invalid', { problems: [wrong] }],
    ['MassDeletion', { hold: hold('MassDeletion') }],
    ['CrashLoop', news, { rejected }],
    ['LockHeld', { lastError: { code: 'lock-held', message: 'Held.' } }],
    ['OutsideWindow', { hold: hold('OutsideWindow') }],
    ['Drifted', { drift }],
  ]
  it.each(troubles.map(([reason], place) => [reason, place] as const))(
    '%s is told before those after it',
    (reason, place) => {
      // An earlier one fills the place of a later one, as a hold does.
      const all = troubles.slice(place).reverse()
      const fields = Object.assign({}, ...all.map(([, own]) => own))
      const memory = Object.assign({}, ...all.map(([, , own]) => own ?? {}))
      expect(of('Degraded', appliedStack('shop', fields, memory), ['web is unhealthy'])?.reason).toBe(reason)
      expect(of('Ready', appliedStack('shop', fields, memory), ['web is unhealthy'])).toMatchObject({
        status: false,
        reason,
      })
    },
  )

  it('what is waited for its user comes before what failed, where no file states the stack', () => {
    const removed = { removed: true, hold: hold('AwaitingConfirmation'), lastError: { code: 'x', message: 'y' } }
    expect(of('Degraded', appliedStack('shop', removed))?.reason).toBe('AwaitingConfirmation')
    expect(of('Degraded', appliedStack('shop', { ...removed, removed: false }))?.reason).toBe('X')
  })

  it('a degraded stack may be progressing too, and is not ready for the graver reason', () => {
    const kept = appliedStack('shop', { verification: gate, drift })
    expect(holding(kept)).toEqual(['Degraded: Drifted', 'Progressing: Proving'])
    expect(of('Ready', kept)?.reason).toBe('Drifted')
  })
})

describe('since when', () => {
  const before = new Date('2026-11-23T11:00:00Z')
  const since = (kept: StackState, type: ConditionType) => {
    const known = { ...kept, conditions: conditionsOf(appliedStack('shop'), [], before) }
    return of(type, known)?.since
  }
  it('stays where only reason and message change', () =>
    expect(since(appliedStack('shop', {}, { applied: 5 }), 'Ready')).toBe(before.toISOString()))
  it('moves where the status does', () => {
    expect(since(appliedStack('shop', { drift }), 'Ready')).toBe(now.toISOString())
    expect(since(appliedStack('shop', { drift }), 'Degraded')).toBe(now.toISOString())
    expect(since(appliedStack('shop', { drift }), 'Suspended')).toBe(before.toISOString())
  })
  it('is now at the first look', () => {
    for (const one of conditionsOf(appliedStack('shop'), [], now)) expect(one.since).toBe(now.toISOString())
  })
})

describe('the reason that an error code makes', () => {
  it.each([
    ['image-pull-failed', 'ImagePullFailed'],
    ['timeout', 'Timeout'],
    ['', ''],
  ])('%s: %s', (code, reason) => expect(reasonOf(code)).toBe(reason))
})
