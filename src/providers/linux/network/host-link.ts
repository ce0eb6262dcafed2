import { type Paths, shortHash } from '../../../host/files/paths.ts'
import { type Address, replicaSlot } from '../../../model/address.ts'

/** Start of the names of host ends. */
export const hostLinkPrefix = 'hv'

/** Name of the host's end of a container's interface: at most 15 characters. */
export const hostLink = (paths: Paths, container: Address, network: Address): string =>
  `${hostLinkPrefix}${shortHash(`${paths.id} ${replicaSlot(container)} ${network}`)}`
