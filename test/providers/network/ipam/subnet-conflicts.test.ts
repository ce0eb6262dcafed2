import { describe, expect, it } from 'vitest'
import { parseRange } from '../../../../src/model/ip/text.ts'
import type { ResourceAddress } from '../../../../src/model/resource-address.ts'
import { subnetConflicts } from '../../../../src/providers/linux/network/ipam/subnet-conflicts.ts'
import { network } from '../specs.ts'

const route = (destination: string, device: string) => ({ prefix: parseRange(destination), destination, device })

function conflicts(
  subnets: Readonly<Record<string, string>>,
  more: { readonly existing?: readonly string[]; readonly routes?: readonly ReturnType<typeof route>[] } = {},
): readonly string[] {
  const { existing = [], routes = [] } = more
  const names = Object.keys(subnets)
  const networks = new Map(
    names.map((name) => [
      `s/network/${name}` as ResourceAddress,
      network({ bridge: `hp${name}`, subnet: subnets[name] ?? '' }),
    ]),
  )
  const owners = new Map([['hpother', 's/network/x of the instance "b"']])
  const exists = (address: ResourceAddress): boolean => existing.includes(address.slice('s/network/'.length))
  const added = [...networks.keys()].filter((address) => !exists(address))
  return subnetConflicts(added, { networks, routes, owners, exists }).map(({ message }) => message)
}

describe('a new subnet', () => {
  it('may be beside others, and inside the default route', () =>
    expect(conflicts({ a: '10.1.0.0/24', b: '10.1.1.0/24' }, { routes: [route('0.0.0.0/0', 'eth0')] })).toEqual([]))

  it('that overlaps another new one is one error, for the later', () =>
    expect(conflicts({ a: '10.1.0.0/16', b: '10.1.1.0/24' })).toEqual([
      's/network/b (10.1.1.0/24) overlaps s/network/a (10.1.0.0/16).',
    ]))

  it('that overlaps an existing one is an error of the new one', () =>
    expect(conflicts({ a: '10.1.0.0/16', b: '10.1.1.0/24' }, { existing: ['b'] })).toEqual([
      's/network/a (10.1.0.0/16) overlaps s/network/b (10.1.1.0/24).',
    ]))

  it('may be on a route of its own bridge, and on no other', () => {
    const routes = [route('10.1.0.0/24', 'hpa'), route('10.1.0.128/25', 'eth0'), route('10.1.0.7', 'tun0')]
    expect(conflicts({ a: '10.1.0.0/24' }, { routes: routes.slice(0, 1) })).toEqual([])
    expect(conflicts({ a: '10.1.0.0/24' }, { routes })).toEqual([
      's/network/a (10.1.0.0/24) overlaps the route to 10.1.0.128/25 on eth0.',
    ])
  })

  it('on a bridge of another instance is an error with its owner', () =>
    expect(conflicts({ a: '10.1.0.0/24' }, { routes: [route('10.1.0.0/24', 'hpother')] })).toEqual([
      's/network/a (10.1.0.0/24) overlaps s/network/x of the instance "b".',
    ]))

  it('is compared with thousands of others', () => {
    const many = Object.fromEntries(
      Array.from(
        { length: 5000 },
        (_, position) => [`n${position}`, `10.${position >> 8}.${position & 255}.0/24`] as const,
      ),
    )
    expect(conflicts(many)).toEqual([])
  })
})
