import { toNumber } from './ipv4.ts'

/** Locally administered, for one station. */
const prefix = '02:68'

/**
 * The MAC that goes with an address on its network. Neighbours remember the two together, for a minute and more: who gets an address that
 * another had is found at once, and so is a gateway whose bridge was made again.
 */
export const macOf = (ip: string): string =>
  [prefix, ...(toNumber(ip).toString(16).padStart(8, '0').match(/../g) ?? [])].join(':')
