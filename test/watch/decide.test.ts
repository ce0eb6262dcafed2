import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultReconcile, type ReconcileSettings } from '../../src/model/reconcile-settings.ts'
import { parseWindow } from '../../src/model/values/maintenance-windows.ts'
import {
  type Decision,
  type DecisionInput,
  decide,
  type MassDeletion,
  windowHold,
} from '../../src/watch/controller/decide.ts'

/** A Monday. */
const now = new Date('2026-11-23T12:00:00Z')
const open = [parseWindow('mon UTC')]
const shut = [parseWindow('tue UTC')]
const settings = (fields: Partial<ReconcileSettings> = {}): ReconcileSettings => ({ ...defaultReconcile, ...fields })

/** A stack at rest, with the fields of a case. */
const given = (fields: Partial<DecisionInput> = {}): DecisionInput => ({
  settings: settings(),
  suspended: false,
  isUnverified: false,
  undeclared: false,
  needsRestore: false,
  planFailed: false,
  steps: 0,
  hasNonDriftSteps: false,
  massDeletion: undefined,
  destroyCommand: 'heropods destroy keeper',
  now,
  ...fields,
})

const commit = { id: '292d8de0aa11', subject: 'Clean `rm -r` up', author: 'me', time: '2026-11-23T11:00:00Z' }
const massDeletion: MassDeletion = {
  removed: ['a/container/one', 'a/container/two', 'a/container/three', 'b/container/four', 'b/network/lan'],
  owned: 9,
  command: 'heropods apply x',
}

const outcome = (decision: Decision): string =>
  decision.action === 'hold' ? `hold: ${decision.reason}` : decision.action

type Case = readonly [what: string, fields: Partial<DecisionInput>, expected: string]

const drifted = { steps: 1 }
const news = { steps: 1, isUnverified: true }
const sameFilesOtherImage = { steps: 1, hasNonDriftSteps: true }
const gone = { steps: 1, undeclared: true }

describe('what is done about a stack', () => {
  const cases: readonly Case[] = [
    ['that is as desired: nothing', {}, 'none'],
    ['that has drifted: it is healed', drifted, 'heal'],
    ['that has drifted, mode warn: it is reported', { ...drifted, settings: settings({ mode: 'warn' }) }, 'report'],
    ['that has drifted, mode detect: it is reported', { ...drifted, settings: settings({ mode: 'detect' }) }, 'report'],
    [
      'that has drifted outside of its windows: it is healed',
      { ...drifted, settings: settings({ windows: shut }) },
      'heal',
    ],
    ['that is new: it is applied', news, 'change'],
    ['that is new and in place already: it is verified', { isUnverified: true }, 'verify'],
    ['whose image is another one now: it is applied', sameFilesOtherImage, 'change'],
    ['that is new, mode warn: it is applied', { ...news, settings: settings({ mode: 'warn' }) }, 'change'],
    [
      'that is new, mode detect: it is only reported',
      { ...news, settings: settings({ mode: 'detect' }) },
      'hold: DetectOnly',
    ],
    ['that is new, its window open: it is applied', { ...news, settings: settings({ windows: open }) }, 'change'],
    [
      'that is new, its window shut: it waits',
      { ...news, settings: settings({ windows: shut }) },
      'hold: OutsideWindow',
    ],
    ['that is part of a mass deletion: it waits', { ...news, massDeletion }, 'hold: MassDeletion'],
    ['whose change failed: it is restored', { ...drifted, needsRestore: true }, 'restore'],
    [
      'whose change failed, its window shut: it is restored',
      { needsRestore: true, settings: settings({ windows: shut }) },
      'restore',
    ],
    ['whose change failed and that is suspended: it stays', { needsRestore: true, suspended: true }, 'hold: Suspended'],
    [
      'whose change failed, mode detect: it stays',
      { ...drifted, needsRestore: true, settings: settings({ mode: 'detect' }) },
      'hold: DetectOnly',
    ],
    ['that cannot be planned: nothing', { ...news, planFailed: true }, 'none'],
    ['that cannot be planned and is suspended: nothing', { ...news, planFailed: true, suspended: true }, 'none'],
  ]
  it.each(cases)('%s', (_, fields, expected) => expect(outcome(decide(given(fields)))).toBe(expected))
})

describe('what is done about a stack that no file declares any more', () => {
  const cases: readonly Case[] = [
    ['it is removed', gone, 'prune'],
    [
      'it is forgotten if nothing of it is left',
      { undeclared: true, settings: settings({ prune: 'confirm' }) },
      'prune',
    ],
    [
      'it is released with prune: false, at any time',
      { ...gone, settings: settings({ prune: false, windows: shut, mode: 'detect' }) },
      'prune',
    ],
    [
      'it waits for its user with prune: confirm',
      { ...gone, settings: settings({ prune: 'confirm' }) },
      'hold: AwaitingConfirmation',
    ],
    ['it stays in mode detect', { ...gone, settings: settings({ mode: 'detect' }) }, 'hold: DetectOnly'],
    ['it waits for a window', { ...gone, settings: settings({ windows: shut }) }, 'hold: OutsideWindow'],
    ['it waits as part of a mass deletion', { ...gone, massDeletion }, 'hold: MassDeletion'],
    ['it stays while it is suspended', { ...gone, suspended: true }, 'hold: Suspended'],
  ]
  it.each(cases)('%s', (_, fields, expected) => expect(outcome(decide(given(fields)))).toBe(expected))
})

describe('the message of a hold names', () => {
  it.each<readonly [what: string, fields: Partial<DecisionInput>, message: RegExp]>([
    [
      'when its window opens',
      { ...news, settings: settings({ windows: shut }) },
      /wait for 2026-11-24T00:00:00.000Z\.$/,
    ],
    [
      'how a removal is confirmed',
      { ...gone, settings: settings({ prune: 'confirm' }) },
      /with `heropods destroy keeper`,/,
    ],
    ['the command that does it anyway', { ...news, massDeletion }, /30 %.*`heropods apply x`/],
    [
      'the objects of a mass deletion',
      { ...gone, massDeletion },
      / at once \(5 of 9\): a\/container\/one, a\/container\/two, a\/container\/three and 2 more\. Nothing was removed\. To keep them, restore their files\. To remove /,
    ],
    [
      'the commit of a mass deletion',
      { ...gone, massDeletion: { ...massDeletion, commit } },
      / and 2 more, at commit 292d8de "Clean 'rm -r' up" by me\. Nothing was removed\. To keep them, revert commit 292d8de, or restore their files\. To remove /,
    ],
  ])('%s', (_, fields, message) => expect(decide(given(fields))).toMatchObject({ action: 'hold', message }))
})

describe('the wait for a window', () => {
  it('is none if no window is declared, or one is open', () => {
    expect(windowHold(settings(), now)).toBeUndefined()
    expect(windowHold(settings({ windows: [...shut, ...open] }), now)).toBeUndefined()
  })
})

describe('whatever the circumstances', () => {
  /** Changes come with steps. */
  const anything: fc.Arbitrary<DecisionInput> = fc
    .record({
      settings: fc
        .record({
          mode: fc.constantFrom('heal', 'warn', 'detect'),
          prune: fc.constantFrom<ReconcileSettings['prune']>(true, false, 'confirm'),
          windows: fc.constantFrom([], open, shut),
        })
        .map(settings),
      suspended: fc.boolean(),
      isUnverified: fc.boolean(),
      undeclared: fc.boolean(),
      needsRestore: fc.boolean(),
      planFailed: fc.boolean(),
      steps: fc.nat({ max: 3 }),
      hasNonDriftSteps: fc.boolean(),
      massDeletion: fc.constantFrom(undefined, massDeletion),
      destroyCommand: fc.constant('heropods destroy keeper'),
      now: fc.constant(now),
    })
    .map((one) => ({ ...one, hasNonDriftSteps: one.hasNonDriftSteps && one.steps > 0 }))
  const touches = ['change', 'heal', 'prune', 'restore']
  const always = (where: (one: DecisionInput) => boolean, holds: (decision: Decision, one: DecisionInput) => void) =>
    fc.assert(
      fc.property(anything.filter(where), (one) => {
        holds(decide(one), one)
      }),
    )

  it('a suspended stack is never changed: at most one of which nothing is left is forgotten', () =>
    always(
      ({ suspended }) => suspended,
      ({ action }, { undeclared, steps }) =>
        expect(undeclared && steps === 0 ? ['none', 'hold', 'prune'] : ['none', 'hold']).toContain(action),
    ))

  it('a stack that cannot be planned is left alone', () =>
    always(
      ({ planFailed: failed }) => failed,
      ({ action }) => expect(action).toBe('none'),
    ))

  it('a change waits for its window', () =>
    always(
      ({ settings: { windows } }) => windows === shut,
      ({ action }) => expect(action).not.toBe('change'),
    ))

  it('mode detect changes nothing on the host', () =>
    always(
      ({ settings: { mode, prune } }) => mode === 'detect' && prune !== false,
      ({ action }, { steps }) => expect(steps > 0 ? touches : ['change', 'heal', 'restore']).not.toContain(action),
    ))

  it('a mass deletion is neither applied nor removed', () =>
    always(
      ({ massDeletion, steps, settings: { prune } }) => massDeletion !== undefined && steps > 0 && prune !== false,
      ({ action }) => expect(['change', 'prune']).not.toContain(action),
    ))
})
