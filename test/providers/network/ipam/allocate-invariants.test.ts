import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Address } from '../../../../src/model/address.ts'
import { contains, hostRange, parseCidr, toNumber, toText } from '../../../../src/model/ip/ipv4.ts'
import type { NetworkSpec } from '../../../../src/model/kinds/network.ts'
import type { Lease } from '../../../../src/model/lease.ts'
import { type AddressRequest, allocate } from '../../../../src/providers/linux/network/ipam/allocate.ts'
import { lan, network } from '../specs.ts'

const names = ['a', 'b', 'c', 'd', 'e', 'f'] as const
const at = (name: string): Address => `s/container/${name}`

interface Case {
  readonly spec: NetworkSpec
  readonly wishes: readonly AddressRequest[]
  readonly held: readonly Lease[]
}

/** A small network, so that wishes meet; some state an address, and leases are also of an earlier, larger subnet. */
const cases: fc.Arbitrary<Case> = fc
  .record({
    prefix: fc.integer({ min: 27, max: 32 }),
    gateway: fc.nat({ max: 31 }),
    exclude: fc.array(
      fc.tuple(fc.nat({ max: 31 }), fc.constantFrom('', '/30', '/31')).map(([low, size]) => `10.66.0.${low}${size}`),
      { maxLength: 2 },
    ),
    wanting: fc.uniqueArray(fc.constantFrom(...names)),
    stated: fc.array(fc.option(fc.nat({ max: 33 }), { nil: undefined, freq: 3 }), { minLength: 6, maxLength: 6 }),
    held: fc.uniqueArray(fc.tuple(fc.constantFrom(...names), fc.nat({ max: 40 })), { selector: ([name]) => name }),
  })
  .map(({ prefix, gateway, exclude, wanting, stated, held }) => ({
    spec: network({ subnet: `10.66.0.0/${prefix}`, gateway: `10.66.0.${gateway % 2 ** (32 - prefix)}`, exclude }),
    wishes: wanting.map((name, place) => {
      const low = stated[place]
      return { container: at(name), network: lan, ip: low === undefined ? '' : `10.66.0.${low}` }
    }),
    held: held.map(([name, low]) => ({ container: at(name), network: lan, ip: `10.66.0.${low}`, mac: '' })),
  }))

const given = ({ spec, wishes, held }: Case) => allocate(new Map([[lan, spec]]), wishes, held)
const always = (holds: (answer: ReturnType<typeof given>, of: Case) => void) =>
  fc.assert(
    fc.property(cases, (one) => {
      holds(given(one), one)
    }),
    { numRuns: 100 },
  )

describe('whatever is wanted, stated, excluded and held, an address', () => {
  it('is one that a host of the subnet may have, and not the gateway’s', () =>
    always(({ leases }, { spec }) => {
      const { first, last } = hostRange(parseCidr(spec.subnet))
      for (const { ip } of leases) {
        expect(toNumber(ip)).toBeGreaterThanOrEqual(first)
        expect(toNumber(ip)).toBeLessThanOrEqual(last)
        expect(ip).not.toBe(spec.gateway)
      }
    }))

  it('is given once', () =>
    always(({ leases }) => expect(new Set(leases.map(({ ip }) => ip)).size).toBe(leases.length)))

  it('is the stated one, or else none that is excluded', () =>
    always(({ leases }, { spec, wishes }) => {
      const excluded = spec.exclude.map((one) => parseCidr(one.includes('/') ? one : `${one}/32`))
      for (const { container, ip } of leases) {
        const stated = wishes.find((wish) => wish.container === container)?.ip
        if (stated) expect(ip).toBe(stated)
        else expect(excluded.filter((part) => contains(part, ip))).toEqual([])
      }
    }))

  it('is given to each who wants one, or an error says why not', () =>
    always(({ leases, errors }, { wishes }) => {
      const answered = [...leases.map((one) => one.container), ...errors.map((one) => one.address)]
      expect(answered.sort()).toEqual(wishes.map((one) => one.container).sort())
    }))

  it('stays when it is asked for again', () =>
    always(({ leases, errors }, { spec, wishes }) => {
      expect(given({ spec, wishes, held: leases })).toEqual({ leases, errors })
    }))

  it('is refused only where none is left', () =>
    always(({ leases, errors }, { spec, wishes }) => {
      if (!errors.some(({ code }) => code === 'network-subnet-exhausted')) return
      const { first, last } = hostRange(parseCidr(spec.subnet))
      const used = new Set([...leases, ...wishes].map(({ ip }) => ip).concat(spec.gateway))
      const excluded = spec.exclude.map((one) => parseCidr(one.includes('/') ? one : `${one}/32`))
      for (let value = first; value <= last; value += 1)
        expect(used.has(toText(value)) || excluded.some((part) => contains(part, toText(value)))).toBe(true)
    }))
})

describe('a lease of an earlier subnet', () => {
  it.each([
    ['is kept where a host may have it', '10.66.1.9', '10.66.1.9'],
    ['is not kept where it is the network’s own address now', '10.66.1.0', '10.66.1.2'],
    ['is not kept where it is broadcast now', '10.66.1.255', '10.66.1.2'],
    ['is not kept where it is the gateway now', '10.66.1.1', '10.66.1.2'],
    ['is not kept outside', '10.66.2.9', '10.66.1.2'],
  ])('%s', (_, ip, expected) => {
    const spec = network({ subnet: '10.66.1.0/24', gateway: '10.66.1.1' })
    const wishes = [{ container: at('a'), network: lan, ip: '' }]
    const held = [{ container: at('a'), network: lan, ip, mac: '' }]
    expect(given({ spec, wishes, held }).leases.map((one) => one.ip)).toEqual([expected])
  })
})
