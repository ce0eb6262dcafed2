import { describe, expect, it } from 'vitest'
import type { Observation } from '../../src/model/observation.ts'
import type { Event, Step } from '../../src/model/plan.ts'
import type { ResourceAddress } from '../../src/model/resource-address.ts'
import { runInNewSlot, runOf } from '../../src/model/run.ts'
import type { WriteContext } from '../../src/providers/provider.ts'
import { applySteps } from '../../src/reconciler/apply.ts'
import { computePlan } from '../../src/reconciler/plan/plan.ts'
import type { State } from '../../src/state/state.ts'
import { planStep } from '../specs.ts'
import { desired, observed, type TestSpecs, testProviders } from './fixtures.ts'

const net = 's/network/lan'
const other = 's/network/other'
const web = 's/container/web'
const api = 's/container/api'
const job = 's/container/job'

function recordingState(): { state: State; log: string[] } {
  const log: string[] = []
  const state = {
    markPending: async (ids: readonly string[]) => void log.push(`intend ${ids.join(' ')}`),
    markComplete: async (id: string) => void log.push(`complete ${id}`),
  } as unknown as State
  return { state, log }
}

interface RunOptions {
  fail?: readonly string[]
  stop?: AbortController
  verified?: Promise<void>
  onEvent?: (event: Event) => void
}

async function run(specs: TestSpecs, options: RunOptions = {}) {
  const snapshot = { observations: new Map(), state: { inventory: new Map(), leases: [], generation: 0, pending: [] } }
  const { steps } = computePlan(
    {
      desired: desired(specs),
      declared: desired(specs),
      snapshot,
      removes: () => false,
      deleteData: false,
      removalReason: 'no longer in the stack file',
      released: new Set(),
      failedCreations: new Map(),
    },
    testProviders().providers,
  )
  return walk(steps, new Map(), options)
}

async function walk(
  steps: readonly Step[],
  found: ReadonlyMap<ResourceAddress, Observation>,
  options: RunOptions = {},
) {
  const { providers, calls } = testProviders(options.fail, options.verified)
  const { state, log } = recordingState()
  const result = await applySteps(
    { steps, observed: found, generation: 1, deleteData: false },
    {
      write: {} as WriteContext,
      providers,
      state,
      reporter: { report: (event) => options.onEvent?.(event) },
      drainSignal: (options.stop ?? new AbortController()).signal,
      redact: (text) => text,
    },
  )
  return { result, calls, log }
}

describe('applying steps', () => {
  it('hands all that is ready to a provider as one batch', async () => {
    const { calls, result } = await run({ [net]: {}, [web]: { needs: [net] }, [api]: { needs: [net] } })
    expect(calls).toEqual([
      ['create', net],
      ['create', api, web],
    ])
    expect(result.ok).toBe(true)
  })

  it('writes the intent before the effect and its end after it', async () => {
    const { log } = await run({ [net]: {} })
    expect(log).toEqual([`intend ${net}:create`, `complete ${net}:create`])
  })

  it('skips what depends on a failure, directly or not, names it, and finishes the rest', async () => {
    const specs: TestSpecs = {
      [net]: {},
      [web]: { needs: [net] },
      [job]: { needs: [web] },
      [other]: {},
      [api]: { needs: [other] },
    }
    const { result } = await run(specs, { fail: [net] })
    const failure = { status: 'skipped', because: `${net}:create` }
    expect(result.outcomes.get(`${net}:create`)).toMatchObject({
      status: 'failed',
      error: { message: expect.stringContaining('it broke') },
    })
    expect(result.outcomes.get(`${web}:create`)).toEqual(failure)
    expect(result.outcomes.get(`${job}:create`)).toEqual(failure)
    expect(result.outcomes.get(`${api}:create`)).toEqual({ status: 'done' })
    expect(result.ok).toBe(false)
  })

  it('tells the steps that use an image that failed from those that wait for all images', async () => {
    const [one, two] = ['s/image/one', 's/image/two'] as const
    const specs: TestSpecs = { [one]: {}, [two]: {}, [web]: { needs: [one] }, [api]: { needs: [two] }, [net]: {} }
    const { result } = await run(specs, { fail: [one] })
    const because = `${one}:create`
    expect(result.outcomes.get(`${web}:create`)).toEqual({ status: 'skipped', because })
    expect(result.outcomes.get(`${api}:create`)).toEqual({ status: 'skipped', because, becauseOfImages: true })
    expect(result.outcomes.get(`${net}:create`)).toEqual({ status: 'skipped', because, becauseOfImages: true })
  })

  describe('while starts are verified', () => {
    const chain: TestSpecs = { [web]: {}, [api]: { needs: [web] }, [job]: { needs: [api] } }

    it('starts what only waits for a start', async () => {
      let resolve = (): void => undefined
      const verified = new Promise<void>((done) => {
        resolve = done
      })
      const onEvent = (event: Event): void => {
        if (event.type === 'step.started' && event.step.address === job) resolve()
      }
      const { result, calls } = await run(chain, { verified, onEvent })
      expect(calls.filter(([verb]) => verb === 'start')).toEqual([
        ['start', web],
        ['start', api],
        ['start', job],
      ])
      expect(result.ok).toBe(true)
    })

    it('reports a start that fails afterwards, and what runs stays', async () => {
      const verified = new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)))
      const { result } = await run({ [web]: {}, [api]: { needs: [web] } }, { verified, fail: [web] })
      expect([...result.outcomes.values()].map(({ status }) => status).sort()).toEqual(['done', 'failed'])
    })

    it('makes what shares a namespace wait for the end', async () => {
      const verified = Promise.resolve()
      const specs: TestSpecs = { [web]: {}, [api]: { network_mode: `container:${web}` } }
      const { calls } = await run(specs, { verified })
      expect(calls.map(([verb]) => verb)).toEqual(['start', 'create', 'start', 'create'])
    })
  })

  it('makes a run beside another one of its container, and removes the earlier one only if that was done', async () => {
    const beside = runInNewSlot(runOf(web, 1)).slot
    const steps = [planStep(beside, 'create'), planStep(web, 'delete', [], { after: [`${beside}:create`] })]
    const made = await walk(steps, observed({ [web]: {} }))
    expect(made.calls).toEqual([
      ['create', beside],
      ['remove', web],
    ])
    expect(made.log.filter((line) => line.startsWith('complete'))).toEqual([
      `complete ${beside}:create`,
      `complete ${web}:delete`,
    ])
    const failed = await walk(steps, observed({ [web]: {} }), { fail: [beside] })
    expect(failed.calls).toEqual([['create', beside]])
    expect(failed.result.outcomes.get(`${web}:delete`)).toEqual({ status: 'skipped', because: `${beside}:create` })
  })

  it('starts nothing more once stopped, and says what was left', async () => {
    const stop = new AbortController()
    const onEvent = (event: Event): void => {
      if (event.type === 'step.finished' && event.step.address === net) stop.abort()
    }
    const { result, calls } = await run({ [net]: {}, [web]: { needs: [net] } }, { stop, onEvent })
    expect(calls).toEqual([['create', net]])
    expect(result.outcomes.get(`${web}:create`)).toEqual({ status: 'cancelled' })
    expect(result.interrupted).toBe(true)
  })
})
