import ipaddr from 'ipaddr.js'

/** An IPv4 prefix in numbers. */
export interface Cidr {
  readonly base: number
  readonly prefix: number
}

/** Four numbers of 0 to 255 without leading zeros: other forms mean something else to other programs. */
export const isIPv4 = (text: string): boolean => ipaddr.IPv4.isValidFourPartDecimal(text)

/** Throws on anything but an address. */
export function toNumber(ip: string): number {
  if (!isIPv4(ip)) throw new Error(`${JSON.stringify(ip)} is not an IPv4 address`)
  return ipaddr.IPv4.parse(ip).octets.reduce((value, octet) => value * 256 + octet, 0)
}

export const toText = (value: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.')

/** Reads `10.0.0.0/24`; the host bits are dropped. Throws on anything else. */
export function parseCidr(text: string): Cidr {
  const [, ip = '', length = ''] = /^([^/]+)\/(0|[1-9]\d?)$/.exec(text) ?? []
  const prefix = Number(length)
  if (!isIPv4(ip) || prefix > 32) throw new Error(`${JSON.stringify(text)} is not an IPv4 prefix`)
  const value = toNumber(ip)
  return { base: value - (value % 2 ** (32 - prefix)), prefix }
}

/** Number of addresses in a prefix. */
export const sizeOf = (cidr: Cidr): number => 2 ** (32 - cidr.prefix)

export const contains = (cidr: Cidr, ip: string): boolean => {
  const value = toNumber(ip)
  return value >= cidr.base && value < cidr.base + sizeOf(cidr)
}

export const overlaps = (left: Cidr, right: Cidr): boolean =>
  left.base < right.base + sizeOf(right) && right.base < left.base + sizeOf(left)

/** First and last address that a host may have: /31 and /32 have no network and broadcast address (RFC 3021). */
export function hostRange(cidr: Cidr): { first: number; last: number } {
  const last = cidr.base + sizeOf(cidr) - 1
  return cidr.prefix >= 31 ? { first: cidr.base, last } : { first: cidr.base + 1, last: last - 1 }
}
