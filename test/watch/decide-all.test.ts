import { describe, expect, it } from 'vitest'
import type { Address } from '../../src/model/address.ts'
import type { Observation } from '../../src/model/observation.ts'
import type { Step } from '../../src/model/plan.ts'
import { defaultReconcile } from '../../src/model/reconcile-settings.ts'
import { decideAll, isNew } from '../../src/watch/controller/decide-all.ts'
import type { StackPlan } from '../../src/watch/controller/stack-plan.ts'
import { change, containerActual, owned, planStep, resource } from '../specs.ts'
import { appliedStack, observationOf, revision, stackPlan, stackState } from './builders.ts'

const at = (stack: string, index: number): Address => `${stack}/container/c${index}`
const addresses = (stack: string, count: number): readonly Address[] =>
  Array.from({ length: count }, (_, index) => at(stack, index))
/** A host on which each of these stacks has so many containers. */
const host = (...stacks: readonly (readonly [stack: string, count: number])[]): ReadonlyMap<Address, Observation> =>
  new Map(stacks.flatMap(([stack, count]) => addresses(stack, count)).map((one) => [one, owned(resource(one))]))
const deletes = (stack: string, count: number): readonly Step[] =>
  addresses(stack, count).map((one) => planStep(one, 'delete'))

const gone = (stack: string, count: number, fields: Partial<StackPlan['state']> = {}): StackPlan =>
  stackPlan(appliedStack(stack, { removed: true, ...fields }), { steps: deletes(stack, count) })
const smaller = (stack: string, count: number): StackPlan =>
  stackPlan(appliedStack(stack, { desired: revision(stack, 'new') }), { steps: deletes(stack, count) })

/** What is decided about each stack, by name. */
const decided = (
  works: readonly StackPlan[],
  resources: ReadonlyMap<Address, Observation> = new Map(),
): readonly string[] =>
  decideAll(works, observationOf(resources), 0, 'heropods apply x').map(({ work, decision }) => {
    const what = decision.action === 'hold' ? decision.reason : decision.action
    return `${work.state.name}: ${what}`
  })

describe('what would take too much away at once', () => {
  it('is held back, be it of one stack or of several together', () => {
    expect(decided([gone('a', 5)], host(['a', 5]))).toEqual(['a: MassDeletion'])
    expect(decided([gone('a', 2), smaller('b', 3)], host(['a', 2], ['b', 3]))).toEqual([
      'a: MassDeletion',
      'b: MassDeletion',
    ])
  })

  it('is held against all objects of the instance', () => {
    expect(decided([gone('a', 5)], host(['a', 5], ['z', 11]))).toEqual(['a: MassDeletion'])
    expect(decided([gone('a', 5)], host(['a', 5], ['z', 12]))).toEqual(['a: remove'])
  })

  it('does not count objects of others', () => {
    const foreign = addresses('z', 12).map((one): [Address, Observation] => [
      one,
      { kind: 'container', presence: 'unmanaged', actual: containerActual() },
    ])
    expect(decided([gone('a', 5)], new Map([...host(['a', 5]), ...foreign]))).toEqual(['a: MassDeletion'])
  })

  it('keeps nobody from a change that takes nothing away', () => {
    const news = stackPlan(appliedStack('b', { desired: revision('b', 'new') }), {
      steps: [planStep(at('b', 0), 'create')],
    })
    const drifted = stackPlan(appliedStack('c'), { steps: [planStep(at('c', 0), 'create')] })
    expect(decided([gone('a', 5), news, drifted], host(['a', 5]))).toEqual(['a: MassDeletion', 'b: change', 'c: heal'])
  })

  it.each<readonly [what: string, fields: Partial<StackPlan['state']>, decision: string]>([
    ['is suspended', { settings: { ...defaultReconcile, suspend: true } }, 'Suspended'],
    ['waits for its user', { settings: { ...defaultReconcile, prune: 'confirm' } }, 'AwaitingConfirmation'],
  ])('does not count what a stack would lose that %s', (_, fields, decision) =>
    expect(decided([gone('a', 4), gone('b', 4, fields)], host(['a', 4], ['b', 4]))).toEqual([
      'a: remove',
      `b: ${decision}`,
    ]),
  )
})

describe('what follows from files and memory', () => {
  const drifted = { steps: [planStep(at('a', 0), 'create')] }
  const otherImage = { steps: [planStep(at('a', 0), 'recreate', [change('/image')])] }
  const rejected = { hash: 'new', reason: 'CrashLoop', message: '', generation: 5, restored: false }
  it.each<readonly [what: string, work: StackPlan, decision: string]>([
    ['nothing, where all is as applied', stackPlan(appliedStack('a')), 'none'],
    ['it is mended, where something has gone', stackPlan(appliedStack('a'), drifted), 'heal'],
    ['it is changed, where the same files mean another image', stackPlan(appliedStack('a'), otherImage), 'change'],
    [
      'it is changed, where its files are new',
      stackPlan(appliedStack('a', { desired: revision('a', 'new') }), drifted),
      'change',
    ],
    [
      'it is changed, where it was never applied',
      stackPlan(stackState('a', { desired: revision('a', 'first') }), drifted),
      'change',
    ],
    [
      'it has to prove itself, where what is new is in place',
      stackPlan(appliedStack('a', { desired: revision('a', 'new') })),
      'prove',
    ],
    [
      'it goes back, where its change failed and is in place still',
      stackPlan(appliedStack('a', {}, { rejected }), drifted),
      'restore',
    ],
    [
      'it is mended, where it has gone back',
      stackPlan(appliedStack('a', {}, { rejected: { ...rejected, restored: true } }), drifted),
      'heal',
    ],
    [
      'nothing, where it cannot be planned',
      stackPlan(appliedStack('a'), { ...drifted, error: { code: 'timeout', message: '' } }),
      'none',
    ],
    [
      'nothing is done, where its user has suspended it',
      stackPlan(appliedStack('a', {}, { suspended: true }), drifted),
      'Suspended',
    ],
  ])('%s', (_, work, decision) => expect(decided([work])).toEqual([`a: ${decision}`]))
})

describe('a stack is new', () => {
  it.each<readonly [what: string, work: StackPlan, answer: boolean]>([
    [
      'where its files are not those that were applied',
      stackPlan(appliedStack('a', { desired: revision('a', 'new') })),
      true,
    ],
    ['where nothing was applied', stackPlan(stackState('a', { desired: revision('a', 'first') })), true],
    ['not where it is as applied', stackPlan(appliedStack('a')), false],
    ['not where it goes', stackPlan(appliedStack('a', { removed: true })), false],
    [
      'not where it is held against the good generation',
      stackPlan(appliedStack('a', { desired: revision('a', 'new') }), { target: revision('a', 'as applied') }),
      false,
    ],
  ])('%s', (_, work, answer) => expect(isNew(work)).toBe(answer))
})
