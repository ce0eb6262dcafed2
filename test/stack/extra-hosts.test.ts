import { expect, it } from 'vitest'
import { renderHosts } from '../../src/providers/linux/network/names/render-hosts.ts'
import { canonicalDocument } from '../../src/stack/canonical.ts'
import { stackFolder } from './support.ts'

const { container, problems, load } = stackFolder()
const head = 'networks: { lan: { subnet: 10.1.0.0/24 } }\n'
const hostsOf = async (stated: string) =>
  (await container(`${head}containers: { a: { image: busybox, extra_hosts: ${stated} } }`)).extra_hosts

it('a name may have several addresses, in order, in both forms', async () => {
  const expected = { queue: ['192.0.2.12', '192.0.2.11'], dual: ['192.0.2.20', '2001:db8::20'] }
  expect(await hostsOf('["queue=192.0.2.12", "queue:192.0.2.11", "dual:192.0.2.20", "dual:2001:db8::20"]')).toEqual(
    expected,
  )
  expect(await hostsOf('{ queue: [192.0.2.12, 192.0.2.11], dual: [192.0.2.20, "[2001:db8::20]"] }')).toEqual(expected)
})

it('an address that is written again keeps its first place', async () => {
  expect(await hostsOf('["queue=192.0.2.12", "queue=192.0.2.11", "queue=192.0.2.12"]')).toEqual({
    queue: ['192.0.2.12', '192.0.2.11'],
  })
})

it('one address is kept as it was in older records', async () => {
  expect(await hostsOf('["one=192.0.2.1", "one=192.0.2.1", "six=[2001:db8::1]"]')).toEqual({
    one: '192.0.2.1',
    six: '2001:db8::1',
  })
})

it('the hosts file has a line for each address; the order of names has no meaning', () => {
  const lines = '192.0.2.9\ta\n192.0.2.2\tb\n2001:db8::1\tb\n'
  expect(renderHosts([], { b: ['192.0.2.2', '2001:db8::1'], a: '192.0.2.9' })).toContain(lines)
  expect(renderHosts([], { a: '192.0.2.9', b: ['192.0.2.2', '2001:db8::1'] })).toContain(lines)
})

it('an overlay replaces the addresses of a name, whichever forms are used', async () => {
  const overlay =
    '---\napiVersion: heropods/v1\nkind: Overlay\nmetadata: { name: test }\ncontainers: { a: { extra_hosts: { b: 192.0.2.9 } } }\n'
  const spec = await container(
    `containers: { a: { image: busybox, extra_hosts: ["a:192.0.2.1", "b:192.0.2.2", "b:192.0.2.3"] } }\n${overlay}`,
  )
  expect(spec.extra_hosts).toEqual({ a: '192.0.2.1', b: '192.0.2.9' })
})

it('the canonical form has all of them', async () => {
  const stack = await load(
    `${head}containers: { a: { image: busybox, extra_hosts: ["q=192.0.2.1", "q=host-gateway", "g=host-gateway"] } }`,
  )
  expect(canonicalDocument(stack)).toMatchObject({
    containers: { a: { extra_hosts: { q: ['192.0.2.1', 'host-gateway'], g: 'host-gateway' } } },
  })
})

it('what is not an address is refused', async () => {
  for (const stated of ['["a=nowhere"]', '["a=[192.0.2.300]"]', '{ a: [192.0.2.1, nowhere] }', '["a"]'])
    expect((await problems(`containers: { a: { image: busybox, extra_hosts: ${stated} } }`)).join()).toContain(
      'The extra host "a"',
    )
})
