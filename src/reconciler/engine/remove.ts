import { type Address, parseAddress } from '../../model/address.ts'
import { ownerOfObserved, stackOfOwner } from '../../model/ownership.ts'
import type { Snapshot } from '../observe.ts'

/** The stacks of containers, and those of their owners: a run for these may remove them. Pure. */
export const stacksConcerned = (
  { observations }: Pick<Snapshot, 'observations'>,
  containers: readonly Address[],
): readonly string[] => {
  const owners = containers.flatMap((at) => ownerOfObserved(observations.get(at)) ?? [])
  return [...new Set([...containers.map((at) => parseAddress(at).stack), ...owners.map(stackOfOwner)])]
}
