import { parseIp } from './text.ts'

/** Locally administered, for one station. */
const vendor = '02:68'

/**
 * The MAC of an address on its network: its last 32 bits. Neighbours store the two together for a minute and more, so a container that
 * gets the address of another one is reached at once, and so is the gateway of a bridge that was made again.
 */
export function macOf(ip: string): string {
  const bits = parseIp(ip).bits & 0xffff_ffffn
  return [vendor, ...(bits.toString(16).padStart(8, '0').match(/../g) ?? [])].join(':')
}
