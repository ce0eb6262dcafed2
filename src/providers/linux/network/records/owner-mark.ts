import type { Paths } from '../../../../host/files/paths.ts'
import { isResourceAddress, type ResourceAddress } from '../../../../model/resource-address.ts'

/** The alias of our links. It names the instance and the owner. Pure. */
export const ownerMark = (paths: Paths, owner: ResourceAddress): string => `heropods:${paths.id}:${owner}`

/** Instance and owner that a mark names; undefined: it is not a mark. */
export function markedOwner(mark: string | undefined): { instance: string; address: ResourceAddress } | undefined {
  const [, instance, owner] = /^heropods:([^:]+):(.+)$/.exec(mark ?? '') ?? []
  return instance === undefined || owner === undefined || !isResourceAddress(owner)
    ? undefined
    : { instance, address: owner }
}

/** The owner that a mark names; undefined: the mark is not of this instance. */
export function ownerOf(paths: Paths, mark: string | undefined): ResourceAddress | undefined {
  const owner = markedOwner(mark)
  return owner?.instance === paths.id ? owner.address : undefined
}
