import type { Resource } from '../../model/desired.ts'
import { isOwned } from '../../model/observation.ts'
import { containerOfSlot, parseResourceAddress, type ResourceAddress } from '../../model/resource-address.ts'
import type { PlanInput } from './plan-input.ts'
import { reasons } from './step-reason.ts'

/** Returns the reason to create or remove a replica because their number has changed; undefined: it has another reason. */
export type ReplicaReason = (address: ResourceAddress) => string | undefined

/** Reasons for the containers of a plan that have other replicas. Pure. */
export function replicaReasons({ desired, snapshot, removalReason }: PlanInput): ReplicaReason {
  const desiredCounts = countBy([...desired.values()].flatMap((one) => replicaKey(one.address, one)))
  // A second run of a container is not a replica.
  const existing = new Map(
    [...snapshot.observations].flatMap(([address, one]) =>
      isOwned(one, 'container') && one.spec && containerOfSlot(address) === address
        ? [[address, replicaKey(address, { kind: 'container', address, spec: one.spec })[0]]]
        : [],
    ),
  )
  const existingCounts = countBy([...existing.values()].flatMap((key) => key ?? []))
  return (address) => {
    const resource = desired.get(address)
    if (resource !== undefined) {
      const [key = ''] = replicaKey(address, resource)
      return existingCounts.has(key) ? reasons.replicas(desiredCounts.get(key) ?? 0) : undefined
    }
    const count = desiredCounts.get(existing.get(address) ?? '')
    return count !== undefined && removalReason === reasons.notDeclared ? reasons.replicas(count) : undefined
  }
}

const replicaKey = (address: ResourceAddress, resource: Resource): readonly string[] =>
  resource.kind === 'container' ? [`${parseResourceAddress(address).stack}/${resource.spec.service}`] : []

function countBy(keys: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}
