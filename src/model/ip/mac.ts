import { parseIp } from './text.ts'

/** Locally administered and unicast. */
const localPrefix = '02:68'

/**
 * The MAC for an address: it contains the last 32 bits of the address. Neighbours store an address with its MAC for a minute or longer.
 * Because the MAC follows from the address, a container that gets the address of another one is reached at once, and so is the gateway of a
 * bridge that was created again.
 */
export function macOf(ip: string): string {
  const bits = parseIp(ip).bits & 0xffff_ffffn
  return [localPrefix, ...(bits.toString(16).padStart(8, '0').match(/../g) ?? [])].join(':')
}
