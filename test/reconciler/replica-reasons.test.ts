import { describe, expect, it } from 'vitest'
import type { ResourceAddress } from '../../src/model/resource-address.ts'
import { runInNewSlot, runOf } from '../../src/model/run.ts'
import { replicaReasons } from '../../src/reconciler/plan/replica-reasons.ts'
import { reasons } from '../../src/reconciler/plan/step-reason.ts'
import { owned, resource } from '../specs.ts'

const container = (address: ResourceAddress, service = 'app') => resource(address, {}, { service })
const first = container('s/container/app.1')
const second = container('s/container/app.2')

const reasonOf = (
  address: ResourceAddress,
  desired: readonly ReturnType<typeof container>[],
  existing: readonly ReturnType<typeof container>[],
  removalReason: string = reasons.notDeclared,
) =>
  replicaReasons({
    desired: new Map(desired.map((one) => [one.address, one])),
    declared: new Map(),
    snapshot: {
      observations: new Map(existing.map((one) => [one.address, owned(one)])),
      state: { inventory: new Map(), leases: [], generation: 1, pending: [] },
    },
    removes: () => true,
    deleteData: false,
    removalReason,
    released: new Set(),
    failedCreations: new Map(),
  })(address)

describe('the number of replicas is the reason', () => {
  it('to remove one, and to create one', () => {
    expect(reasonOf(second.address, [first], [first, second])).toBe('replicas is 1')
    expect(reasonOf(second.address, [first, second], [first])).toBe('replicas is 2')
  })

  it('except for the first replicas, for containers that go as a whole, and where a removal has another reason', () => {
    expect(reasonOf(first.address, [first, second], [])).toBeUndefined()
    expect(reasonOf(second.address, [], [first, second])).toBeUndefined()
    expect(reasonOf(second.address, [first], [first, second], reasons.notInGeneration(3))).toBeUndefined()
  })

  it('except for a second run of a container', () => {
    const beside = container(runInNewSlot(runOf('s/container/app.1', 1)).slot)
    expect(reasonOf(beside.address, [first], [first, beside])).toBeUndefined()
  })
})
