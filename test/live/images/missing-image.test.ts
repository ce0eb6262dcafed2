import { expect, it } from 'vitest'
import { instanceWithRegistry } from '../hooks.ts'
import { buildImage } from './registry.ts'

const { registry, instance } = instanceWithRegistry()
const tag = (version: string): string => `127.0.0.1:${registry.port}/shop/app:${version}`
const fields = 'command: [sleep, "1000"], stop_grace_period: 0s'
const shop = (version: string, subnet: string, more = ''): string =>
  instance.stack(
    `networks: { lan: { subnet: ${subnet} } }\ncontainers:\n  app: { image: "${tag(version)}", ${fields}, networks: [lan] }\n${more}`,
    'shop',
  )

it('an image that its registry does not have: the plan says so, and an apply touches nothing', () => {
  buildImage(registry, 'shop/app', {}, '1')
  shop('1', '10.75.0.0/24', `  other: { image: busybox, ${fields}, network_mode: none }\n`)
  instance.apply('shop.yaml')
  const before = instance.pids()
  // Without `other`, with another subnet and a tag that was never pushed.
  shop('9.9', '10.76.0.0/24')
  const missing = `warning[image-not-found] 127.0.0.1:${registry.port} has no image shop/app:9.9.`
  expect(instance.heropods(['diff', 'shop.yaml'])).toMatchObject({ code: 0, stderr: expect.stringContaining(missing) })
  const { code, stdout } = instance.heropods(['apply', '--yes', 'shop.yaml'])
  expect([code, stdout]).toEqual([1, expect.stringContaining('image-pull-failed')])
  expect(instance.pids()).toEqual(before)
  const changed = instance.steps('shop.yaml').map(({ address }) => address)
  expect(changed).toContain('shop/container/other')
  expect(changed).toContain('shop/network/lan')
  buildImage(registry, 'shop/app', {}, '9.9')
  instance.apply('shop.yaml')
  expect(instance.steps('shop.yaml')).toEqual([])
})

it('a registry that asks for nothing but does not answer is not said to lack an image', () => {
  instance.stack(`containers:\n  away: { image: "127.0.0.1:1/none:1", ${fields}, network_mode: none }\n`, 'away')
  const { stderr } = instance.heropods(['diff', 'away.yaml'])
  expect(stderr).not.toContain('image-not-found')
})
