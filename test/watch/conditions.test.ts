import { describe, expect, it } from 'vitest'
import type { Diagnostic } from '../../src/model/errors.ts'
import { defaultReconcile } from '../../src/model/reconcile-settings.ts'
import type { Condition, ConditionType } from '../../src/model/status.ts'
import { conditionReason } from '../../src/model/values/condition-reason.ts'
import type { RejectedRevision, WatchRecord } from '../../src/state/watch-store.ts'
import type { Hold } from '../../src/watch/controller/decide.ts'
import type { StackState } from '../../src/watch/stacks/stack-state.ts'
import { type ContainerFacts, conditionsOf, noContainerFacts } from '../../src/watch/status/conditions.ts'
import { appliedStack, revision, stackState, verificationOf } from './builders.ts'

const now = new Date('2026-11-23T12:00:00Z')
const facts = (unhealthy: readonly string[]): ContainerFacts => ({
  ...noContainerFacts,
  unhealthy: unhealthy.map((message) => ({
    address: `shop/container/${message.split(' ')[0]}`,
    reason: 'Unhealthy',
    message,
  })),
})
const of = (type: ConditionType, state: StackState, unhealthy: readonly string[] = []): Condition | undefined =>
  conditionsOf(state, facts(unhealthy), [], now).find((one) => one.type === type)
/** The conditions that are true, with their reasons. */
const trueOnes = (state: StackState, unhealthy: readonly string[] = []): readonly string[] =>
  conditionsOf(state, facts(unhealthy), [], now).flatMap(({ type, status, reason }) =>
    status ? [`${type}: ${reason}`] : [],
  )

const wrong: Diagnostic = { code: 'yaml', message: 'shop.yaml is no YAML.' }
const rejected: RejectedRevision = {
  hash: 'new',
  reason: 'CrashLoop',
  message: 'web crashes.',
  generation: 5,
  restored: true,
}
const verification = verificationOf()
const hold = (reason: Hold['reason']): Hold => ({ action: 'hold', reason, message: `Held: ${reason}.` })
const drift = [
  { address: 'shop/container/web', text: 'it is gone' },
  { address: 'shop/container/db', text: 'limits differ' },
]
const news = { desired: revision('shop', 'new') }
const pulling: Partial<StackState> = {
  prefetch: { key: 'k', images: ['docker.io/acme/web:2', 'docker.io/acme/db:1'], result: 'pulling' },
  awaitsPrefetch: true,
}

describe('the conditions of a stack', () => {
  const cases: readonly (readonly [
    what: string,
    fields: Partial<StackState>,
    record: Partial<WatchRecord>,
    expected: readonly string[],
  ])[] = [
    ['that is as its files declare', {}, {}, ['Ready: Applied']],
    ['that an earlier watch applied and whose files are not read yet', { desired: undefined }, {}, ['Ready: Applied']],
    ['that was never applied', {}, { verifiedGeneration: null, verifiedHash: null }, []],
    ['whose files are new', news, {}, []],
    ['whose files are invalid', { problems: [wrong] }, {}, ['Degraded: Invalid']],
    ['whose change is being verified', { ...news, verification }, {}, ['Progressing: Proving']],
    ['whose images are pulled', { ...news, ...pulling }, {}, ['Progressing: Pulling']],
    ['whose container waits', { waiting: ['shop/container/web'] }, {}, ['Progressing: Waiting']],
    ['that another run changes', { otherRun: 'Generation 2 by a is being applied.' }, {}, ['Progressing: Applying']],
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
      { undeclared: true, hold: hold('Suspended') },
      { suspended: true },
      ['Ready: Applied', 'Suspended: Suspended'],
    ],
  ]
  it.each(cases)('%s', (_, fields, record, expected) =>
    expect(trueOnes(appliedStack('shop', fields, record))).toEqual(expected),
  )

  it('are degraded by an unhealthy container', () =>
    expect(of('Degraded', appliedStack('shop'), ['web is unhealthy', 'db is unhealthy'])).toMatchObject({
      status: true,
      reason: 'Unhealthy',
      message: 'web is unhealthy; db is unhealthy.',
    }))

  it('name three unhealthy containers and count the others', () =>
    expect(
      of('Degraded', appliedStack('shop'), ['a exited', 'b exited', 'c exited', 'd exited', 'e exited'])?.message,
    ).toBe('a exited; b exited; c exited; and 2 more.'))

  it('say what waits for the end of a suspension', () => {
    const suspended = { suspended: true }
    const text = (fields: Partial<StackState>, record: Partial<WatchRecord> = suspended) =>
      of('Suspended', appliedStack('shop', fields, record))?.message
    const commit = { id: '292d8de0aa11', subject: 'New heading', author: 'me', time: '2026-11-23T11:00:00Z' }
    expect(text({})).toBe('Suspended: no changes and no repairs until `heropods resume shop`.')
    expect(text({ desired: { ...revision('shop', 'new'), origin: { commit } } })).toBe(
      'Suspended: no changes and no repairs until `heropods resume shop`. Commit 292d8de "New heading" by me waits.',
    )
    expect(text(news)).toBe(
      'Suspended: no changes and no repairs until `heropods resume shop`. A change of its files waits.',
    )
    const suspension = { by: 'ada', reason: 'run `rm` on the disk.' }
    expect(text({}, { suspended: true, suspension })).toBe(
      'Suspended by ada ("run \'rm\' on the disk"): no changes and no repairs until `heropods resume shop`.',
    )
    expect(text({}, { suspended: true, suspension: { by: 'ada' } })).toMatch(/^Suspended by ada: no changes/)
    expect(text({ undeclared: true })).toMatch(/ Its removal waits: no file declares it any more\.$/)
    expect(text({ settings: { ...defaultReconcile, suspend: true } }, {})).toBe(
      'Suspended: no changes and no repairs until its file no longer has `suspend: true`.',
    )
  })

  it('name a container that does not work before drift, and its exit once', () => {
    expect(of('Degraded', appliedStack('shop', { drift }), ['cache crashes'])).toMatchObject({
      reason: 'Unhealthy',
      message: 'cache crashes; shop/container/web: it is gone; shop/container/db: limits differ.',
    })
    const exited = { address: 'shop/container/web', reason: 'ContainerExited', message: 'web has exited' }
    const conditions = conditionsOf(
      appliedStack('shop', { drift }),
      { ...noContainerFacts, unhealthy: [exited] },
      [],
      now,
    )
    expect(conditions.find(({ type }) => type === 'Degraded')).toMatchObject({ reason: 'Drifted' })
  })

  it('name drift', () =>
    expect(of('Degraded', appliedStack('shop', { drift }))?.message).toBe(
      'shop/container/web: it is gone; shop/container/db: limits differ.',
    ))

  it('say that the last good generation stays applied, if there is one', () => {
    expect(of('Degraded', appliedStack('shop', { problems: [wrong] }))?.message).toMatch(
      /^shop\.yaml is no YAML\. Generation 4 stays in place\.$/,
    )
    expect(of('Degraded', stackState('shop', { problems: [wrong] }))?.message).toMatch(/no YAML\.$/)
  })

  it('say that a change is not applied, beside the generation that is', () => {
    expect(of('Ready', appliedStack('shop', news))?.message).toBe(
      'The files have changed since generation 4, and the change is not applied yet.',
    )
    expect(of('Ready', stackState('shop', news))?.message).toBe('Not applied yet.')
  })

  it('name the applied generation', () =>
    expect(of('Ready', appliedStack('shop'))?.message).toBe('Generation 4 is applied and healthy.'))

  it('name containers that were stopped or paused by hand', () => {
    const [ready] = conditionsOf(
      appliedStack('shop'),
      { ...noContainerFacts, stopped: ['app.2', 'db'], paused: ['web'] },
      [],
      new Date(),
    )
    expect(ready).toMatchObject({
      status: true,
      message: 'Generation 4 is applied and healthy, except app.2, db (stopped by hand), web (paused by hand).',
    })
  })
})

describe('of several problems', () => {
  /** In the order in which they are shown. */
  const problems: readonly (readonly [reason: string, fields: Partial<StackState>, record?: Partial<WatchRecord>])[] = [
    ['Invalid', { problems: [wrong] }],
    ['MassDeletion', { hold: hold('MassDeletion') }],
    ['CrashLoop', news, { rejected }],
    ['LockHeld', { lastError: { code: 'lock-held', message: 'Held.' } }],
    ['OutsideWindow', { hold: hold('OutsideWindow') }],
    ['Unhealthy', { drift }],
  ]
  it.each(problems.map(([reason], place) => [reason, place] as const))(
    '%s is shown before those after it',
    (reason, place) => {
      // An earlier one fills the place of a later one, as a hold does.
      const all = problems.slice(place).reverse()
      const fields = Object.assign({}, ...all.map(([, own]) => own))
      const record = Object.assign({}, ...all.map(([, , own]) => own ?? {}))
      expect(of('Degraded', appliedStack('shop', fields, record), ['web is unhealthy'])?.reason).toBe(reason)
      expect(of('Ready', appliedStack('shop', fields, record), ['web is unhealthy'])).toMatchObject({
        status: false,
        reason,
      })
    },
  )

  it('a removal that waits for its user comes before a failure', () => {
    const removed = { undeclared: true, hold: hold('AwaitingConfirmation'), lastError: { code: 'x', message: 'y' } }
    expect(of('Degraded', appliedStack('shop', removed))?.reason).toBe('AwaitingConfirmation')
    expect(of('Degraded', appliedStack('shop', { ...removed, undeclared: false }))?.reason).toBe('X')
  })

  it('a pull names its images', () => {
    const state = appliedStack('shop', { ...news, ...pulling })
    expect(of('Progressing', state)?.message).toBe('Pulling docker.io/acme/web:2, docker.io/acme/db:1.')
  })

  it('a degraded stack can be progressing too; Degraded gives the reason why it is not ready', () => {
    const state = appliedStack('shop', { verification, drift })
    expect(trueOnes(state)).toEqual(['Degraded: Drifted', 'Progressing: Proving'])
    expect(of('Ready', state)?.reason).toBe('Drifted')
  })
})

describe('since when', () => {
  const before = new Date('2026-11-23T11:00:00Z')
  const since = (state: StackState, type: ConditionType) =>
    conditionsOf(state, noContainerFacts, conditionsOf(appliedStack('shop'), noContainerFacts, [], before), now).find(
      (one) => one.type === type,
    )?.since
  it('stays if only reason and message change', () =>
    expect(since(appliedStack('shop', {}, { verifiedGeneration: 5 }), 'Ready')).toBe(before.toISOString()))
  it('changes with the status', () => {
    expect(since(appliedStack('shop', { drift }), 'Ready')).toBe(now.toISOString())
    expect(since(appliedStack('shop', { drift }), 'Degraded')).toBe(now.toISOString())
    expect(since(appliedStack('shop', { drift }), 'Suspended')).toBe(before.toISOString())
  })
  it('is now for the first status', () => {
    for (const one of conditionsOf(appliedStack('shop'), noContainerFacts, [], now))
      expect(one.since).toBe(now.toISOString())
  })
})

describe('the reason that an error code makes', () => {
  it.each([
    ['image-pull-failed', 'ImagePullFailed'],
    ['timeout', 'Timeout'],
    ['', ''],
  ])('%s: %s', (code, reason) => expect(conditionReason(code)).toBe(reason))
})
