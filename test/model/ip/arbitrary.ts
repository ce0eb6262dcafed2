import fc from 'fast-check'
import { type Family, ipOf, type Prefix, prefixOf, widthOf } from '../../../src/model/ip/prefix.ts'

export const families: readonly Family[] = ['ipv4', 'ipv6']

/** Numbers at both ends and in the middle of a family, so that prefixes often touch. */
const bitsOf = (family: Family): fc.Arbitrary<bigint> => {
  const max = (1n << BigInt(widthOf(family))) - 1n
  const middle = (max >> 1n) + 1n
  return fc.oneof(
    fc.bigInt({ min: 0n, max }),
    fc.bigInt({ min: 0n, max: 15n }),
    fc.bigInt({ min: max - 15n, max }),
    fc.bigInt({ min: middle - 8n, max: middle + 7n }),
  )
}

export const anyFamily = fc.constantFrom(...families)

export const anyAddress: fc.Arbitrary<Prefix> = anyFamily.chain((family) =>
  bitsOf(family).map((bits) => ipOf(family, bits)),
)

/** A prefix of any length; short hosts parts are more likely. */
export const anyPrefix: fc.Arbitrary<Prefix> = anyAddress.chain((address) =>
  fc
    .oneof(fc.nat({ max: address.length }), fc.integer({ min: address.length - 5, max: address.length }))
    .map((length) => prefixOf(address, length)),
)

/** A prefix of at most 32 addresses, which a test can list. */
export const smallPrefix: fc.Arbitrary<Prefix> = anyAddress.chain((address) =>
  fc.integer({ min: address.length - 5, max: address.length }).map((length) => prefixOf(address, length)),
)
