import type { Address } from './address.ts'

/** An address of a network that belongs to a container, also while it does not run. */
export interface Lease {
  readonly network: Address
  readonly ip: string
  readonly mac: string
  readonly container: Address
}
