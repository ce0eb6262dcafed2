import type { Observation } from '../model/observation.ts'
import { parseResourceAddress, type ResourceAddress } from './resource-address.ts'

/**
 * Label of objects that no stack file manages; its value is the owner, e.g. `pulumi/PROJECT/STACK`. The object itself has the label, so
 * that it survives the loss of the records. Labels of users must not start with `org.heropods`.
 */
export const ownerLabel = 'org.heropods.owner'

/** The stack name of an owner's objects. Slashes would divide an address, and the name of a stack cannot contain `~`. */
export const stackOfOwner = (owner: string): string => owner.replaceAll('/', '~')

/** The owner of an observed object; undefined: the stack file of its address. */
export const ownerOfObserved = (observed: Observation | undefined): string | undefined =>
  observed?.presence === 'owned' ? observed.spec?.labels[ownerLabel] : undefined

/** The owner of an object, for messages. */
export const ownerName = (address: ResourceAddress, observed: Observation | undefined): string =>
  ownerOfObserved(observed) ?? `the stack ${parseResourceAddress(address).stack}`

/**
 * True if an object without an owner label may be changed by `owner`: the default network of the instance has no owner, and an object
 * under the owner's stack name may come from a killed run that had not recorded the label yet. Pure.
 */
export const mayChangeUnlabelled = (address: ResourceAddress, owner: string | undefined): boolean => {
  const { stack } = parseResourceAddress(address)
  return stack === 'default' || (owner !== undefined && stack === stackOfOwner(owner))
}
