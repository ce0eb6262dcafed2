import ipaddr from 'ipaddr.js'
import { type Family, ipOf, type Prefix, prefixOf, widthOf } from './prefix.ts'

/** True for four numbers of 0 to 255 without leading zeros: other forms mean something else to other programs. */
export const isIPv4 = (text: string): boolean => ipaddr.IPv4.isValidFourPartDecimal(text)

/** True for the forms of RFC 4291, section 2.2. A zone (`%eth0`) is not part of an address. */
export const isIPv6 = (text: string): boolean => hexGroups(text) !== undefined

/** The family of an address; undefined: the text is not an address. */
export function familyOf(text: string): Family | undefined {
  if (text.includes(':')) return isIPv6(text) ? 'ipv6' : undefined
  return isIPv4(text) ? 'ipv4' : undefined
}

const namesOf: Readonly<Record<Family, string>> = { ipv4: 'an IPv4', ipv6: 'an IPv6' }

/** Reads an address. Raises on anything else, and on an address of another family than `family`. */
export function parseIp(text: string, family?: Family): Prefix {
  const found = familyOf(text)
  if (found === undefined || (family !== undefined && found !== family))
    throw new Error(`${JSON.stringify(text)} is not ${family ? namesOf[family] : 'an IP'} address`)
  return ipOf(found, found === 'ipv4' ? ipv4Bits(text) : ipv6Bits(text))
}

/** Reads `10.0.0.0/24` or `fd00::/64`; host bits are cleared. Raises on anything else, and on another family than `family`. */
export function parsePrefix(text: string, family?: Family): Prefix {
  const [, ip = '', length = ''] = /^([^/]+)\/(0|[1-9]\d{0,2})$/.exec(text) ?? []
  const found = familyOf(ip)
  if (found === undefined || (family !== undefined && found !== family) || Number(length) > widthOf(found))
    throw new Error(`${JSON.stringify(text)} is not ${family ? namesOf[family] : 'an IP'} prefix`)
  return prefixOf(parseIp(ip), Number(length))
}

/** Reads an address or a prefix. Raises on anything else. */
export const parseRange = (text: string, family?: Family): Prefix =>
  text.includes('/') ? parsePrefix(text, family) : parseIp(text, family)

/** The address in its one usual form: dotted, or as RFC 5952 writes it. A length is left out. */
export const formatIp = ({ family, bits }: Prefix): string => (family === 'ipv4' ? dotted(bits) : formatIpv6(bits))

/** Address and length: `10.0.0.0/24`, `10.0.0.1/32`. */
export const formatPrefix = (prefix: Prefix): string => `${formatIp(prefix)}/${prefix.length}`

const byteShifts = [24, 16, 8, 0]

function dotted(bits: bigint): string {
  const value = Number(bits)
  return byteShifts.map((shift) => (value >>> shift) & 255).join('.')
}

const ipv4Bits = (text: string): bigint =>
  BigInt(text.split('.').reduce((value, octet) => value * 256 + Number(octet), 0))

/** IPv4 addresses in IPv6 (RFC 4291, 2.5.5.2). RFC 5952, section 5, and inet_ntop(3) write the last 32 bits of these dotted. */
const mapped = 0xffffn

function formatIpv6(bits: bigint): string {
  if (bits >> 32n === mapped) return `::ffff:${dotted(bits & 0xffff_ffffn)}`
  const groups = Array.from({ length: 8 }, (_, position) => Number((bits >> BigInt(112 - 16 * position)) & 0xffffn))
  return new ipaddr.IPv6(groups).toRFC5952String()
}

function ipv6Bits(text: string): bigint {
  const { parts } = ipaddr.IPv6.parse(hexGroups(text) ?? '')
  return parts.reduce((value, part) => (value << 16n) | BigInt(part), 0n)
}

/** An IPv6 address with a dotted end in hexadecimal: ipaddr.js reads such ends as mapped IPv4 whatever is before them. */
function hexGroups(text: string): string | undefined {
  if (text.includes('%')) return undefined
  const position = text.lastIndexOf(':') + 1
  const end = text.slice(position)
  if (!end.includes('.')) return ipaddr.IPv6.isValid(text) ? text : undefined
  if (!isIPv4(end)) return undefined
  const bits = ipv4Bits(end)
  const hex = `${text.slice(0, position)}${(bits >> 16n).toString(16)}:${(bits & 0xffffn).toString(16)}`
  return ipaddr.IPv6.isValid(hex) ? hex : undefined
}
