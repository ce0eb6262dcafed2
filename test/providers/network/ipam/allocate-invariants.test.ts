import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addresses, contains, type Family, isHostAddress, widthOf } from '../../../../src/model/ip/prefix.ts'
import { formatIp, parseIp, parsePrefix, parseRange } from '../../../../src/model/ip/text.ts'
import type { NetworkSpec } from '../../../../src/model/kinds/network.ts'
import type { Lease } from '../../../../src/model/lease.ts'
import type { ResourceAddress } from '../../../../src/model/resource-address.ts'
import { type AddressRequest, allocate } from '../../../../src/providers/linux/network/ipam/allocate.ts'
import { lan, network } from '../specs.ts'

const names = ['a', 'b', 'c', 'd', 'e', 'f'] as const
const at = (name: string): ResourceAddress => `s/container/${name}`

interface Case {
  readonly spec: NetworkSpec
  readonly requests: readonly AddressRequest[]
  readonly held: readonly Lease[]
}

/** An address of the network by its number in it. */
const numbered: Readonly<Record<Family, (host: number) => string>> = {
  ipv4: (host) => `10.66.0.${host}`,
  ipv6: (host) => `fd00::${host.toString(16)}`,
}

/** A small network, so that requests meet; some name an address, and leases are also of an earlier, larger subnet. */
const cases = (family: Family): fc.Arbitrary<Case> => {
  const address = numbered[family]
  const width = widthOf(family)
  return fc
    .record({
      hostBits: fc.integer({ min: 0, max: 5 }),
      gateway: fc.nat({ max: 31 }),
      exclude: fc.array(fc.tuple(fc.nat({ max: 31 }), fc.constantFrom('', `/${width - 2}`, `/${width - 1}`)), {
        maxLength: 2,
      }),
      asking: fc.uniqueArray(fc.constantFrom(...names)),
      fixed: fc.array(fc.option(fc.nat({ max: 33 }), { nil: undefined, freq: 3 }), { minLength: 6, maxLength: 6 }),
      held: fc.uniqueArray(fc.tuple(fc.constantFrom(...names), fc.nat({ max: 40 })), { selector: ([name]) => name }),
    })
    .map(({ hostBits, gateway, exclude, asking, fixed, held }) => ({
      spec: network({
        subnet: `${address(0)}/${width - hostBits}`,
        gateway: address(gateway % 2 ** hostBits),
        exclude: exclude.map(([host, length]) => `${address(host)}${length}`),
      }),
      requests: asking.map((name, place) => {
        const host = fixed[place]
        return { container: at(name), network: lan, ip: host === undefined ? '' : address(host) }
      }),
      held: held.map(([name, host]) => ({ container: at(name), network: lan, ip: address(host), mac: '' })),
    }))
}

const given = ({ spec, requests, held }: Case) => allocate(new Map([[lan, spec]]), requests, held)

for (const family of ['ipv4', 'ipv6'] as const) {
  const always = (holds: (answer: ReturnType<typeof given>, of: Case) => void) =>
    fc.assert(
      fc.property(cases(family), (one) => {
        holds(given(one), one)
      }),
      { numRuns: 100 },
    )

  describe(`an address of ${family}, for any requests, exclusions and leases,`, () => {
    it('is one that a host of the subnet may have, and not the gateway’s', () =>
      always(({ leases }, { spec }) => {
        for (const { ip } of leases) {
          expect(isHostAddress(parsePrefix(spec.subnet), parseIp(ip))).toBe(true)
          expect(ip).not.toBe(formatIp(parseIp(spec.gateway)))
        }
      }))

    it('is given once', () =>
      always(({ leases }) => expect(new Set(leases.map(({ ip }) => ip)).size).toBe(leases.length)))

    it('is the one that was asked for, or else none that is excluded', () =>
      always(({ leases }, { spec, requests }) => {
        const excluded = spec.exclude.map((one) => parseRange(one))
        for (const { container, ip } of leases) {
          const fixed = requests.find((one) => one.container === container)?.ip
          if (fixed) expect(ip).toBe(fixed)
          else expect(excluded.filter((part) => contains(part, parseIp(ip)))).toEqual([])
        }
      }))

    it('is given for each request, or an error has the reason', () =>
      always(({ leases, errors }, { requests }) => {
        const answered = [...leases.map((one) => one.container), ...errors.map((one) => one.address)]
        expect(answered.sort()).toEqual(requests.map((one) => one.container).sort())
      }))

    it('stays when it is asked for again', () =>
      always(({ leases, errors }, { spec, requests }) => {
        expect(given({ spec, requests, held: leases })).toEqual({ leases, errors })
      }))

    it('is refused only where none is left', () =>
      always(({ leases, errors }, { spec, requests }) => {
        if (!errors.some(({ code }) => code === 'network-subnet-exhausted')) return
        const used = [...leases, ...requests].map(({ ip }) => ip).concat(spec.gateway, spec.exclude)
        const taken = used.filter((ip) => ip !== '').map((one) => parseRange(one))
        const subnet = parsePrefix(spec.subnet)
        for (const ip of addresses(subnet))
          if (isHostAddress(subnet, ip)) expect(taken.some((part) => contains(part, ip))).toBe(true)
      }))
  })
}

describe('a lease of an earlier subnet', () => {
  it.each([
    ['stays where a host may have it', '10.66.1.9', '10.66.1.9'],
    ['does not stay where it is the network’s own address now', '10.66.1.0', '10.66.1.2'],
    ['does not stay where it is broadcast now', '10.66.1.255', '10.66.1.2'],
    ['does not stay where it is the gateway now', '10.66.1.1', '10.66.1.2'],
    ['does not stay outside', '10.66.2.9', '10.66.1.2'],
  ])('%s', (_, ip, expected) => {
    const spec = network({ subnet: '10.66.1.0/24', gateway: '10.66.1.1' })
    const requests = [{ container: at('a'), network: lan, ip: '' }]
    const held = [{ container: at('a'), network: lan, ip, mac: '' }]
    expect(given({ spec, requests, held }).leases.map((one) => one.ip)).toEqual([expected])
  })
})
