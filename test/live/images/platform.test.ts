import { beforeAll, expect, it } from 'vitest'
import { hostArchitecture } from '../../../src/model/kinds/images/platform.ts'
import { instanceWithRegistry } from '../hooks.ts'
import { buildForPlatforms, buildImage } from './registry.ts'

const { registry, instance } = instanceWithRegistry()
const own = `linux/${hostArchitecture(process.arch)}`
const other = own === 'linux/arm64' ? 'linux/s390x' : 'linux/arm64'

beforeAll(() => {
  buildForPlatforms(registry, 'library/multi', [own, other])
  buildImage(registry, 'library/single', { Cmd: ['sleep', '1000'] })
})

const errorsOf = (...args: string[]): readonly { code: string; message: string; hint: string }[] =>
  (JSON.parse(instance.heropods([...args, '--json']).stdout) as { errors: [] }).errors

const platformsUnpacked = (): (string | undefined)[] => {
  const { images } = JSON.parse(instance.ok('image', 'ls', '--json')) as { images: { digest: string }[] }
  return images.map(
    ({ digest }) =>
      (JSON.parse(instance.ok('image', 'info', digest, '--json')) as { config: { Platform?: string } }).config.Platform,
  )
}
const runs = (platform: string): string => `
containers:
  test: { image: multi, platform: ${platform}, network_mode: none, stop_grace_period: 0s }
`

it('pulls the image of a platform, beside that of the host', () => {
  instance.ok('image', 'pull', 'multi')
  expect(platformsUnpacked()).toEqual([own])
  instance.ok('image', 'pull', 'multi', '--platform', other)
  expect(platformsUnpacked().sort()).toEqual([own, other].sort())
  expect(instance.ok('image', 'pull', 'multi', '--platform', other)).toContain('up to date')
  instance.ok('image', 'rm', '--unused', '--all')
  expect(registry.podman('images', '--quiet')).toBe('')
})

it('is refused where the image or the host does not have the platform', () => {
  expect(errorsOf('image', 'pull', 'multi', '--platform', 'linux/riscv64')).toMatchObject([
    {
      code: 'image-platform',
      message: 'docker.io/library/multi:latest has no image for linux/riscv64.',
      hint: expect.stringMatching(`${own}.*${other}|${other}.*${own}`),
    },
  ])
  expect(errorsOf('image', 'pull', 'single', '--platform', other)).toMatchObject([
    { code: 'image-platform', hint: expect.stringContaining(`It has ${own}.`) },
  ])
  expect(errorsOf('image', 'pull', 'multi', '--platform', 'windows/amd64')).toMatchObject([{ code: 'usage' }])
  instance.stack(runs(other))
  expect(errorsOf('diff', 'test.yaml')).toMatchObject([
    { code: 'image-platform', message: expect.stringContaining(`Its image is for ${other}`) },
  ])
  instance.stack(runs('linux/pdp11'))
  expect(errorsOf('diff', 'test.yaml')).toMatchObject([{ code: 'invalid' }])
})

it('is a field of the plan; another platform is another digest', () => {
  instance.stack(runs(own))
  expect(instance.ok('diff', 'test.yaml')).toContain(`+ platform: ${own}`)
  instance.apply()
  expect(instance.exec('test', 'cat', '/platform')).toBe(`${own}\n`)
  expect(instance.steps()).toEqual([])
  expect(instance.ok('config', 'test.yaml')).toContain(`platform: ${own}`)
})

it('keeps an image for another platform that no container uses', () => {
  instance.stack(`${runs(own)}images: { foreign: { ref: multi, platform: ${other} } }\n`)
  instance.apply()
  expect(platformsUnpacked().sort()).toEqual([own, other].sort())
  expect(instance.steps()).toEqual([])
  expect(instance.exec('test', 'cat', '/platform')).toBe(`${own}\n`)
})
