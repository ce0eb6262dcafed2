import { type Address, parseAddress } from '../model/address.ts'
import type { Observation } from '../model/observation.ts'

/**
 * Label of objects that are managed from elsewhere than a stack file, as `pulumi/PROJECT/STACK`. It stands on the object itself, so
 * that it outlives the records. Users' own labels may not start like it.
 */
export const ownerLabel = 'org.heropods.owner'

/** Name under which an owner's objects stand: slashes would not fit into an address, and no stack file can be called so. */
export const stackOfOwner = (owner: string): string => owner.replaceAll('/', '~')

/** Who manages an observed object; undefined: the stack file of its address's stack. */
export const ownerOfObserved = (observed: Observation | undefined): string | undefined =>
  observed?.presence === 'owned' ? observed.spec?.labels[ownerLabel] : undefined

/** For people: whose an object is. */
export const ownerName = (at: Address, observed: Observation | undefined): string =>
  ownerOfObserved(observed) ?? `the stack ${parseAddress(at).stack}`

/**
 * Whether an object that names no owner may be changed. The instance's default network is everybody's. What stands under the owner's
 * own name is the owner's: a run that was killed may have made it and not yet recorded whose it is. Pure.
 */
export const isFree = (at: Address, owner: string | undefined): boolean => {
  const { stack } = parseAddress(at)
  return stack === 'default' || (owner !== undefined && stack === stackOfOwner(owner))
}
