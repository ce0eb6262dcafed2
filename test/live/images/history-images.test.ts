import { expect, it } from 'vitest'
import { instanceWithRegistry } from '../hooks.ts'
import { buildImage } from './registry.ts'

const { registry, instance } = instanceWithRegistry()

const stack = (version: string): void => {
  buildImage(registry, 'shop/app', { Env: [`VERSION=${version}`], Cmd: ['sleep', '1000'] })
  instance.stack(
    'containers:\n  app: { image: shop/app, pull_policy: always, network_mode: none, stop_grace_period: 0s }\n',
  )
}
const version = (): string => instance.exec('app', 'sh', '-c', 'echo $VERSION').trim()
const digests = (): readonly string[] =>
  (JSON.parse(instance.ok('image', 'ls', '--json')) as { images: { digest: string }[] }).images.map((one) => one.digest)

it('a rollback runs the exact image of that time, kept or pulled again by its digest', () => {
  stack('one')
  instance.apply()
  const [first] = digests()
  stack('two')
  instance.apply()
  expect(version()).toBe('two')
  expect(digests()).toHaveLength(2)
  // What a rollback needs is not unused.
  instance.ok('image', 'rm', '--unused')
  expect(digests()).toContain(first)
  instance.ok('image', 'rm', '--unused', '--all')
  expect(digests()).not.toContain(first)
  instance.ok('rollback', '--yes')
  expect(version()).toBe('one')
  expect(digests()).toContain(first)
  instance.ok('rollback', '2', '--yes')
  expect(version()).toBe('two')
})

it('a digest that was not known when the run began is recorded when it ends', () => {
  // Podman reaches this registry through a proxy that HeroPods does not use: the registry itself.
  const proxy = { HTTP_PROXY: `http://127.0.0.1:${registry.port}` }
  Object.assign(instance.environment, proxy)
  instance.write(
    'mine.yaml',
    'apiVersion: heropods/v1\nkind: Stack\nmetadata: { name: mine }\ncontainers:\n  own: { image: "198.51.100.2/shop/app:latest", network_mode: none, stop_grace_period: 0s }\n',
  )
  expect(instance.ok('diff', 'mine.yaml')).toContain('known after apply')
  instance.apply('mine.yaml')
  const { patch } = JSON.parse(instance.ok('diff', '@4', '@5', '--json')) as { patch: { value: object }[] }
  expect(JSON.stringify(patch)).not.toContain('known after apply')
  expect(JSON.stringify(patch)).toMatch(/"image_digest":"sha256:[0-9a-f]{64}"/)
  instance.ok('destroy', 'mine', '--yes')
  expect(instance.heropods(['rollback', '5', '--stack', 'mine', '--yes']).stdout).not.toContain('known after apply')
  expect(instance.exec('own', 'sh', '-c', 'echo $VERSION').trim()).toBe('two')
  // It was pulled for HeroPods alone: podman's storage is as it was.
  expect(registry.podman('images', '--quiet')).toBe('')
})
