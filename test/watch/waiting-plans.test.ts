import { expect, it } from 'vitest'
import type { Step } from '../../src/model/plan.ts'
import type { PlanRequest } from '../../src/reconciler/engine.ts'
import { WindowPlans, waitingPlans } from '../../src/watch/stacks/waiting-plans.ts'
import { containerSpec, planStep } from '../specs.ts'
import { appliedStack, observationOf, plannedOf, revision, stackPlan } from './builders.ts'

const step: Step = planStep('shop/container/web', 'create')
const hold = { action: 'hold', reason: 'Suspended', message: 'Held.' } as const
const web = { kind: 'container', address: 'shop/container/web', spec: containerSpec() } as const
const db = { ...web, address: 'shop/container/db' } as const

it('a change that is held, or waits for its next try, has the plan of its stack alone', () => {
  const target = revision('shop', 'new', [web, db])
  const plan = stackPlan(appliedStack('shop'), { target, planned: plannedOf(), steps: [step] })
  const of = (state: Parameters<typeof appliedStack>[1], plans = [plan]) =>
    waitingPlans([appliedStack('shop', state)], plans, new Map(), 10).get('shop')
  expect(of({ hold })).toMatchObject({ steps: [step], summary: { keep: 1 } })
  expect(of({ retry: { failures: 1, until: 11 } })?.steps).toEqual([step])
  expect(of({ retry: { failures: 1, until: 9 } })).toBeUndefined()
  expect(of({})).toBeUndefined()
  expect(of({ hold }, [{ ...plan, steps: [] }])).toBeUndefined()
})

it('a change that waits for a window is planned again only for other files or another generation', async () => {
  const asked: string[] = []
  const engine = {
    planRequest: async ({ scope }: PlanRequest) => {
      asked.push([...scope.desired.keys()].join())
      if (asked.length === 3) throw new Error('no registry')
      return { ...plannedOf(), plan: { ...plannedOf().plan, steps: [step] } }
    },
  }
  const plans = new WindowPlans()
  const observation = observationOf(new Map())
  const read = (hash: string) => plans.read(engine, [revision('shop', hash, [web])], observation)
  const first = await read('one')
  expect(first.get('shop')?.steps).toEqual([step])
  expect((await read('one')).get('shop')).toBe(first.get('shop'))
  expect(asked).toEqual(['shop/container/web'])
  expect((await read('two')).get('shop')).not.toBe(first.get('shop'))
  // A plan that cannot be made is left out.
  expect((await read('three')).size).toBe(0)
  expect(waitingPlans([appliedStack('shop')], [], first, 0).get('shop')).toBe(first.get('shop'))
})
