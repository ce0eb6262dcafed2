import type { StackRecord } from '../../model/generation.ts'
import type { Observation } from '../../model/observation.ts'
import { ownerOfObserved, stackOfOwner } from '../../model/ownership.ts'
import { parseResourceAddress, type ResourceAddress } from '../../model/resource-address.ts'
import type { Engine } from '../engine.ts'

/** The stacks of the newest generation as they are recorded, also those of which nothing exists on the host. */
export async function recordedStacks(engine: Engine): Promise<ReadonlyMap<string, StackRecord>> {
  const generations = await engine.generations()
  return engine.stackRecords([...new Set(generations.flatMap((one) => Object.keys(one.stacks)))])
}

/** The names of all stacks with an object on the host, an owner or a record, sorted. Pure. */
export function knownStacks(
  observations: ReadonlyMap<ResourceAddress, Observation>,
  recorded: Iterable<string>,
): readonly string[] {
  const owners = [...observations.values()].flatMap((one) => ownerOfObserved(one) ?? [])
  const observed = [...observations.keys()].map((address) => parseResourceAddress(address).stack)
  return [...new Set([...observed, ...owners.map(stackOfOwner), ...recorded])].sort()
}
