/** The two families of addresses. */
export type Family = 'ipv4' | 'ipv6'

/**
 * A prefix of either family. An address is a prefix of full length. Bits behind the length are zero: `prefixOf` clears them. Values
 * are compared with `equals`, or by their text.
 */
export interface Prefix {
  readonly family: Family
  /** The address as a number, at most 32 or 128 bits. */
  readonly bits: bigint
  readonly length: number
}

/** Bits of an address. */
export const widthOf = (family: Family): number => (family === 'ipv4' ? 32 : 128)

/** Bits of the part that a prefix leaves to its addresses. */
const hostBits = ({ family, length }: Prefix): bigint => BigInt(widthOf(family) - length)

/** The address with this number. Raises when the family has no such address. */
export function ipOf(family: Family, bits: bigint): Prefix {
  const width = widthOf(family)
  if (bits < 0n || bits >= 1n << BigInt(width)) throw new Error(`${bits} is not an address of ${family}`)
  return { family, bits, length: width }
}

/** The prefix of this length that contains an address; host bits are cleared. Raises when the family has no such length. */
export function prefixOf({ family, bits }: Prefix, length: number): Prefix {
  const width = widthOf(family)
  if (!Number.isInteger(length) || length < 0 || length > width)
    throw new Error(`${length} is not the length of a prefix of ${family}`)
  const rest = BigInt(width - length)
  return { family, bits: (bits >> rest) << rest, length }
}

/** Number of addresses. */
export const sizeOf = (prefix: Prefix): bigint => 1n << hostBits(prefix)

export const firstOf = ({ family, bits }: Prefix): Prefix => ipOf(family, bits)
export const lastOf = (prefix: Prefix): Prefix => ipOf(prefix.family, prefix.bits + sizeOf(prefix) - 1n)

export const equals = (left: Prefix, right: Prefix): boolean =>
  left.bits === right.bits && left.length === right.length && left.family === right.family

/** Negative when `left` comes first: IPv4 before IPv6, then by number, then the longer range. */
export function compare(left: Prefix, right: Prefix): number {
  if (left.family !== right.family) return left.family === 'ipv4' ? -1 : 1
  if (left.bits !== right.bits) return left.bits < right.bits ? -1 : 1
  return left.length - right.length
}

/** True if every address of `inner` is one of `outer`. Families do not contain each other. */
export function contains(outer: Prefix, inner: Prefix): boolean {
  if (outer.family !== inner.family || outer.length > inner.length) return false
  const rest = hostBits(outer)
  return outer.bits >> rest === inner.bits >> rest
}

/** Two prefixes overlap only if one contains the other. */
export const overlaps = (left: Prefix, right: Prefix): boolean => contains(left, right) || contains(right, left)

/** The prefix of the same length behind this one; undefined: it is the last. */
export function next(prefix: Prefix): Prefix | undefined {
  const bits = prefix.bits + sizeOf(prefix)
  return bits < 1n << BigInt(widthOf(prefix.family)) ? { ...prefix, bits } : undefined
}

/** The prefix of the same length before this one; undefined: it is the first. */
export function previous(prefix: Prefix): Prefix | undefined {
  const bits = prefix.bits - sizeOf(prefix)
  return bits >= 0n ? { ...prefix, bits } : undefined
}

/**
 * First and last address that a host may have. IPv4 has network and broadcast addresses, but not in /31 and /32 (RFC 3021). IPv6 has
 * no broadcast; its first address is that of the subnet's routers (RFC 4291, 2.6.1), but not in /127 and /128 (RFC 6164).
 */
export function hostRange(prefix: Prefix): { readonly first: Prefix; readonly last: Prefix } {
  const [first, last] = [firstOf(prefix), lastOf(prefix)]
  if (widthOf(prefix.family) - prefix.length <= 1) return { first, last }
  const { family } = prefix
  return {
    first: ipOf(family, first.bits + 1n),
    last: family === 'ipv4' ? ipOf(family, last.bits - 1n) : last,
  }
}

/** True if a host may have this address in the prefix. */
export function isHostAddress(prefix: Prefix, ip: Prefix): boolean {
  const { first, last } = hostRange(prefix)
  return ip.family === prefix.family && ip.bits >= first.bits && ip.bits <= last.bits
}

/** Prefixes of a length inside another, in order, one at a time. */
export function* subnets(prefix: Prefix, length: number): Generator<Prefix, undefined> {
  if (length < prefix.length) return
  let subnet: Prefix | undefined = prefixOf(prefix, length)
  while (subnet !== undefined && contains(prefix, subnet)) {
    yield subnet
    subnet = next(subnet)
  }
}

/** Addresses of a prefix in order, one at a time. */
export const addresses = (prefix: Prefix): Generator<Prefix, undefined> => subnets(prefix, widthOf(prefix.family))
