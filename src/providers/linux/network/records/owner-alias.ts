import type { Paths } from '../../../../host/files/paths.ts'
import { isResourceAddress, type ResourceAddress } from '../../../../model/resource-address.ts'

/** The alias of our links. It names the instance and the owner. Pure. */
export const ownerAlias = (paths: Paths, owner: ResourceAddress): string => `heropods:${paths.id}:${owner}`

/** Instance and owner that a alias names; undefined: it is not a alias. */
export function ownerFromAlias(alias: string | undefined): { instance: string; address: ResourceAddress } | undefined {
  const [, instance, owner] = /^heropods:([^:]+):(.+)$/.exec(alias ?? '') ?? []
  return instance === undefined || owner === undefined || !isResourceAddress(owner)
    ? undefined
    : { instance, address: owner }
}

/** The owner that a alias names; undefined: the alias is not of this instance. */
export function ownerOf(paths: Paths, alias: string | undefined): ResourceAddress | undefined {
  const owner = ownerFromAlias(alias)
  return owner?.instance === paths.id ? owner.address : undefined
}
