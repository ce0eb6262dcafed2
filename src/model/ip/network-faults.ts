import { compare, contains, hostRange, isHostAddress, overlaps } from './prefix.ts'
import { formatPrefix, isIPv4, parseIp, parsePrefix, parseRange } from './text.ts'

/** Ranges that a network cannot use: this host, loopback, link-local, multicast, reserved (RFC 6890). */
const unusable = ['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/3'].map((text) => parsePrefix(text))

/** True for an IPv4 address or range. */
export function isRange(text: string): boolean {
  try {
    parseRange(text, 'ipv4')
    return true
  } catch {
    return false
  }
}

/** Checks a subnet. Returns the end of a sentence with a hint, or undefined if it is valid. Pure. */
export function subnetFault(text: string): { readonly why: string; readonly hint: string } | undefined {
  if (!text.includes('/') || !isRange(text))
    return { why: 'is not IPv4 in CIDR form', hint: 'Write e.g. `10.20.0.0/24`.' }
  const prefix = parsePrefix(text)
  if (prefix.length < 8 || prefix.length > 30)
    return { why: `has the prefix /${prefix.length}`, hint: 'Between /8 and /30.' }
  if (unusable.some((other) => overlaps(other, prefix)))
    return {
      why: 'is in a range that networks cannot use',
      hint: 'Use a private one: 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16.',
    }
  const network = formatPrefix(prefix)
  return network === text ? undefined : { why: 'has host bits set', hint: `Write ${network}.` }
}

/** Checks a gateway in a valid subnet, or in `auto`. Returns the end of a sentence, or undefined if it is valid. Pure. */
export function gatewayFault(gateway: string, subnet: string): string | undefined {
  if (!isIPv4(gateway)) return 'is not an IPv4 address'
  if (subnet === 'auto') return 'needs a declared subnet'
  const [prefix, ip] = [parsePrefix(subnet), parseIp(gateway)]
  if (!contains(prefix, ip)) return `is outside the subnet ${subnet}`
  if (isHostAddress(prefix, ip)) return undefined
  const isFirst = compare(ip, hostRange(prefix).first) < 0
  return `is the ${isFirst ? 'network' : 'broadcast'} address of ${subnet}`
}
