import { describe, expect, it } from 'vitest'
import type { Observation } from '../../src/model/observation.ts'
import type { Step } from '../../src/model/plan.ts'
import { defaultReconcile } from '../../src/model/reconcile-settings.ts'
import type { ResourceAddress } from '../../src/model/resource-address.ts'
import { parseWindow } from '../../src/model/values/maintenance-windows.ts'
import { decideAll, healedMeanwhile, isNew, type Subject } from '../../src/watch/controller/decide-all.ts'
import type { StackState } from '../../src/watch/stacks/stack-state.ts'
import { change, containerActual, owned, planStep, resource } from '../specs.ts'
import { appliedStack, noon, observationOf, revision, stackState, subject } from './builders.ts'

const address = (stack: string, index: number): ResourceAddress => `${stack}/container/c${index}`
const addresses = (stack: string, count: number): readonly ResourceAddress[] =>
  Array.from({ length: count }, (_, index) => address(stack, index))
/** A host on which each of these stacks has so many containers. */
const host = (
  ...stacks: readonly (readonly [stack: string, count: number])[]
): ReadonlyMap<ResourceAddress, Observation> =>
  new Map(stacks.flatMap(([stack, count]) => addresses(stack, count)).map((one) => [one, owned(resource(one))]))
const deletes = (stack: string, count: number): readonly Step[] =>
  addresses(stack, count).map((one) => planStep(one, 'delete'))

const gone = (stack: string, count: number, fields: Partial<StackState> = {}): Subject =>
  subject(appliedStack(stack, { undeclared: true, ...fields }), { steps: deletes(stack, count) })
const smaller = (stack: string, count: number): Subject =>
  subject(appliedStack(stack, { desired: revision(stack, 'new') }), { steps: deletes(stack, count) })

const commands = {
  massDeletion: 'heropods apply x',
  destroy: (stack: string) => `heropods destroy ${stack}`,
  commit: undefined,
}

/** What is decided about each stack, by name. */
const decided = (
  subjects: readonly Subject[],
  resources: ReadonlyMap<ResourceAddress, Observation> = new Map(),
): readonly string[] =>
  decideAll(subjects, observationOf(resources), noon.wall, commands).map(({ state, decision }) => {
    const what = decision.action === 'hold' ? decision.reason : decision.action
    return `${state.name}: ${what}`
  })

describe('a mass deletion', () => {
  it('names the objects of all stacks, and the commit', () => {
    const commit = { id: '292d8de0aa11', subject: 'Clean up', author: 'me', time: '2026-11-23T11:00:00Z' }
    const facts = { ...commands, commit }
    const observation = observationOf(host(['a', 2], ['b', 3]))
    const messages = decideAll([gone('a', 2), gone('b', 3)], observation, noon.wall, facts).map(({ decision }) =>
      decision.action === 'hold' ? decision.message : '',
    )
    const text =
      'More than 30 % of all objects would be removed at once (5 of 5): a/container/c0, a/container/c1, b/container/c0 and 2 more, at commit 292d8de "Clean up" by me. Nothing was removed. To keep them, revert commit 292d8de, or restore their files. To remove them anyway: `heropods apply x`.'
    expect(messages).toEqual([text, text])
  })

  it('names the commit that removed the files, not a later one', () => {
    const [removing, later] = ['aaaaaaa', 'bbbbbbb'].map((id) => ({ id, subject: id, author: 'me', time: '' }))
    const { state, plan } = gone('a', 5)
    const subject = { plan, state: { ...state, ...(removing && { missingSince: removing }) } }
    const [decided] = decideAll([subject], observationOf(host(['a', 5])), noon.wall, { ...commands, commit: later })
    expect(decided?.decision).toMatchObject({ message: expect.stringContaining('revert commit aaaaaaa') })
  })

  it('is held, of one stack or of several together', () => {
    expect(decided([gone('a', 5)], host(['a', 5]))).toEqual(['a: MassDeletion'])
    expect(decided([gone('a', 2), smaller('b', 3)], host(['a', 2], ['b', 3]))).toEqual([
      'a: MassDeletion',
      'b: MassDeletion',
    ])
  })

  it('is compared with all objects of the instance', () => {
    expect(decided([gone('a', 5)], host(['a', 5], ['z', 11]))).toEqual(['a: MassDeletion'])
    expect(decided([gone('a', 5)], host(['a', 5], ['z', 12]))).toEqual(['a: prune'])
  })

  it('does not count objects of others', () => {
    const unmanaged = addresses('z', 12).map((one): [ResourceAddress, Observation] => [
      one,
      { kind: 'container', presence: 'unmanaged', actual: containerActual() },
    ])
    expect(decided([gone('a', 5)], new Map([...host(['a', 5]), ...unmanaged]))).toEqual(['a: MassDeletion'])
  })

  it('does not hold a change that removes nothing', () => {
    const news = subject(appliedStack('b', { desired: revision('b', 'new') }), {
      steps: [planStep(address('b', 0), 'create')],
    })
    const drifted = subject(appliedStack('c'), { steps: [planStep(address('c', 0), 'create')] })
    expect(decided([gone('a', 5), news, drifted], host(['a', 5]))).toEqual(['a: MassDeletion', 'b: change', 'c: heal'])
  })

  it.each<readonly [what: string, fields: Partial<StackState>, decision: string]>([
    ['is suspended', { settings: { ...defaultReconcile, suspend: true } }, 'Suspended'],
    ['waits for its user', { settings: { ...defaultReconcile, prune: 'confirm' } }, 'AwaitingConfirmation'],
  ])('does not count the objects of a stack that %s', (_, fields, decision) =>
    expect(decided([gone('a', 4), gone('b', 4, fields)], host(['a', 4], ['b', 4]))).toEqual([
      'a: prune',
      `b: ${decision}`,
    ]),
  )
})

describe('the decision from files and record', () => {
  const drifted = { steps: [planStep(address('a', 0), 'create')] }
  const otherImage = { steps: [planStep(address('a', 0), 'recreate', [change('/image')])] }
  const rejected = { hash: 'new', reason: 'CrashLoop', message: '', generation: 5, restored: false }
  it.each<readonly [what: string, one: Subject, decision: string]>([
    ['none, if all is as applied', subject(appliedStack('a')), 'none'],
    ['heal, if something is gone', subject(appliedStack('a'), drifted), 'heal'],
    ['change, if the same files mean another image', subject(appliedStack('a'), otherImage), 'change'],
    ['change, if its files are new', subject(appliedStack('a', { desired: revision('a', 'new') }), drifted), 'change'],
    [
      'change, if it was never applied',
      subject(stackState('a', { desired: revision('a', 'first') }), drifted),
      'change',
    ],
    [
      'verify, if the new files are in place already',
      subject(appliedStack('a', { desired: revision('a', 'new') })),
      'verify',
    ],
    [
      'restore, if its change failed and is still in place',
      subject(appliedStack('a', {}, { rejected }), drifted),
      'restore',
    ],
    [
      'heal, if it was restored',
      subject(appliedStack('a', {}, { rejected: { ...rejected, restored: true } }), drifted),
      'heal',
    ],
    [
      'none, if it cannot be planned',
      subject(appliedStack('a'), { ...drifted, error: { code: 'timeout', message: '' } }),
      'none',
    ],
    ['hold, if its user has suspended it', subject(appliedStack('a', {}, { suspended: true }), drifted), 'Suspended'],
  ])('%s', (_, one, decision) => expect(decided([one])).toEqual([`a: ${decision}`]))
})

describe('a stack is new', () => {
  it.each<readonly [what: string, one: Subject, answer: boolean]>([
    [
      'where its files are not those that were applied',
      subject(appliedStack('a', { desired: revision('a', 'new') })),
      true,
    ],
    ['where nothing was applied', subject(stackState('a', { desired: revision('a', 'first') })), true],
    ['not where it is as applied', subject(appliedStack('a')), false],
    ['not where it goes', subject(appliedStack('a', { undeclared: true })), false],
    [
      'not where it is held against the good generation',
      subject(appliedStack('a', { desired: revision('a', 'new') }), { target: revision('a', 'as applied') }),
      false,
    ],
  ])('%s', (_, { plan, state }, answer) => expect(isNew(plan, state)).toBe(answer))
})

describe('a change with the same files that is held', () => {
  const shut = { ...defaultReconcile, windows: [parseWindow('tue UTC')] }
  const steps = [planStep(address('a', 0), 'create'), planStep(address('a', 1), 'recreate', [change('/image')])]
  const healed = (one: Subject): readonly string[] =>
    healedMeanwhile(decideAll([one], observationOf(new Map()), noon.wall, commands), noon.monotonic).flatMap((plan) =>
      plan.steps.map((step) => step.id),
    )

  it('is healed meanwhile, and nothing else of it is done', () =>
    expect(healed(subject(appliedStack('a', { settings: shut }), { steps }))).toEqual([`${address('a', 0)}:create`]))

  it.each<readonly [what: string, state: StackState]>([
    ['is new', appliedStack('a', { settings: shut, desired: revision('a', 'new') })],
    ['has mode warn', appliedStack('a', { settings: { ...shut, mode: 'warn' } })],
    ['is suspended', appliedStack('a', { settings: { ...shut, suspend: true } })],
  ])('is not healed if it %s', (_, state) => expect(healed(subject(state, { steps }))).toEqual([]))

  const waiting = (fields: Partial<StackState> = {}): StackState =>
    appliedStack('a', {
      desired: revision('a', 'new'),
      retry: { failures: 3, until: noon.monotonic + 1000 },
      isInPlace: true,
      failedRevision: 'new',
      lastError: { code: 'unhealthy', message: 'c1 is unhealthy.', address: address('a', 1) },
      ...fields,
    })
  const drift = [address('a', 0), address('a', 1)].map((one) => planStep(one, 'create'))

  it('is healed if it waits for its next try, except for the container that failed', () =>
    expect(healed(subject(waiting(), { steps: drift }))).toEqual([`${address('a', 0)}:create`]))

  it.each<readonly [what: string, state: StackState]>([
    ['some of its steps failed', waiting({ isInPlace: false })],
    ['its next try is due', waiting({ retry: { failures: 3, until: noon.monotonic } })],
    ['another revision has failed', waiting({ failedRevision: 'old' })],
    ['its mode is warn', waiting({ settings: { ...defaultReconcile, mode: 'warn' } })],
  ])('is not healed before its next try if %s', (_, state) =>
    expect(healed(subject(state, { steps: drift }))).toEqual([]),
  )
})
