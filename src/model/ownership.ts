import type { Observation } from '../model/observation.ts'
import type { Resource } from './desired.ts'
import { defaultNetwork } from './kinds/network.ts'
import { parseResourceAddress, type ResourceAddress, resourceAddress } from './resource-address.ts'

/**
 * Label of objects that no stack file manages; its value is the owner, e.g. `pulumi/PROJECT/STACK`. The object itself has the label, so
 * that it survives the loss of the records. Labels of users must not start with `org.heropods`.
 */
export const ownerLabel = 'org.heropods.owner'

/** The owner of the objects that programs and scripts make one by one. Its name is also that of their stack. */
export const libraryOwner = 'heropods-library'

/** The stack name of an owner's objects. Slashes would divide an address, and the name of a stack cannot contain `~`. */
export const stackOfOwner = (owner: string): string => owner.replaceAll('/', '~')

/** The Pulumi program behind a stack name: `infra/dev` for `pulumi~infra~dev`. undefined: the stack is of files. Pure. */
export const programOfStack = (stack: string): string | undefined =>
  stack.startsWith('pulumi~') ? stack.slice('pulumi~'.length).replaceAll('~', '/') : undefined

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

/**
 * The image of a container that names it by reference or built-in name. It belongs to the container alone, and is created and removed
 * with it. Pure.
 */
export const ownImage = (container: ResourceAddress, declared: string): ResourceAddress => {
  const { stack, name } = parseResourceAddress(container)
  return resourceAddress(stack, 'image', `${declared}+${name}`)
}

/** True if an image belongs to a container alone. Pure. */
export const isOwnImage = (image: ResourceAddress, container: ResourceAddress): boolean => {
  const { stack, name } = parseResourceAddress(container)
  const { stack: ofImage, kind, name: declared } = parseResourceAddress(image)
  return ofImage === stack && kind === 'image' && declared.endsWith(`+${name}`)
}

/** The resource with the label of its owner. The default network belongs to the instance and has no owner. Pure. */
export function withOwner(resource: Resource, owner: string): Resource {
  if (resource.address === defaultNetwork) return resource
  const labels = { ...resource.spec.labels, [ownerLabel]: owner }
  switch (resource.kind) {
    case 'network':
      return { ...resource, spec: { ...resource.spec, labels } }
    case 'image':
      return { ...resource, spec: { ...resource.spec, labels } }
    case 'volume':
      return { ...resource, spec: { ...resource.spec, labels } }
    case 'container':
      return { ...resource, spec: { ...resource.spec, labels } }
  }
}
