import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ContainerActual, ContainerSpec } from '../../src/model/kinds/container.ts'
import type { Observation } from '../../src/model/observation.ts'
import type { Step, StepAction, StepId } from '../../src/model/plan.ts'
import type { ResourceAddress } from '../../src/model/resource-address.ts'
import { splitReady } from '../../src/watch/rollout/runnable-steps.ts'
import { change, containerActual, containerSpec, ownedContainer, planStep } from '../specs.ts'

type Condition = ContainerSpec['depends_on'][number]['condition']
const db: ResourceAddress = 's/container/db'
const web: ResourceAddress = 's/container/web'

/** A step of web, which depends on db. */
const webStep = (action: StepAction, condition: Condition, after: readonly StepId[] = []): Step =>
  planStep(web, action, action === 'update' ? [change('/labels')] : [], {
    after,
    spec: { depends_on: [{ container: db, condition }] },
  })
const dbIs = (actual: Partial<ContainerActual>): ReadonlyMap<ResourceAddress, Observation> =>
  new Map([[db, ownedContainer(containerSpec(), actual)]])
const split = (steps: readonly Step[], observed: ReadonlyMap<ResourceAddress, Observation> = new Map()) => {
  const { ready, waiting } = splitReady(steps, observed)
  return { ready: ready.map(({ id }) => id), waiting: waiting.map(({ step, on }) => `${step.id} on ${on}`) }
}

describe('a container that depends on another', () => {
  const [waits, goes] = [true, false]
  it.each<readonly [StepAction, Condition, string, Partial<ContainerActual>, boolean]>([
    ['create', 'service_healthy', 'healthy', { health: 'healthy' }, goes],
    ['create', 'service_healthy', 'starting', { health: 'starting' }, waits],
    ['create', 'service_healthy', 'unhealthy', { health: 'unhealthy' }, waits],
    ['create', 'service_healthy', 'without a check', {}, waits],
    ['recreate', 'service_healthy', 'starting', { health: 'starting' }, waits],
    ['update', 'service_healthy', 'starting', { health: 'starting' }, goes],
    ['delete', 'service_healthy', 'starting', { health: 'starting' }, goes],
    ['create', 'service_completed_successfully', 'completed', { state: 'completed' }, goes],
    ['create', 'service_completed_successfully', 'held open', { state: 'held' }, goes],
    ['create', 'service_completed_successfully', 'about to be restarted', { state: 'restarting', exitCode: 0 }, goes],
    ['create', 'service_completed_successfully', 'running', { state: 'running' }, waits],
    ['create', 'service_completed_successfully', 'exited', { state: 'exited', exitCode: 1 }, waits],
    ['create', 'service_started', 'exited', { state: 'exited', exitCode: 1 }, goes],
  ])('%s, %s, the other is %s', (action, condition, _, actual, expected) =>
    expect(split([webStep(action, condition)], dbIs(actual)).waiting).toEqual(
      expected ? [`${web}:${action} on ${db}`] : [],
    ),
  )

  it('waits for one that is not there, or is someone else’s', () => {
    const step = webStep('create', 'service_healthy')
    expect(split([step]).waiting).toHaveLength(1)
    const foreign = {
      kind: 'container',
      presence: 'unmanaged',
      actual: containerActual({ health: 'healthy' }),
    } as const
    expect(split([step], new Map([[db, foreign]])).waiting).toHaveLength(1)
  })

  it.each(['create', 'recreate'] as const)('waits where the other one is healthy, but a step will %s it', (action) =>
    expect(split([planStep(db, action), webStep('create', 'service_healthy')], dbIs({ health: 'healthy' }))).toEqual({
      ready: [`${db}:${action}`],
      waiting: [`${web}:create on ${db}`],
    }),
  )

  it('is made where a step only updates the other one', () =>
    expect(
      split([planStep(db, 'update'), webStep('create', 'service_healthy')], dbIs({ health: 'healthy' })).waiting,
    ).toEqual([]))
})

describe('what comes after a waiting step', () => {
  it('waits for the same container', () => {
    const proxy = planStep('s/container/proxy', 'create', [], { after: [`${web}:create`] })
    const last = planStep('s/container/last', 'update', [], { after: [proxy.id] })
    const other = planStep('s/container/other', 'create')
    expect(split([webStep('create', 'service_healthy'), proxy, other, last])).toEqual({
      ready: [other.id],
      waiting: [`${web}:create on ${db}`, `${proxy.id} on ${db}`, `${last.id} on ${db}`],
    })
  })
})

describe('whatever the steps', () => {
  const names = ['a', 'b', 'c', 'd', 'e'] as const
  const address = (name: string): ResourceAddress => `s/container/${name}`
  /** Steps in order: each comes after some before it, and depends on some container. */
  const steps = fc
    .tuple(
      ...names.map((name, place) =>
        fc.record({
          name: fc.constant(name),
          action: fc.constantFrom('create', 'update', 'recreate'),
          after: fc.subarray(names.slice(0, place)),
          on: fc.option(fc.constantFrom(...names, 'elsewhere'), { nil: undefined }),
        }),
      ),
    )
    .map((all): readonly Step[] => {
      const ids = new Map<string, StepId>(all.map(({ name, action }) => [name, `${address(name)}:${action}`]))
      return all.map(({ name, action, after, on }) =>
        planStep(address(name), action, [], {
          after: after.flatMap((one) => ids.get(one) ?? []),
          spec: { depends_on: on === undefined ? [] : [{ container: address(on), condition: 'service_healthy' }] },
        }),
      )
    })

  it('each is ready or waits, in the same order, and none that is ready comes after one that waits', () =>
    fc.assert(
      fc.property(steps, (all) => {
        const { ready, waiting } = splitReady(all, new Map())
        const waits = new Set(waiting.map(({ step }) => step.id))
        expect(all.filter(({ id }) => !waits.has(id))).toEqual(ready)
        expect(all.filter(({ id }) => waits.has(id))).toEqual(waiting.map(({ step }) => step))
        for (const one of ready) expect(one.after.filter((id) => waits.has(id))).toEqual([])
      }),
    ))
})
