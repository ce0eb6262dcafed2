import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Family, ipOf, overlaps, type Prefix, prefixOf } from '../../../src/model/ip/prefix.ts'
import { PrefixIndex } from '../../../src/model/ip/prefix-index.ts'
import { parsePrefix } from '../../../src/model/ip/text.ts'
import { anyPrefix } from './arbitrary.ts'

it('the prefixes that overlap another are found in their order, as by a search through all of them', () =>
  fc.assert(
    fc.property(fc.array(anyPrefix, { maxLength: 30 }), (all) => {
      const index = new PrefixIndex<number>()
      all.forEach((prefix, position) => {
        const first = all.slice(0, position).findIndex((one) => overlaps(one, prefix))
        expect(index.firstOverlapping(prefix)).toBe(first < 0 ? undefined : first)
        expect(index.overlaps(prefix)).toBe(first >= 0)
        const earlier = [...all.keys()].filter((one) => one < position && overlaps(all[one] ?? prefix, prefix))
        expect(index.overlapping(prefix)).toEqual(earlier)
        index.add(prefix, position)
      })
    }),
  ))

const many = 100_000

/** Neighbouring subnets; those of IPv6 differ only in their upper half. */
const subnet = (family: Family, position: number): Prefix =>
  family === 'ipv4'
    ? prefixOf(ipOf(family, BigInt(position * 4)), 30)
    : prefixOf(ipOf(family, (0xfd00_0000n << 96n) + (BigInt(position) << 64n)), 64)

for (const [family, around] of [
  ['ipv4', '0.0.4.0/22'],
  ['ipv6', 'fd00:0:0:100::/56'],
] as const)
  it(`a hundred thousand prefixes of ${family} are compared with each other`, () => {
    const index = new PrefixIndex<number>()
    const found = Array.from({ length: many }, (_, position) => {
      const prefix = subnet(family, position)
      const other = index.firstOverlapping(prefix)
      index.add(prefix, position)
      return other
    })
    expect(found.every((other) => other === undefined)).toBe(true)
    expect(index.firstOverlapping(parsePrefix(around))).toBe(256)
  })
