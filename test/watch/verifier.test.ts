import { describe, expect, it } from 'vitest'
import type { ContainerActual } from '../../src/model/kinds/container.ts'
import type { ResourceAddress } from '../../src/model/resource-address.ts'
import type { RejectedRevision } from '../../src/state/watch-store.ts'
import { Rollout } from '../../src/watch/rollout/rollout.ts'
import { Verifier } from '../../src/watch/rollout/verifier.ts'
import type { StackState } from '../../src/watch/stacks/stack-state.ts'
import { containerSpec, ownedContainer, planStep } from '../specs.ts'
import { reconcile, recordedTools } from './actions-tools.ts'
import { appliedStack, observationOf, revision, stackPlan, verificationOf } from './builders.ts'

const web: ResourceAddress = 'shop/container/web'
const verification = verificationOf({ containers: [web] })
const changed = (fields: Partial<StackState> = {}, record = {}): StackState =>
  appliedStack(
    'shop',
    { desired: revision('shop', 'new'), verification, hasLastGood: true, ...fields },
    { attempted: 5, ...record },
  )
const rejected: RejectedRevision = { hash: 'bad', reason: '', message: '', generation: 5, restored: true }

async function verify(state: StackState, actual: Partial<ContainerActual>, steps = stackPlan(state).steps) {
  const recorded = recordedTools(state)
  const verifier = new Verifier(recorded.tools, new Rollout(recorded.tools))
  const observation = observationOf(new Map([[web, ownedContainer(containerSpec(), actual)]]))
  const failed = await verifier.hasFailed(stackPlan(state, { steps }), reconcile({ observation }))
  return { ...recorded, failed, after: recorded.stacks.get('shop') }
}

describe('a change that is verified', () => {
  it('is good once it is healthy', async () => {
    const { failed, published, after, concluded } = await verify(changed(), { health: 'healthy' })
    expect(failed).toBe(false)
    expect(published).toEqual(['stack.applied'])
    expect(after).toMatchObject({ verification: undefined, record: { verifiedGeneration: 5, verifiedHash: 'new' } })
    expect(concluded).toEqual([])
  })

  it.each<readonly [what: string, state: StackState]>([
    ['a failure', changed({ lastError: { code: 'timeout', message: 'No.' } })],
    ['a rejection', changed({}, { rejected })],
  ])('ends %s', async (_, state) => {
    const { published, after } = await verify(state, { health: 'healthy' })
    expect(published).toEqual(['stack.applied', 'stack.ready'])
    expect(after).toMatchObject({ lastError: undefined, record: { rejected: null } })
  })

  it('that was tried again counts as done in the history', async () => {
    const { concluded } = await verify(changed({ retry: { failures: 1, until: 0 } }), { health: 'healthy' })
    expect(concluded).toEqual(['5 done'])
  })

  it('goes on while it is not healthy, or has steps to come', async () => {
    expect((await verify(changed(), { health: 'starting' })).after?.verification).toBeDefined()
    const steps = [planStep(web, 'recreate')]
    expect((await verify(changed(), { health: 'healthy' }, steps)).after?.verification).toBeDefined()
  })

  it('is rejected if it is unhealthy, and the next reconcile comes at once', async () => {
    const { failed, published, after, tools, concluded } = await verify(changed(), { health: 'unhealthy' })
    expect(failed).toBe(true)
    expect(published).toEqual(['stack.failed'])
    expect(after).toMatchObject({
      verification: undefined,
      record: { rejected: { hash: 'new', generation: 5, message: expect.stringContaining(': no database.') } },
    })
    expect(concluded).toEqual(['5 failed'])
    expect(tools.wakeups.due()).toHaveLength(1)
  })

  it('is dropped if the desired revision is another one', async () => {
    const { failed, after } = await verify(changed({ desired: revision('shop', 'newer') }), { health: 'unhealthy' })
    expect(failed).toBe(false)
    expect(after?.verification).toBeUndefined()
  })
})
