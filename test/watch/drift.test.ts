import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Change } from '../../src/model/change.ts'
import type { Step, StepId } from '../../src/model/plan.ts'
import type { ResourceAddress } from '../../src/model/resource-address.ts'
import { withoutSteps } from '../../src/reconciler/plan/without-steps.ts'
import { driftOf, isHealing, isStopped } from '../../src/watch/controller/drift.ts'
import { change, planStep } from '../specs.ts'

const web: ResourceAddress = 's/container/web'
const lan: ResourceAddress = 's/network/lan'
const drift = (text: string): Change => change('/host/process', { drift: text })
const stopped = drift('it was stopped')

describe('a step only mends', () => {
  it.each<readonly [what: string, step: Step, mends: boolean]>([
    ['where it makes what has gone', planStep(web, 'create'), true],
    ['where the host differs from what was applied', planStep(web, 'recreate', [drift('it exited')]), true],
    [
      'where a network takes up its members',
      planStep(lan, 'update', [change('/members/0'), change('/hosts/abc')]),
      true,
    ],
    ['where a record is written anew', planStep(lan, 'update', [change('/record')]), true],
    ['not where a file says something else', planStep(web, 'update', [change('/labels/a')]), false],
    ['not where one of its changes comes from a file', planStep(web, 'update', [drift('x'), change('/image')]), false],
    ['not where a field only begins like one that follows', planStep(lan, 'update', [change('/membership')]), false],
    ['not where it takes something away', planStep(web, 'delete'), false],
    ['not where another one forces it', planStep(web, 'recreate'), false],
  ])('%s', (_, step, mends) => expect(isHealing(step)).toBe(mends))
})

describe('drift', () => {
  it.each<readonly [what: string, step: Step, isNew: boolean, texts: readonly string[]]>([
    ['is each difference by itself', planStep(web, 'update', [drift('a'), drift('b')]), false, ['a', 'b']],
    ['is none of what a file changes', planStep(web, 'update', [change('/image'), drift('b')]), false, ['b']],
    ['is what has gone', planStep(web, 'create'), false, ['it is gone']],
    ['is not what was never there', planStep(web, 'create'), true, []],
    ['is not what is made again since it is replaced', planStep(web, 'create', [], { class: 'replace' }), false, []],
    ['is not what is taken away', planStep(web, 'delete'), false, []],
  ])('%s', (_, step, isNew, texts) =>
    expect(driftOf([step], isNew)).toEqual(texts.map((text) => ({ address: web, text }))),
  )
})

describe('what its user stopped', () => {
  it.each<readonly [what: string, changes: readonly Change[], answer: boolean]>([
    ['stays so', [stopped], true],
    ['is mended where more is wrong', [stopped, drift('limits differ')], false],
    ['is not what has no difference', [], false],
    ['is not what exited', [drift('it exited')], false],
  ])('%s', (_, changes, answer) => expect(isStopped(planStep(web, 'update', changes))).toBe(answer))
})

describe('steps without some', () => {
  const address = (name: string): ResourceAddress => `s/container/${name}`
  const id = (name: string): StepId => `${address(name)}:create`
  const step = (name: string, ...after: readonly string[]): Step =>
    planStep(address(name), 'create', [], { after: after.map(id) })
  const without = (steps: readonly Step[], ...names: readonly string[]): readonly Step[] =>
    withoutSteps(steps, ({ address }) => names.includes(address.replace('s/container/', '')))

  it('are the same where none is dropped', () => {
    const all = [step('a'), step('b', 'a')]
    expect(without(all, 'elsewhere')).toBe(all)
  })

  it('wait for what a dropped one waited for, once', () =>
    expect(without([step('a'), step('b', 'a'), step('c', 'a', 'b'), step('d', 'c', 'b')], 'b', 'c')).toEqual([
      step('a'),
      step('d', 'a'),
    ]))

  it('keep edges to steps that are not among them', () =>
    expect(without([step('b', 'elsewhere'), step('c', 'b')], 'b')).toEqual([step('c', 'elsewhere')]))

  it('keep their order and who comes before whom, and name no dropped one', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f']
    const graph = fc.tuple(...names.map((_, place) => fc.subarray(names.slice(0, place))))
    fc.assert(
      fc.property(graph, fc.subarray(names), (edges, dropped) => {
        const all = names.map((name, place) => step(name, ...(edges[place] ?? [])))
        const left = without(all, ...dropped)
        expect(left.map((one) => one.id)).toEqual(names.filter((name) => !dropped.includes(name)).map(id))
        const [before, after] = [reached(all), reached(left)]
        for (const { id: own } of left)
          expect(after(own)).toEqual(before(own).filter((one) => !dropped.map(id).includes(one)))
      }),
    )
  })

  /** All that a step comes after, directly or through others. */
  function reached(steps: readonly Step[]): (id: string) => readonly StepId[] {
    const afterOf = new Map<string, readonly StepId[]>(steps.map((one) => [one.id, one.after]))
    const all = (own: string): readonly StepId[] => (afterOf.get(own) ?? []).flatMap((one) => [one, ...all(one)])
    return (own) => [...new Set(all(own))].sort()
  }
})
