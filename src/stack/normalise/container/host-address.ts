import { contains } from '../../../model/ip/prefix.ts'
import { isIPv4, parseIp, parsePrefix } from '../../../model/ip/text.ts'
import { anyAddress } from '../../../model/kinds/published-ports.ts'
import { onlyReference, redactedForPeople } from '../../../model/tokens.ts'

export const local = '127.0.0.1'

/** What no interface has: this network but for all of it, multicast, reserved, broadcast (RFC 6890). */
const unusable = ['0.0.0.0/8', '224.0.0.0/3'].map((text) => parsePrefix(text))

/**
 * The address of the host that a published port binds: one IPv4 address and nothing else, since it becomes part of a rule. Raises what
 * is wrong with it, in words.
 */
export function hostAddress(stated: string): string {
  // The gateway of a network is an IPv4 address of the host. It is filled in when a plan is made.
  if (onlyReference(stated)?.output === 'gateway') return stated
  const text = stated.startsWith('[') && stated.endsWith(']') ? stated.slice(1, -1) : stated
  const shown = JSON.stringify(redactedForPeople(text))
  if (text === '' || text === 'localhost') return local
  if (text === anyAddress.ipv4) return anyAddress.ipv4
  if (text.includes(',')) throw new Error(`${shown} names several addresses; write one port for each`)
  if (text.includes(':')) throw new Error(`${shown} is not an IPv4 address; networks have no IPv6 yet`)
  if (!isIPv4(text)) throw new Error(`${shown} is not an IPv4 address of the host`)
  if (unusable.some((range) => contains(range, parseIp(text))))
    throw new Error(`${shown} is not an address that a host can have`)
  return text
}
