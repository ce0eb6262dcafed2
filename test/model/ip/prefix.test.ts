import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addresses,
  compare,
  contains,
  equals,
  firstOf,
  hostRange,
  ipOf,
  isHostAddress,
  lastOf,
  next,
  overlaps,
  type Prefix,
  prefixOf,
  previous,
  sizeOf,
  subnets,
  widthOf,
} from '../../../src/model/ip/prefix.ts'
import { formatIp, formatPrefix, parseIp, parsePrefix } from '../../../src/model/ip/text.ts'
import { anyAddress, anyPrefix, families, smallPrefix } from './arbitrary.ts'

/** The naive model: a prefix as the list of its addresses, each as family and number. */
const listed = (prefix: Prefix): readonly string[] =>
  Array.from({ length: Number(sizeOf(prefix)) }, (_, position) => `${prefix.family} ${prefix.bits + BigInt(position)}`)

describe('a prefix', () => {
  it('contains another as the list of its addresses does', () =>
    fc.assert(
      fc.property(smallPrefix, smallPrefix, (outer, inner) => {
        const all = new Set(listed(outer))
        expect(contains(outer, inner)).toBe(listed(inner).every((one) => all.has(one)))
      }),
    ))

  it('overlaps another as the lists of their addresses do', () =>
    fc.assert(
      fc.property(smallPrefix, smallPrefix, (left, right) => {
        const all = new Set(listed(left))
        expect(overlaps(left, right)).toBe(listed(right).some((one) => all.has(one)))
        expect(overlaps(right, left)).toBe(overlaps(left, right))
      }),
    ))

  it('of any length contains the addresses between its first and its last', () =>
    fc.assert(
      fc.property(anyPrefix, anyAddress, (prefix, address) => {
        const between = address.bits >= firstOf(prefix).bits && address.bits <= lastOf(prefix).bits
        expect(contains(prefix, address)).toBe(prefix.family === address.family && between)
      }),
    ))

  it('has no host bits', () =>
    fc.assert(
      fc.property(anyAddress, fc.nat({ max: 128 }), (address, length) => {
        fc.pre(length <= widthOf(address.family))
        const prefix = prefixOf(address, length)
        expect(prefix.bits % sizeOf(prefix)).toBe(0n)
        expect(contains(prefix, address)).toBe(true)
      }),
    ))

  it('is between its neighbours', () =>
    fc.assert(
      fc.property(anyPrefix, (prefix) => {
        const [after, before] = [next(prefix), previous(prefix)]
        if (after) {
          expect(after.bits).toBe(lastOf(prefix).bits + 1n)
          expect(previous(after)).toEqual(prefix)
        } else expect(lastOf(prefix).bits).toBe((1n << BigInt(widthOf(prefix.family))) - 1n)
        if (before) expect(next(before)).toEqual(prefix)
        else expect(prefix.bits).toBe(0n)
      }),
    ))

  it('lists its addresses and subnets in order', () =>
    fc.assert(
      fc.property(smallPrefix, fc.nat({ max: 5 }), (prefix, more) => {
        expect([...addresses(prefix)].map(({ family, bits }) => `${family} ${bits}`)).toEqual(listed(prefix))
        const length = prefix.length + more
        const parts = length > widthOf(prefix.family) ? [] : [...subnets(prefix, length)]
        expect(parts.flatMap(listed)).toEqual(parts.length > 0 ? listed(prefix) : [])
        expect(parts.every((one) => one.length === length)).toBe(true)
      }),
    ))

  it('of a huge size is listed as far as it is read', () => {
    const all = addresses(parsePrefix('fd00::/8'))
    expect([all.next().value, all.next().value].map((one) => one && formatIp(one))).toEqual(['fd00::', 'fd00::1'])
    expect([...subnets(parsePrefix('10.0.0.0/24'), 23)]).toEqual([])
  })

  it('is ordered like the lists of first addresses', () =>
    fc.assert(
      fc.property(anyPrefix, anyPrefix, (left, right) => {
        expect(compare(left, right) === 0).toBe(equals(left, right))
        expect(compare(left, right) < 0).toBe(compare(right, left) > 0)
        if (left.family === right.family && left.bits !== right.bits)
          expect(compare(left, right) < 0).toBe(left.bits < right.bits)
      }),
    ))

  it('of another family is another one', () => {
    const [four, six] = [parseIp('0.0.0.1'), parseIp('::1')]
    expect(compare(four, six)).toBeLessThan(0)
    expect([equals(four, six), contains(four, six), overlaps(four, six)]).toEqual([false, false, false])
    expect(contains(parsePrefix('::/0'), four)).toBe(false)
  })

  for (const family of families)
    it(`of ${family} is refused outside the family`, () => {
      expect(() => ipOf(family, -1n)).toThrow(/not an address/)
      expect(() => ipOf(family, 1n << BigInt(widthOf(family)))).toThrow(/not an address/)
      for (const length of [-1, 0.5, widthOf(family) + 1])
        expect(() => prefixOf(ipOf(family, 0n), length)).toThrow(/not the length/)
    })
})

describe('addresses of hosts', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['10.0.0.0/24', '10.0.0.1', '10.0.0.254'],
    ['10.0.0.4/30', '10.0.0.5', '10.0.0.6'],
    ['10.0.0.4/31', '10.0.0.4', '10.0.0.5'],
    ['10.0.0.4/32', '10.0.0.4', '10.0.0.4'],
    ['0.0.0.0/0', '0.0.0.1', '255.255.255.254'],
    ['fd00::/64', 'fd00::1', 'fd00::ffff:ffff:ffff:ffff'],
    ['fd00::/126', 'fd00::1', 'fd00::3'],
    ['fd00::2/127', 'fd00::2', 'fd00::3'],
    ['fd00::2/128', 'fd00::2', 'fd00::2'],
    ['::/0', '::1', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ]
  for (const [text, first, last] of cases)
    it(`in ${text} are ${first} to ${last}`, () => {
      const range = hostRange(parsePrefix(text))
      expect([formatIp(range.first), formatIp(range.last)]).toEqual([first, last])
    })

  it('are inside their prefix', () =>
    fc.assert(
      fc.property(smallPrefix, smallPrefix, (prefix, other) => {
        const { first, last } = hostRange(prefix)
        const range = [...addresses(prefix)].filter((one) => compare(one, first) >= 0 && compare(one, last) <= 0)
        expect(range.length).toBeGreaterThan(0)
        for (const one of [...addresses(prefix), ...addresses(other)])
          expect(isHostAddress(prefix, one)).toBe(range.some((host) => equals(host, one)))
      }),
      { numRuns: 50 },
    ))
})

it('the text of a prefix is of its network', () => expect(formatPrefix(parsePrefix('10.1.2.3/16'))).toBe('10.1.0.0/16'))
