import { describe, expect, it } from 'vitest'
import type { Diagnostic } from '../../src/model/errors.ts'
import { makes, type Step } from '../../src/model/plan.ts'
import type { ResourceAddress } from '../../src/model/resource-address.ts'
import type { RejectedRevision } from '../../src/state/watch-store.ts'
import { Healer } from '../../src/watch/controller/healer.ts'
import type { StackPlan } from '../../src/watch/controller/stack-plan.ts'
import { prune } from '../../src/watch/rollout/prune.ts'
import { restore } from '../../src/watch/rollout/restore.ts'
import { Rollout, replacedChange } from '../../src/watch/rollout/rollout.ts'
import type { StackState } from '../../src/watch/stacks/stack-state.ts'
import { change, containerSpec, generationOf, imageSpec, ownedContainer, planStep } from '../specs.ts'
import { type Recorded, reconcile, recordedTools } from './actions-tools.ts'
import { appliedStack, noon, observationOf, plannedOf, revision, stackPlan, verificationOf } from './builders.ts'

const web: ResourceAddress = 'shop/container/web'
const create = planStep(web, 'create')
const error: Diagnostic = { code: 'container-exited', message: 'web exited.' }
const failed = { generation: 5, done: [], failed: [{ step: create, error }] }
const rejected: RejectedRevision = {
  hash: 'new',
  reason: 'ContainerExited',
  message: '',
  generation: 5,
  restored: false,
}

const planned = plannedOf()

const fresh = (fields: Partial<StackState> = {}): StackState =>
  appliedStack('shop', { desired: revision('shop', 'new'), hasLastGood: true, ...fields })
const planOf = (state: StackState, steps: readonly Step[] = [create], fields: Partial<StackPlan> = {}): StackPlan =>
  stackPlan(state, { planned, steps, containers: [web], ...fields })
const stateAfter = ({ stacks }: Recorded): StackState => stacks.get('shop') ?? expect.fail('it is not watched')

describe('a new revision', () => {
  const apply = async (state: StackState, steps?: readonly Step[], outcome?: Recorded['outcome'] | null) => {
    const recorded = recordedTools(state)
    if (outcome !== undefined) recorded.outcome = outcome ?? undefined
    const did = await new Rollout(recorded.tools).apply(planOf(state, steps), reconcile())
    return { ...recorded, did, state: stateAfter(recorded) }
  }

  it('is applied as a new generation, and verified from then on', async () => {
    const { did, applies, published, state } = await apply(fresh())
    expect(did).toBe(true)
    expect(applies).toMatchObject([{ steps: [create.id], options: { continuesGeneration: false } }])
    expect(published).toEqual(['stack.progressing'])
    expect(state).toMatchObject({
      record: { attempted: 5, attemptedHash: 'new', verifiedGeneration: 4 },
      verification: { hash: 'new', generation: 5, startedAt: noon.monotonic, containers: [web] },
    })
  })

  it.each<readonly [what: string, state: StackState]>([
    ['more steps of it come', fresh({ verification: verificationOf() })],
    [
      'it is tried again',
      appliedStack(
        'shop',
        { desired: revision('shop', 'new'), retry: { failures: 1, until: 0 } },
        { attemptedHash: 'new', attempted: 5 },
      ),
    ],
  ])('belongs to the same generation if %s', async (_, state) =>
    expect((await apply(state)).applies).toMatchObject([{ options: { continuesGeneration: true } }]),
  )

  it('waits for dependencies without an apply', async () => {
    const steps = [
      planStep(web, 'create', [], {
        spec: { depends_on: [{ container: 'shop/container/db', condition: 'service_healthy' }] },
      }),
    ]
    const { did, applies, state } = await apply(fresh(), steps)
    expect([did, applies]).toEqual([false, []])
    expect(state.waiting).toEqual([web])
  })

  describe('whose job has failed and was not judged before watch was killed', () => {
    const drifted = change('/process', { drift: 'it exited with code 4', class: 'recreate' })
    const job = ownedContainer(containerSpec(), { state: 'exited', exitCode: 4 })
    const ends = async (state: StackState): Promise<StackState> => {
      const recorded = recordedTools(state)
      const context = reconcile({ observation: observationOf(new Map([[web, job]])) })
      expect(
        await new Rollout(recorded.tools).apply(planOf(state, [planStep(web, 'recreate', [drifted])]), context),
      ).toBe(false)
      expect(recorded.applies).toEqual([])
      return stateAfter(recorded)
    }

    it('is verified, so that it is undone', async () =>
      expect((await ends(fresh())).verification).toMatchObject({ hash: 'new', containers: [web] }))

    it('is not verified twice', async () =>
      expect((await ends(fresh({ failedRevision: 'new' }))).verification).toBeUndefined())
  })

  it('names the newest change by another command, unless watch has changed the stack since', () => {
    const run = (generation: number) => generationOf(generation, { stacks: { shop: { desiredHash: null, files: [] } } })
    const replaced = (attempted: number | null, ...generations: readonly number[]) =>
      replacedChange(appliedStack('shop', {}, { attempted }), generations.map(run))?.generation
    expect(replaced(4, 3, 4, 5)).toBe(5)
    expect(replaced(null, 1)).toBe(1)
    expect(replaced(5, 4, 5)).toBeUndefined()
    expect(replaced(4)).toBeUndefined()
    const restore = { ...run(5), rollbackOf: 3, undoes: { generation: 4 } }
    expect(replacedChange(appliedStack('shop', {}, { attempted: 4 }), [run(4), restore])).toBeUndefined()
  })

  it('waits after a failure', async () => {
    const { did, applies } = await apply(fresh({ retry: { failures: 1, until: noon.monotonic + 1 } }))
    expect([did, applies]).toEqual([false, []])
  })

  it('leaves the state as it is if another run holds the instance', async () => {
    const { did, state } = await apply(fresh(), [create], null)
    expect(did).toBe(false)
    expect(state.verification).toBeUndefined()
  })

  it('is rejected if a step fails', async () => {
    const { state, published, tools } = await apply(fresh(), [create], failed)
    expect(state).toMatchObject({ verification: undefined, record: { rejected: { hash: 'new', generation: 5 } } })
    expect(published).toEqual(['stack.progressing', 'stack.failed'])
    expect(tools.wakeups.due()).toHaveLength(1)
  })

  it('is not failed by a dependency that is no longer fulfilled', async () => {
    const pending: Diagnostic = { code: 'dependency-pending', message: 'Wait.' }
    const { state } = await apply(fresh(), [create], { ...failed, failed: [{ step: create, error: pending }] })
    expect(state.record.rejected).toBeNull()
    expect(state.verification).toBeDefined()
  })

  it('that is in place already is only verified', async () => {
    const recorded = recordedTools(fresh())
    await new Rollout(recorded.tools).beginVerification(planOf(fresh(), []), 7)
    expect(stateAfter(recorded).verification).toMatchObject({ hash: 'new', generation: 7, containers: [web] })
    expect(recorded.applies).toEqual([])
  })
})

describe('the images of a change', () => {
  const pull = planStep('shop/image/web', 'create')
  const image: Step = makes(pull, 'image')
    ? { ...pull, spec: imageSpec({ source: { type: 'ref', ref: 'a:1' } }) }
    : pull
  const at = { file: 'shop.yaml', line: 7, column: 5 }
  const desired = {
    ...revision('shop', 'new'),
    place: async (address: ResourceAddress) => (address === image.address ? at : undefined),
  }
  const plan = planOf(fresh({ desired }), [image, create])
  const settle = () => new Promise((resolve) => setTimeout(resolve))

  async function started() {
    const recorded = recordedTools(fresh())
    const rollout = new Rollout(recorded.tools)
    const apply = () => rollout.apply(plan, reconcile())
    expect(await apply()).toBe(false)
    const [one] = recorded.pulls.values()
    return { recorded, apply, one: one ?? expect.fail('nothing is pulled') }
  }

  it('are pulled once, before any step', async () => {
    const { recorded, apply, one } = await started()
    expect(stateAfter(recorded).awaitsPrefetch).toBe(true)
    expect(await apply()).toBe(false)
    expect([recorded.applies, recorded.pulls.size]).toEqual([[], 1])
    one.end()
    await settle()
    expect(await apply()).toBe(true)
    expect(recorded.applies).toMatchObject([{ steps: [image.id, create.id] }])
    expect(stateAfter(recorded)).toMatchObject({ awaitsPrefetch: false, prefetch: undefined })
  })

  it('that cannot be pulled fail the change before anything is changed', async () => {
    const { recorded, apply, one } = await started()
    one.fail(new Error('no registry'))
    await settle()
    expect(await apply()).toBe(false)
    expect(recorded.applies).toEqual([])
    expect(recorded.published).toEqual(['stack.failed'])
    expect(stateAfter(recorded)).toMatchObject({
      hostUnchanged: true,
      lastError: { place: at },
      record: { rejected: null },
      retry: { failures: 1 },
    })
  })
})

describe('a restore', () => {
  const state = appliedStack('shop', {}, { rejected })

  it('marks the failed generation and is complete', async () => {
    const recorded = recordedTools(state)
    recorded.outcome = { generation: 6, done: [], failed: [] }
    expect(await restore(recorded.tools, planOf(state), reconcile())).toBe(true)
    expect(recorded.applies).toMatchObject([{ options: { failedGeneration: 5, continuesGeneration: false } }])
    expect(recorded.published).toEqual(['stack.rolled-back'])
    expect(stateAfter(recorded)).toMatchObject({
      restoreGeneration: undefined,
      record: { rejected: { restored: true } },
    })
  })

  it('that fails is tried again', async () => {
    const recorded = recordedTools(state)
    recorded.outcome = { ...failed, generation: 6 }
    await restore(recorded.tools, planOf(state), reconcile())
    expect(stateAfter(recorded)).toMatchObject({ retry: { failures: 1 }, record: { rejected: { restored: false } } })
  })

  it('that waits for a dependency goes on in the same generation', async () => {
    const recorded = recordedTools(state)
    recorded.outcome = { generation: 6, done: [], failed: [] }
    const depends = { depends_on: [{ container: 'shop/container/db', condition: 'service_healthy' }] } as const
    const steps = [planStep('shop/container/db', 'create'), planStep(web, 'create', [], { spec: depends })]
    await restore(recorded.tools, planOf(state, steps), reconcile())
    expect(stateAfter(recorded)).toMatchObject({
      restoreGeneration: 6,
      waiting: [web],
      record: { rejected: { restored: false } },
    })
    await restore(recorded.tools, planOf(state), reconcile())
    expect(recorded.applies[1]?.options.continuesGeneration).toBe(true)
    expect(stateAfter(recorded).record.rejected?.restored).toBe(true)
  })
})

describe('a removed stack', () => {
  const gone = (fields: Partial<StackState> = {}): StackState => appliedStack('shop', { undeclared: true, ...fields })

  it('is removed and forgotten', async () => {
    const recorded = recordedTools(gone())
    expect(await prune(recorded.tools, planOf(gone(), [planStep(web, 'delete')]))).toBe(true)
    expect(recorded.applies).toMatchObject([{ steps: [`${web}:delete`] }])
    expect(recorded.published).toContain('stack.pruned')
    expect(recorded.stacks.get('shop')).toBeUndefined()
  })

  it('is only forgotten with prune: false', async () => {
    const state = gone()
    const released = { ...state, settings: { ...state.settings, prune: false } }
    const recorded = recordedTools(released)
    await prune(recorded.tools, planOf(released, [planStep(web, 'delete')]))
    expect(recorded.applies).toEqual([])
    expect(recorded.stacks.get('shop')).toBeUndefined()
  })

  it('stays if its file has come back', async () => {
    const recorded = recordedTools(gone())
    const tools = { ...recorded.tools, isCurrent: async () => false }
    expect(await prune(tools, planOf(gone(), [planStep(web, 'delete')]))).toBe(false)
    expect(recorded.stacks.get('shop')).toBeDefined()
  })
})

describe('drift', () => {
  const lost = planStep(web, 'recreate', [change('/host/process', { drift: 'it exited' })])
  const heal = async (state: StackState, steps: readonly Step[] = [lost], fields = {}) => {
    const recorded = recordedTools(state)
    recorded.outcome = { generation: undefined, done: steps, failed: [] }
    const did = await new Healer(recorded.tools).heal([planOf(state, steps)], reconcile(fields))
    return { ...recorded, did, state: stateAfter(recorded) }
  }

  it('is healed without a new generation, and counted', async () => {
    const { did, applies, published, state } = await heal(appliedStack('shop'))
    expect(did).toBe(true)
    expect(applies).toMatchObject([{ steps: [lost.id], options: { continuesGeneration: true } }])
    expect(published).toEqual(['stack.healed'])
    expect(state.flapping.get(web)).toEqual({ count: 1, last: noon.monotonic })
  })

  it.each<readonly [what: string, state: StackState, fields: object]>([
    [
      'of an object that flaps',
      appliedStack('shop', { flapping: new Map([[web, { count: 9, last: noon.monotonic }]]) }),
      {},
    ],
    [
      'of a container that is verified',
      appliedStack('shop', { verification: verificationOf({ containers: [web] }) }),
      {},
    ],
    [
      'that a restart policy is about to answer',
      appliedStack('shop'),
      { pendingRestarts: new Map([[web, { run: 1, until: noon.monotonic + 1 }]]) },
    ],
  ])('%s is left to a later reconcile', async (_, state, fields) => {
    const { did, applies } = await heal(state, [lost], fields)
    expect([did, applies]).toEqual([false, []])
  })

  it('of a failed job is left, unless its stack was just resumed', async () => {
    const job = ownedContainer(containerSpec(), { state: 'exited', exitCode: 1 })
    const fields = { observation: observationOf(new Map([[web, job]])) }
    expect((await heal(appliedStack('shop'), [lost], fields)).did).toBe(false)
    const { did, state } = await heal(appliedStack('shop', { rerunsJobs: true }), [lost], fields)
    expect([did, state.rerunsJobs]).toEqual([true, false])
  })

  it('that cannot be healed is the last error, and is tried again', async () => {
    const recorded = recordedTools(appliedStack('shop'))
    recorded.outcome = { generation: undefined, done: [], failed: [{ step: lost, error }] }
    await new Healer(recorded.tools).heal([planOf(appliedStack('shop'), [lost])], reconcile())
    expect(recorded.published).toEqual(['stack.failed'])
    expect(stateAfter(recorded)).toMatchObject({
      lastError: { code: 'container-exited', address: web },
      drift: [{ address: web, text: 'it exited' }],
    })
  })
})
