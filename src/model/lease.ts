import type { ResourceAddress } from './resource-address.ts'

/** An address of a network that is allocated to a container. It stays allocated while the container does not run. */
export interface Lease {
  readonly network: ResourceAddress
  readonly ip: string
  readonly mac: string
  readonly container: ResourceAddress
}
