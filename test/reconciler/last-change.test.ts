import { expect, it } from 'vitest'
import type { Generation } from '../../src/model/generation.ts'
import type { Plan, Step } from '../../src/model/plan.ts'
import { lastChanges } from '../../src/reconciler/history/last-change.ts'
import { planStep } from '../specs.ts'

const summary = { create: 0, update: 0, recreate: 0, delete: 0, keep: 0 }
const run = (generation: number): Generation => ({
  generation,
  user: 'a',
  pid: 1,
  command: '',
  time: '',
  summary,
  stacks: {},
  result: 'done',
})
const planOf = (...steps: readonly Step[]): Plan => ({ formatVersion: 1, steps, summary, warnings: [] })

const plans = new Map([
  [1, planOf(planStep('s/container/a', 'create'), planStep('s/container/b', 'create'))],
  [2, planOf(planStep('s/container/a', 'update'))],
  [3, planOf(planStep('s/container/c', 'create'))],
])

const read: number[] = []
const find = async (isMeant: (at: string) => boolean, known: readonly `${string}/${string}/${string}`[]) => {
  read.length = 0
  const planAt = async (one: number) => {
    read.push(one)
    return plans.get(one)
  }
  const found = await lastChanges([run(1), run(2), run(3)], planAt, isMeant, known)
  return [...found].map(
    ([
      address,
      {
        run: { generation },
        step,
      },
    ]) => `${address} ${generation} ${step.action}`,
  )
}

it('finds the newest step of each object, and reads no plan before it', async () => {
  expect(await find((at) => at === 's/container/a', ['s/container/a'])).toEqual(['s/container/a 2 update'])
  expect(read).toEqual([3, 2])
})

it('reads all plans for an object that no longer exists', async () => {
  expect(await find((at) => at === 's/container/b', [])).toEqual(['s/container/b 1 create'])
  expect(await find(() => false, [])).toEqual([])
  expect(read).toEqual([3, 2, 1])
})
