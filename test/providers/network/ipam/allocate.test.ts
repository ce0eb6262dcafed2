import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PrefixIndex } from '../../../../src/model/ip/prefix-index.ts'
import { formatPrefix, parsePrefix } from '../../../../src/model/ip/text.ts'
import type { NetworkSpec } from '../../../../src/model/kinds/network.ts'
import type { Lease } from '../../../../src/model/lease.ts'
import type { ResourceAddress } from '../../../../src/model/resource-address.ts'
import { type AddressRequest, allocate } from '../../../../src/providers/linux/network/ipam/allocate.ts'
import { freeSubnets } from '../../../../src/providers/linux/network/ipam/subnet-auto.ts'
import { lan, network } from '../specs.ts'

const address = (name: string): ResourceAddress => `s/container/${name}`
const request = (name: string, ip = ''): AddressRequest => ({ container: address(name), network: lan, ip })
const lease = (name: string, ip: string) => ({ container: address(name), network: lan, ip, mac: '' })
const given = (
  requests: readonly AddressRequest[],
  held: readonly ReturnType<typeof lease>[] = [],
  spec: Partial<NetworkSpec> = {},
) => {
  const { leases, errors } = allocate(new Map([[lan, network(spec)]]), requests, held)
  return { ips: leases.map(({ ip }) => ip.replace('10.66.0.', '.')), codes: errors.map(({ code }) => code), errors }
}

describe('addresses of containers', () => {
  it('are the lowest free ones, and never the gateway’s', () => {
    expect(given([request('a'), request('b')]).ips).toEqual(['.2', '.3'])
    expect(given([request('a'), request('b')], [], { gateway: '10.66.0.2' }).ips).toEqual(['.1', '.3'])
  })

  it('stay with who has them', () => {
    expect(given([request('a'), request('b')], [lease('b', '10.66.0.2'), lease('gone', '10.66.0.3')]).ips).toEqual([
      '.3',
      '.2',
    ])
  })

  it('that are stated are kept free for who states them', () =>
    expect(given([request('a'), request('b', '10.66.0.2')], [lease('a', '10.66.0.2')]).ips).toEqual(['.3', '.2']))

  it('that are excluded are for stating only', () => {
    const exclude = ['10.66.0.0/29', '10.66.0.9']
    expect(given([request('a'), request('b'), request('c', '10.66.0.9')], [], { exclude }).ips).toEqual([
      '.8',
      '.10',
      '.9',
    ])
  })

  const faults: readonly (readonly [string, readonly AddressRequest[]])[] = [
    ['outside of the subnet', [request('a', '10.67.0.2')]],
    ['the network itself', [request('a', '10.66.0.0')]],
    ['broadcast', [request('a', '10.66.0.255')]],
    ['the gateway', [request('a', '10.66.0.1')]],
  ]
  for (const [what, requests] of faults)
    it(`cannot be ${what}`, () => expect(given(requests).codes).toEqual(['bad-address']))

  it('cannot be of two', () =>
    expect(given([request('a', '10.66.0.7'), request('b', '10.66.0.7')]).codes).toEqual(['bad-address', 'bad-address']))

  it('end, and then that is said', () => {
    const requests = ['a', 'b', 'c'].map((name) => request(name))
    expect(given(requests, [], { subnet: '10.66.0.0/30' })).toMatchObject({
      ips: ['.2'],
      codes: ['network-subnet-exhausted', 'network-subnet-exhausted'],
    })
  })

  it('are not had on a network that does not exist', () =>
    expect(given([{ ...request('a'), network: 's/network/none' }]).codes).toEqual(['unknown-network']))

  it('are never given twice, whatever is held and stated', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f']
    const last = fc.integer({ min: 1, max: 14 }).map((value) => `10.66.0.${value}`)
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(...names)),
        fc.array(fc.tuple(fc.constantFrom(...names), last)),
        (wanting, held) => {
          const { ips } = given(
            wanting.map((name) => request(name)),
            held.map(([name, ip]) => lease(name, ip)),
            { subnet: '10.66.0.0/28' },
          )
          expect(new Set(ips).size).toBe(wanting.length)
          expect(ips).not.toContain('.1')
        },
      ),
    )
  })

  it('have a MAC that goes with the address, so that neighbours find whoever gets it next', () => {
    const macs = (name: string, held: readonly Lease[]) =>
      allocate(new Map([[lan, network()]]), [{ container: address(name), network: lan, ip: '' }], held).leases.map(
        ({ ip, mac }) => [ip, mac],
      )
    expect(macs('a', [])).toEqual([['10.66.0.2', '02:68:0a:42:00:02']])
    expect(macs('b', [])).toEqual(macs('a', []))
    // A container of an earlier version keeps the one it runs with.
    const old = { ...lease('a', '10.66.0.2'), mac: '02:aa:bb:cc:dd:ee' }
    expect(macs('a', [old])).toEqual([['10.66.0.2', '02:aa:bb:cc:dd:ee']])
    expect(macs('a.1', [old])).toEqual([['10.66.0.2', '02:aa:bb:cc:dd:ee']])
    expect(macs('b', [old])).toEqual([['10.66.0.2', '02:68:0a:42:00:02']])
  })
})

describe('a large network', () => {
  it('of IPv6 has the same rules, and is not listed', () => {
    const spec = { subnet: 'fd00:1::/64', gateway: 'fd00:1::1', exclude: ['fd00:1::/96', 'fd00:1::1:0:0'] }
    const { leases } = allocate(new Map([[lan, network(spec)]]), [request('a'), request('b', 'fd00:1::7')], [])
    expect(leases.map(({ ip, mac }) => [ip, mac])).toEqual([
      ['fd00:1::1:0:1', '02:68:00:00:00:01'],
      ['fd00:1::7', '02:68:00:00:00:07'],
    ])
  })

  it('of which nearly all is excluded is searched range by range', () => {
    const exclude = ['10.0.0.0/9', '10.128.0.0/10', '10.192.0.0/11']
    const { leases } = allocate(new Map([[lan, network({ subnet: '10.0.0.0/8', exclude })]]), [request('a')], [])
    expect(leases.map(({ ip }) => ip)).toEqual(['10.224.0.0'])
  })
})

describe('an automatic subnet', () => {
  const free = (...taken: string[]): string => {
    const index = new PrefixIndex<undefined>()
    for (const text of taken) index.add(parsePrefix(text), undefined)
    const { value } = freeSubnets(index).next()
    return value ? formatPrefix(value) : 'none'
  }
  it('is the first /24 that nothing covers', () => {
    expect(free()).toBe('10.89.0.0/24')
    expect(free('10.89.0.128/25')).toBe('10.89.1.0/24')
    expect(free('10.88.0.0/15')).toBe('10.90.0.0/24')
    expect(free('10.0.0.0/8')).toBe('172.20.0.0/24')
    expect(free('10.0.0.0/8', '172.16.0.0/12')).toBe('192.168.0.0/24')
  })
  it('is none where everything is covered', () => {
    expect(free('10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16')).toBe('none')
    expect(free('0.0.0.0/0')).toBe('none')
  })
})
