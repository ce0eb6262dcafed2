import type { Resource } from '../../model/desired.ts'
import type { Diagnostic } from '../../model/errors.ts'
import type { Observation } from '../../model/observation.ts'
import { ownerName, ownerOfObserved } from '../../model/ownership.ts'
import type { ResourceAddress } from '../../model/resource-address.ts'

type Found = ReadonlyMap<ResourceAddress, Observation>

/** A problem for each unmanaged object in the place of a desired one. Pure. */
export const unmanagedErrors = (desired: ReadonlyMap<ResourceAddress, Resource>, found: Found): readonly Diagnostic[] =>
  [...desired.keys()]
    .filter((address) => found.get(address)?.presence === 'unmanaged')
    .map((address) => ({
      code: 'foreign-object',
      message: `An object that HeroPods did not create has the name of ${address}.`,
      hint: 'Remove that object, or rename yours in the stack file.',
      address,
    }))

/** A problem for each desired object that another owner manages: a run neither changes nor takes it over. Pure. */
export const ownershipErrors = (
  desired: ReadonlyMap<ResourceAddress, Resource>,
  found: Found,
  mayTouch: (owner: string | undefined, address: ResourceAddress) => boolean,
): readonly Diagnostic[] =>
  [...desired.keys()].flatMap((address): Diagnostic[] => {
    const observed = found.get(address)
    if (observed?.presence !== 'owned' || mayTouch(ownerOfObserved(observed), address)) return []
    return [
      {
        code: 'owned-by-other',
        message: `${address} is managed by ${ownerName(address, observed)}.`,
        hint: 'Rename it in the stack file, or remove it where it is managed now.',
        address,
      },
    ]
  })
