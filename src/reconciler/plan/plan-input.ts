import type { Resource } from '../../model/desired.ts'
import type { ResourceAddress } from '../../model/resource-address.ts'
import type { Snapshot } from '../observe.ts'

export interface PlanInput {
  /** The desired objects, resolved: addresses, digests and references are filled in as far as they are known. */
  readonly desired: ReadonlyMap<ResourceAddress, Resource>
  /** The objects that the run declares. `desired` also has networks of other stacks, whose members may change. */
  readonly declared: ReadonlyMap<ResourceAddress, unknown>
  readonly snapshot: Snapshot
  /** True if an owned object that is not desired is removed. */
  readonly removes: (address: ResourceAddress) => boolean
  readonly deleteData: boolean
  /** The reason of the steps that remove objects which are not desired. */
  readonly removalReason: string
  /** Wanted objects that were released: their data still exists. */
  readonly released: ReadonlySet<ResourceAddress>
  /** Why the creation of an object failed that exists all the same, and has no record. */
  readonly failedCreations: ReadonlyMap<ResourceAddress, string>
}
