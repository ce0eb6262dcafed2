import { shortHash } from '../../../../host/files/paths.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'

/** Chains of an instance start with this. iptables allows 28 characters in a name. */
export const chainPrefix = (instance: string): string => `HEROPODS-${instance}-`

/** A chain of a network. `letter`: F for the filter, D for translated destinations, S for translated sources. */
export const networkChain = (instance: string, network: ResourceAddress, letter: 'F' | 'D' | 'S'): string =>
  `${chainPrefix(instance)}${shortHash(network, 8)}${letter}`
