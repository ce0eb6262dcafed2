import { expect, it } from 'vitest'
import type { ResourceAddress } from '../../../src/model/resource-address.ts'
import { runInNewSlot, runOf } from '../../../src/model/run.ts'
import { attachmentOf } from '../../../src/providers/linux/container/interfaces.ts'
import { networkDrivers } from '../../../src/providers/linux/network/driver-registry.ts'
import { allocate } from '../../../src/providers/linux/network/ipam/allocate.ts'
import { deriveMembers } from '../../../src/providers/linux/network/members.ts'
import { containerSpec, networkSpec } from '../../specs.ts'

const paths = { instance: 'default', id: '0a1b2c3d', data: '/data', run: '/run' }
const web: ResourceAddress = 's/container/web'
const lan: ResourceAddress = 's/network/lan'
const networks = new Map([[lan, networkSpec()]])
const first = runOf(web, 3)
const second = runInNewSlot(first)

const request = (container: ResourceAddress) => ({ container, network: lan, ip: '' })
const { leases: held } = allocate(networks, [request(first.slot)], [])
const { leases, errors } = allocate(networks, [first.slot, second.slot].map(request), held)
const runs = leases.map(({ container, network, ip, mac }) => {
  const attachment = { network, aliases: ['www'], static: false, ipv4_address: ip, mac }
  return { address: container, spec: containerSpec({ networks: [attachment] }) }
})

it('two runs of one container have an address each; the earlier one keeps its own', () => {
  expect(errors).toEqual([])
  expect(leases[0]).toEqual(held[0])
  expect(leases.map((lease) => lease.container)).toEqual([first.slot, second.slot])
  expect(new Set(leases.map((lease) => lease.ip)).size).toBe(2)
  expect(new Set(leases.map((lease) => lease.mac)).size).toBe(2)
})

it('are two members with the names of their container, which lead to both addresses', () => {
  const derived = deriveMembers(runs, networks).get(lan)
  expect(derived?.members.map((one) => one.container)).toEqual([first.slot, second.slot])
  for (const { names } of derived?.members ?? []) expect(names).toEqual(['web', 'www'])
  const [hosts = ''] = Object.values(derived?.hosts ?? {})
  for (const { ip } of leases) expect(hosts).toContain(`${ip}\tweb www\n`)
})

it('have links and namespaces of their own', () => {
  const lines = runs.map(({ address, spec }) =>
    attachmentOf(address, spec, networks).interfaces.flatMap((one) =>
      (networkDrivers.bridge?.connect(paths, address, one) ?? []).map((line) => line.split(' ')),
    ),
  )
  const named = (word: string) => lines.map((all) => all.map((line) => line[line.indexOf(word) + 1]).at(0))
  for (const word of ['name', 'netns', 'address']) expect(new Set(named(word)).size).toBe(2)
})
