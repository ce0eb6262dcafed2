import { expect, it } from 'vitest'
import type { ResourceAddress } from '../../../src/model/resource-address.ts'
import { deriveMembers } from '../../../src/providers/linux/network/members.ts'
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
