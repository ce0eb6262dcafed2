import { isOneOff, withOwnImages } from '../../model/one-off/one-off.ts'
import { ownerOfObserved, stackOfOwner } from '../../model/ownership.ts'
import { parseResourceAddress, type ResourceAddress } from '../../model/resource-address.ts'
import type { Snapshot } from '../observe.ts'

/** The objects to remove with containers: the image of a one-off container belongs to it alone. Pure. */
export const removalTargets = (
  { observations }: Pick<Snapshot, 'observations'>,
  containers: readonly ResourceAddress[],
): readonly ResourceAddress[] => [
  ...containers.filter((address) => !isOneOff(address)),
  ...withOwnImages(containers.filter(isOneOff), observations),
]

/** The stacks of containers, and those of their owners: a run for these may remove them. Pure. */
export const stacksConcerned = (
  { observations }: Pick<Snapshot, 'observations'>,
  containers: readonly ResourceAddress[],
): readonly string[] => {
  const owners = containers.flatMap((address) => ownerOfObserved(observations.get(address)) ?? [])
  return [
    ...new Set([...containers.map((address) => parseResourceAddress(address).stack), ...owners.map(stackOfOwner)]),
  ]
}
