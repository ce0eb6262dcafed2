import { isIPv4 as nodeIsIPv4, isIPv6 as nodeIsIPv6 } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  familyOf,
  formatIp,
  formatPrefix,
  isIPv4,
  isIPv6,
  parseIp,
  parsePrefix,
  parseRange,
} from '../../../src/model/ip/text.ts'
import { anyAddress, anyPrefix } from './arbitrary.ts'

describe('an address', () => {
  it('is read from its own text', () =>
    fc.assert(
      fc.property(anyAddress, (address) => {
        expect(parseIp(formatIp(address))).toEqual(address)
      }),
    ))

  it('with a length is read from its own text', () =>
    fc.assert(
      fc.property(anyPrefix, (prefix) => {
        expect(parsePrefix(formatPrefix(prefix))).toEqual(prefix)
        expect(parseRange(formatPrefix(prefix))).toEqual(prefix)
        expect(parseRange(formatIp(prefix))).toEqual(parseIp(formatIp(prefix)))
      }),
    ))

  it('of any text is one where Node says so', () => {
    const group = fc.stringMatching(/^[0-9a-fA-F]{0,5}$/)
    const octet = fc.oneof(fc.nat({ max: 300 }).map(String), fc.constantFrom('01', '0x1', ''))
    const four = fc.array(octet, { minLength: 3, maxLength: 5 }).map((all) => all.join('.'))
    const six = fc.array(fc.oneof({ weight: 9, arbitrary: group }, four), { maxLength: 9 }).map((all) => all.join(':'))
    fc.assert(
      fc.property(fc.oneof(four, six, fc.ipV4(), fc.ipV6()), (text) => {
        expect(isIPv4(text)).toBe(nodeIsIPv4(text))
        expect(isIPv6(text)).toBe(nodeIsIPv6(text))
      }),
      { numRuns: 500 },
    )
  })

  it('in the form of RFC 5952 is the one that the URL standard writes', () =>
    fc.assert(
      fc.property(fc.ipV6(), (text) => {
        const address = parseIp(text)
        const isMapped = address.bits >> 32n === 0xffffn
        if (!isMapped) expect(`[${formatIp(address)}]`).toBe(new URL(`http://[${text}]/`).hostname)
      }),
    ))
})

/** RFC 4291, section 2.2, and RFC 5952, sections 1 to 5. */
const samples: readonly (readonly [string, string])[] = [
  ['ABCD:EF01:2345:6789:ABCD:EF01:2345:6789', 'abcd:ef01:2345:6789:abcd:ef01:2345:6789'],
  ['2001:DB8:0:0:8:800:200C:417A', '2001:db8::8:800:200c:417a'],
  ['2001:DB8::8:800:200C:417A', '2001:db8::8:800:200c:417a'],
  ['FF01:0:0:0:0:0:0:101', 'ff01::101'],
  ['0:0:0:0:0:0:0:1', '::1'],
  ['0:0:0:0:0:0:0:0', '::'],
  ['0:0:0:0:0:0:13.1.68.3', '::d01:4403'],
  ['0:0:0:0:0:FFFF:129.144.52.38', '::ffff:129.144.52.38'],
  ['::FFFF:8190:3426', '::ffff:129.144.52.38'],
  ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
  ['2001:0db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
  ['2001:db8:0000:0:1::1', '2001:db8::1:0:0:1'],
  ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
  ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
  ['2001:db8:aaaa:bbbb:cccc:dddd:eeee:0001', '2001:db8:aaaa:bbbb:cccc:dddd:eeee:1'],
  ['2001:db8::0:1', '2001:db8::1'],
  ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0'],
  ['64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
]

describe('the samples of RFC 4291 and RFC 5952', () => {
  for (const [text, canonical] of samples) it(text, () => expect(formatIp(parseIp(text))).toBe(canonical))

  const prefixes: readonly (readonly [string, string])[] = [
    ['2001:0DB8:0000:CD30:0000:0000:0000:0000/60', '2001:db8:0:cd30::/60'],
    ['2001:0DB8::CD30:0:0:0:0/60', '2001:db8:0:cd30::/60'],
    ['2001:0DB8:0:CD30::/60', '2001:db8:0:cd30::/60'],
    ['2001:0DB8:0:CD30:123:4567:89AB:CDEF/60', '2001:db8:0:cd30::/60'],
    ['::/0', '::/0'],
    ['::1/128', '::1/128'],
  ]
  for (const [text, canonical] of prefixes) it(text, () => expect(formatPrefix(parsePrefix(text))).toBe(canonical))
})

describe('what is refused', () => {
  const addresses = [
    '',
    '10.0.0',
    '10.0.0.0.1',
    '010.0.0.1',
    '10.0.0.256',
    '0x0a.0.0.1',
    '167772161',
    '10.0.0.1/32',
    ' 10.0.0.1',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1::2::3',
    '12345::',
    'fe80::1%eth0',
    '::ffff:01.2.3.4',
    '::ffff:0x1.2.3.4',
    '1:2:3:4:5:6:7:1.2.3.4',
    '[::1]',
    '::1\n',
  ]
  for (const text of addresses)
    it(`address ${JSON.stringify(text)}`, () => {
      expect(() => parseIp(text)).toThrow(/is not an IP address/)
      expect(familyOf(text)).toBeUndefined()
    })

  const prefixes = [
    '10.0.0.0',
    '10.0.0.0/33',
    '10.0.0.0/01',
    '10.0.0.0/-1',
    '10.0.0.0/',
    '::/129',
    '::/1000',
    '::',
    '/0',
    'a/8',
  ]
  for (const text of prefixes)
    it(`prefix ${JSON.stringify(text)}`, () => expect(() => parsePrefix(text)).toThrow(/is not an IP prefix/))

  it('the other family, by name', () => {
    expect(() => parseIp('::1', 'ipv4')).toThrow('"::1" is not an IPv4 address')
    expect(() => parseIp('10.0.0.1', 'ipv6')).toThrow('"10.0.0.1" is not an IPv6 address')
    expect(() => parsePrefix('fd00::/8', 'ipv4')).toThrow('"fd00::/8" is not an IPv4 prefix')
    expect(() => parseRange('10.0.0.0/8', 'ipv6')).toThrow('"10.0.0.0/8" is not an IPv6 prefix')
  })
})
