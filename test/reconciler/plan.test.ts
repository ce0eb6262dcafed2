import { describe, expect, it } from 'vitest'
import { entriesOf, type ResourceAddress } from '../../src/model/resource-address.ts'
import { runInNewSlot, runOf } from '../../src/model/run.ts'
import { computePlan } from '../../src/reconciler/plan/plan.ts'
import { desired, lines, observed, type TestSpecs, testProviders } from './fixtures.ts'

const net = 's/network/lan'
const web = 's/container/web'
const api = 's/container/api'

function plan(
  want: TestSpecs,
  have: TestSpecs,
  options: {
    recorded?: readonly ResourceAddress[]
    deleteData?: boolean
    released?: readonly ResourceAddress[]
    failed?: Readonly<Record<ResourceAddress, string>>
    declared?: TestSpecs
  } = {},
) {
  const recorded = options.recorded ?? entriesOf(have).map(([address]) => address)
  const inventory = new Map(recorded.map((address) => [address, { address, specHash: '', generation: 1 }]))
  const snapshot = { observations: observed(have), state: { inventory, leases: [], generation: 1, pending: [] } }
  return computePlan(
    {
      desired: desired(want),
      declared: desired(options.declared ?? want),
      snapshot,
      removes: () => true,
      deleteData: options.deleteData ?? false,
      removalReason: 'no longer in the stack file',
      released: new Set(options.released ?? []),
      failedCreations: new Map(entriesOf(options.failed ?? {})),
    },
    testProviders().providers,
  )
}

describe('a plan', () => {
  it('makes what is not there, after what it refers to', () => {
    expect(lines(plan({ [web]: { needs: [net] }, [net]: {} }, {}))).toEqual([
      `create ${net} (does not exist)`,
      `create ${web} (does not exist) after ${net}:create`,
    ])
  })

  it('is empty when all is as desired and recorded', () => {
    expect(plan({ [net]: { live: 1 } }, { [net]: { live: 1 } }).steps).toEqual([])
  })

  it('counts as unchanged only what the run declares', () => {
    const want = { [net]: { live: 1 }, 'other/network/lan': { live: 2 } }
    const have = { [net]: { live: 1 }, 'other/network/lan': { live: 1 } }
    expect(plan(want, have, { declared: { [net]: {} } }).summary).toMatchObject({ update: 1, keep: 1 })
    expect(plan(want, have, { declared: {} }).summary).toMatchObject({ keep: 0 })
  })

  it('repairs no network of another stack, except the default network and those that its containers use', () => {
    const [other, used, shared] = ['o/network/lan', 'o/network/used', 'default/network/heropods0'] as const
    const want: TestSpecs = { [other]: {}, [used]: {}, [shared]: {}, [web]: { needs: [used] } }
    const damaged = { drift: 'a rule is missing' }
    const have: TestSpecs = { [other]: damaged, [used]: damaged, [shared]: damaged, [web]: { needs: [used] } }
    expect(lines(plan(want, have, { declared: { [web]: {} } }))).toEqual([
      `update ${shared} (a rule is missing)`,
      `update ${used} (a rule is missing)`,
    ])
    const members: TestSpecs = { ...want, [other]: { live: 2 } }
    const changed: TestSpecs = { [other]: { ...damaged, live: 1 }, [used]: {}, [shared]: {}, [web]: { needs: [used] } }
    const [step] = plan(members, changed, { declared: { [web]: {} } }).steps
    expect(step?.changes).toEqual([{ path: '/live', before: '1', after: '2', class: 'live' }])
    expect(lines(plan(want, have, { declared: { [web]: {} }, recorded: [web, used, shared] }))).toHaveLength(2)
  })

  it('takes the costliest class among the changes and names the fields', () => {
    const [step] = plan({ [web]: { live: 2, recreate: 2 } }, { [web]: { live: 1, recreate: 1 } }).steps
    expect(step).toMatchObject({ action: 'recreate', class: 'recreate', reason: 'recreate, live changed' })
  })

  it('removes what is no longer declared, users before what they use', () => {
    expect(lines(plan({}, { [net]: {}, [web]: { needs: [net] } }))).toEqual([
      `delete ${web} (no longer in the stack file)`,
      `delete ${net} (no longer in the stack file) after ${web}:delete`,
    ])
  })

  it('keeps an image until what runs from it runs from another one', () => {
    const [before, after] = ['s/image/one', 's/image/two'] as const
    const steps = plan(
      { [after]: {}, [web]: { needs: [after], recreate: 2 } },
      { [before]: {}, [web]: { needs: [before] } },
    )
    expect(lines(steps)).toEqual([
      `create ${after} (does not exist)`,
      `recreate ${web} (recreate changed) after ${after}:create`,
      `delete ${before} (no longer in the stack file) after ${web}:recreate`,
    ])
  })

  it('obtains all images before it changes anything else', () => {
    const [one, two, other] = ['s/image/one', 's/image/two', 's/container/other'] as const
    const steps = plan(
      { [one]: {}, [two]: { live: 2 }, [net]: { replace: 2 }, [web]: { needs: [one, net] } },
      { [two]: { live: 1 }, [net]: { replace: 1 }, [web]: { needs: [net] }, [other]: {} },
    )
    expect(lines(steps)).toEqual([
      `create ${one} (does not exist)`,
      `update ${two} (live changed)`,
      `delete ${other} (no longer in the stack file) after ${one}:create ${two}:update`,
      `delete ${web} (${net} is replaced) after ${one}:create ${two}:update`,
      `delete ${net} (replace changed) after ${web}:delete`,
      `create ${net} (replaced: replace changed) after ${net}:delete`,
      `create ${web} (${net} is replaced) after ${web}:delete ${one}:create ${net}:create`,
    ])
  })

  it('releases a volume instead of erasing it, unless data may go', () => {
    const volume: ResourceAddress = 's/volume/data'
    expect(plan({}, { [volume]: {} }).steps[0]).toMatchObject({ action: 'release', destructive: false })
    expect(plan({}, { [volume]: {} }, { deleteData: true }).steps[0]).toMatchObject({
      action: 'delete',
      destructive: true,
    })
  })

  it('reuses the data of a volume that was released', () => {
    const volume: ResourceAddress = 's/volume/data'
    const [step] = plan({ [volume]: {} }, {}, { released: [volume] }).steps
    expect(step).toMatchObject({ action: 'create', reuses: true, reason: 'its data stayed when it was released' })
    expect(plan({ [volume]: {} }, {}).steps[0]).not.toHaveProperty('reuses')
  })

  it('expands a replacement into steps and takes along what stands on it', () => {
    const want: TestSpecs = { [net]: { replace: 2 }, [web]: { needs: [net] }, [api]: {} }
    const have: TestSpecs = { [net]: { replace: 1 }, [web]: { needs: [net] }, [api]: {} }
    expect(lines(plan(want, have))).toEqual([
      `delete ${web} (${net} is replaced)`,
      `delete ${net} (replace changed) after ${web}:delete`,
      `create ${net} (replaced: replace changed) after ${net}:delete`,
      `create ${web} (${net} is replaced) after ${web}:delete ${net}:create`,
    ])
  })

  it('keeps the changed fields of an object that is replaced with another one', () => {
    const want: TestSpecs = { [net]: { replace: 2 }, [web]: { needs: [net], live: 2, recreate: 2 } }
    const have: TestSpecs = { [net]: { replace: 1 }, [web]: { needs: [net], live: 1, recreate: 1 } }
    const steps = plan(want, have).steps.filter(({ address }) => address === web)
    expect(steps.map(({ action, class: cost }) => [action, cost])).toEqual([
      ['delete', 'replace'],
      ['create', 'replace'],
    ])
    for (const { changes } of steps) expect(changes.map(({ path }) => path)).toEqual(['/recreate', '/live'])
  })

  it('removes an object for its own reason, also where its network is replaced', () => {
    const want: TestSpecs = { [net]: { replace: 2 }, [api]: {} }
    const have: TestSpecs = { [net]: { replace: 1 }, [web]: { needs: [net] }, [api]: {} }
    expect(lines(plan(want, have))).toEqual([
      `delete ${web} (no longer in the stack file)`,
      `delete ${net} (replace changed) after ${web}:delete`,
      `create ${net} (replaced: replace changed) after ${net}:delete`,
    ])
  })

  it('replaces with a network those that share the namespace of a container on it, and no other dependants', () => {
    const [sidecar, job] = ['s/container/sidecar', 's/container/job'] as const
    const rest: TestSpecs = {
      [web]: { needs: [net] },
      [sidecar]: { network_mode: `container:${web}` },
      [job]: { needs: [web], network_mode: 'none' },
    }
    const steps = plan({ [net]: { replace: 2 }, ...rest }, { [net]: { replace: 1 }, ...rest })
    expect(lines(steps)).toEqual([
      `delete ${sidecar} (${net} is replaced)`,
      `delete ${web} (${net} is replaced) after ${sidecar}:delete`,
      `delete ${net} (replace changed) after ${web}:delete`,
      `create ${net} (replaced: replace changed) after ${net}:delete`,
      `create ${web} (${net} is replaced) after ${web}:delete ${net}:create`,
      `create ${sidecar} (${net} is replaced) after ${sidecar}:delete ${web}:create`,
    ])
  })

  it('gives a new process to those that share the namespace of a container with a new one, with their own changes', () => {
    const sidecar: ResourceAddress = 's/container/sidecar'
    const sharing = { network_mode: `container:${web}` } as const
    const want: TestSpecs = { [web]: { recreate: 2 }, [sidecar]: { ...sharing, live: 2 }, [api]: { needs: [web] } }
    const have: TestSpecs = { [web]: { recreate: 1 }, [sidecar]: { ...sharing, live: 1 }, [api]: { needs: [web] } }
    expect(lines(plan(want, have))).toEqual([
      `recreate ${web} (recreate changed)`,
      `recreate ${sidecar} (live changed; ${web} is new) after ${web}:recreate`,
    ])
  })

  it('keeps the process of those that share the namespace of a container with a live change', () => {
    const sidecar: ResourceAddress = 's/container/sidecar'
    const rest: TestSpecs = { [sidecar]: { network_mode: `container:${web}` } }
    expect(lines(plan({ [web]: { live: 2 }, ...rest }, { [web]: { live: 1 }, ...rest }))).toEqual([
      `update ${web} (live changed)`,
    ])
  })

  it('releases a protected volume also where data may go', () => {
    const data: ResourceAddress = 's/volume/data'
    const found = observed({ [data]: {} }).get(data)
    if (found?.kind !== 'volume' || found.presence !== 'owned') throw new Error('no volume')
    const resources = new Map([[data, { ...found, spec: { protect: true, labels: {} } }]])
    const state = { inventory: new Map(), leases: [], generation: 1, pending: [] }
    const input = {
      desired: new Map(),
      declared: new Map(),
      removes: () => true,
      deleteData: true,
      removalReason: 'no longer in the stack file',
      released: new Set<ResourceAddress>(),
      failedCreations: new Map(),
    }
    const { steps } = computePlan({ ...input, snapshot: { observations: resources, state } }, testProviders().providers)
    expect(steps.map((step) => [step.id, step.reason])).toEqual([
      [`${data}:release`, 'no longer in the stack file; protected'],
    ])
  })

  it('removes a volume after the containers that use it', () => {
    const data: ResourceAddress = 's/volume/data'
    expect(lines(plan({}, { [data]: {}, [web]: { needs: [data] } }, { deleteData: true }))).toEqual([
      `delete ${web} (no longer in the stack file)`,
      `delete ${data} (no longer in the stack file) after ${web}:delete`,
    ])
  })

  it('gives an address to a new container only after its last holder has gone', () => {
    const networks = [{ network: net, ipv4_address: '10.0.0.2' }] as const
    const steps = plan({ [net]: {}, [web]: { networks } }, { [net]: {}, [api]: { networks } })
    expect(steps.steps.find((step) => step.address === web)?.after).toContain(`${api}:delete`)
  })

  it('removes a run that a killed run has left beside the one of its container', () => {
    const beside = runInNewSlot(runOf(web, 1)).slot
    const needs: ResourceAddress[] = [net]
    expect(lines(plan({ [net]: {}, [web]: { needs } }, { [net]: {}, [web]: { needs }, [beside]: { needs } }))).toEqual([
      `delete ${beside} (no longer in the stack file)`,
    ])
  })

  it('rebuilds a lost record without touching the object', () => {
    const [step] = plan({ [net]: {} }, { [net]: {} }, { recorded: [] }).steps
    expect(step).toMatchObject({ action: 'update', class: 'live', changes: [{ path: '/record' }] })
  })

  it('names the failure of a creation whose object exists all the same', () => {
    const failed = { [web]: 'generation 3: exited with code 1 right after its start' }
    const [step] = plan({ [web]: {} }, { [web]: {} }, { recorded: [], failed }).steps
    const drift = 'its creation failed in generation 3: exited with code 1 right after its start'
    expect(step).toMatchObject({ action: 'update', reason: drift, changes: [{ path: '/record', drift }] })
  })

  it('gives the same bytes whatever the order of its input', () => {
    const one = plan({ [net]: {}, [web]: { needs: [net] }, [api]: { needs: [net] } }, {})
    const other = plan({ [api]: { needs: [net] }, [web]: { needs: [net] }, [net]: {} }, {})
    expect(JSON.stringify(one)).toBe(JSON.stringify(other))
  })
})
