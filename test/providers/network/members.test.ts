import { expect, it } from 'vitest'
import type { ResourceAddress } from '../../../src/model/resource-address.ts'
import { awaitedMembers, deriveMembers } from '../../../src/providers/linux/network/members.ts'
import { containerSpec, networkSpec } from '../../specs.ts'
import { stackFolder } from '../../stack/support.ts'

const { load } = stackFolder()

it('every replica is found by its name, by its host name and as one of all', async () => {
  const { resources } = await load(
    'networks: { lan: { subnet: 10.1.0.0/24 } }\ncontainers: { my_app: { image: busybox, deploy: { replicas: 2 }, networks: { lan: { aliases: [web] } } }, one: { image: busybox } }',
  )
  const all = [...resources.values()]
  const containers = all.flatMap((one) => (one.kind === 'container' ? [one] : []))
  const networks = new Map(all.flatMap((one) => (one.kind === 'network' ? [[one.address, one.spec] as const] : [])))
  const members = deriveMembers(containers, networks).get('test/network/lan' as ResourceAddress)?.members ?? []
  expect(members.map(({ names }) => names)).toEqual([
    ['my_app.1', 'my_app', 'my-app', 'my-app-1', 'web'],
    ['my_app.2', 'my_app', 'my-app-2', 'web'],
    ['one'],
  ])
})

it('a member whose container another stack has not created yet stays, unless its address is used', () => {
  const lan: ResourceAddress = 'default/network/lan'
  const on = (address: ResourceAddress, ipv4_address: string) => ({
    address,
    spec: containerSpec({ networks: [{ network: lan, aliases: [], static: false, ipv4_address, mac: '' }] }),
  })
  const web = on('a/container/web', '10.1.0.2')
  const networks = new Map([[lan, networkSpec()]])
  const recorded = new Map([
    [lan, { ...networkSpec(), ...deriveMembers([web, on('b/container/app', '10.1.0.3')], networks).get(lan) }],
  ])
  const awaited = awaitedMembers(recorded, (container) => container === 'b/container/app')
  const namesWith = (...containers: Parameters<typeof deriveMembers>[0]) =>
    deriveMembers(containers, networks, awaited).get(lan)
  expect(namesWith(web)).toEqual(deriveMembers([web, on('b/container/app', '10.1.0.3')], networks).get(lan))
  expect(namesWith(web, on('a/container/new', '10.1.0.3'))?.members.map(({ container }) => container)).toEqual([
    'a/container/new',
    'a/container/web',
  ])
  expect(awaitedMembers(recorded, () => false).size).toBe(0)
})
