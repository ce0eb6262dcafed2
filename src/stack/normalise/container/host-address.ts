import { contains } from '../../../model/ip/prefix.ts'
import { isIPv4, parseIp, parsePrefix } from '../../../model/ip/text.ts'
import { anyAddress } from '../../../model/kinds/published-ports.ts'
import { onlyReference, redactedText } from '../../../model/tokens.ts'

export const local = '127.0.0.1'

/** Ranges that no interface can have: this network except 0.0.0.0, multicast, reserved, broadcast (RFC 6890). */
const unusable = ['0.0.0.0/8', '224.0.0.0/3'].map((text) => parsePrefix(text))

/**
 * The address of the host for a published port: exactly one IPv4 address, because it becomes part of a firewall rule. Throws an Error with
 * the reason if it is invalid.
 */
export function hostAddress(declared: string): string {
  // A reference to the gateway of a network is an IPv4 address of the host. A plan resolves it.
  if (onlyReference(declared)?.output === 'gateway') return declared
  const text = declared.startsWith('[') && declared.endsWith(']') ? declared.slice(1, -1) : declared
  const shown = JSON.stringify(redactedText(text))
  if (text === '' || text === 'localhost') return local
  if (text === anyAddress.ipv4) return anyAddress.ipv4
  if (text.includes(',')) throw new Error(`${shown} names several addresses; write one port for each`)
  if (text.includes(':')) throw new Error(`${shown} is not an IPv4 address; networks have no IPv6 yet`)
  if (!isIPv4(text)) throw new Error(`${shown} is not an IPv4 address of the host`)
  if (unusable.some((range) => contains(range, parseIp(text))))
    throw new Error(`${shown} is not an address that a host can have`)
  return text
}
