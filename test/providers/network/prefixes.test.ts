import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Cidr, overlaps, parseCidr, toText } from '../../../src/model/ip/ipv4.ts'
import { Prefixes } from '../../../src/model/ip/prefixes.ts'

/** Few addresses and many lengths, so that they often overlap. */
const anyPrefix = fc
  .tuple(fc.integer({ min: 0, max: 63 }), fc.integer({ min: 0, max: 32 }))
  .map(([low, length]) => parseCidr(`${toText(2 ** 32 - 1 - low)}/${length}`))

it('the first of the prefixes that overlaps another is found, as by a look at all of them', () =>
  fc.assert(
    fc.property(fc.array(anyPrefix, { maxLength: 30 }), (all) => {
      const prefixes = new Prefixes<number>()
      all.forEach((cidr, index) => {
        const earlier: readonly Cidr[] = all.slice(0, index)
        const first = earlier.findIndex((one) => overlaps(one, cidr))
        expect(prefixes.firstOverlapping(cidr)).toBe(first < 0 ? undefined : first)
        prefixes.add(cidr, index)
      })
    }),
  ))

it('a hundred thousand prefixes are held against each other', () => {
  const prefixes = new Prefixes<number>()
  const found = Array.from({ length: 100_000 }, (_, index) => {
    const cidr: Cidr = { base: index * 4, prefix: 30 }
    const other = prefixes.firstOverlapping(cidr)
    prefixes.add(cidr, index)
    return other
  })
  expect(found.every((other) => other === undefined)).toBe(true)
  expect(prefixes.firstOverlapping(parseCidr('0.0.4.0/22'))).toBe(256)
})
