import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { instanceWithRegistry } from '../hooks.ts'
import { buildImage } from './registry.ts'

const { registry, instance } = instanceWithRegistry({ login: true })
const authFile = join(registry.base, 'auth.json')

/** As `podman login` writes it. */
const login = (password: string, name: string): void =>
  writeFileSync(
    authFile,
    JSON.stringify({ auths: { [name]: { auth: Buffer.from(`user:${password}`).toString('base64') } } }),
  )

beforeAll(() => {
  // Of podman's commands here, and of HeroPods.
  for (const environment of [registry.environment, instance.environment])
    Object.assign(environment, { REGISTRY_AUTH_FILE: authFile })
  login('word', `127.0.0.1:${registry.port}`)
  buildImage(registry, 'shop/app', { Cmd: ['sleep', '1000'] })
})

const stack = (name: string, ref: string): void => {
  instance.stack(`containers:\n  ${name}: { image: "${ref}", network_mode: none, stop_grace_period: 0s }\n`, name)
}
describe('a registry that asks who one is', () => {
  it('gives an image to who has logged in, when it is planned and when it is pulled', () => {
    stack('known', `127.0.0.1:${registry.port}/shop/app`)
    expect(instance.ok('diff', 'known.yaml')).toMatch(/digest: [0-9a-f]{12}/)
    instance.apply('known.yaml')
    expect(instance.containers().get('known')?.state).toBe('running')
  })

  it('gives none to others, which is told with what to do', () => {
    login('wrong', `127.0.0.1:${registry.port}`)
    stack('closed', `127.0.0.1:${registry.port}/shop/app:other`)
    expect(instance.heropods(['diff', 'closed.yaml']).stderr).toMatch(
      /image-not-found\] 127\.0\.0\.1:\d+ denies access to the image shop\/app:other \(HTTP 401\)[\s\S]*podman login 127/,
    )
    stack('other', `127.0.0.1:${registry.port}/shop/app:latest@sha256:${'0'.repeat(64)}`)
    const { code, stdout } = instance.heropods(['apply', '--yes', 'other.yaml'])
    expect(code).toBe(1)
    expect(stdout).toMatch(/image-pull-failed[\s\S]*podman login/)
  })

  it('is asked with the credentials of the part of it that is meant', () => {
    instance.ok('destroy', 'known', '--yes')
    instance.ok('image', 'rm', '--unused', '--all')
    login('word', `127.0.0.1:${registry.port}/shop`)
    expect(instance.ok('diff', 'known.yaml')).toMatch(/digest: [0-9a-f]{12}/)
    instance.apply('known.yaml')
  })
})

it('a mirror is asked in place of the registry that it stands for', () => {
  stack('mirrored', 'mirrored.invalid/app')
  expect(instance.ok('diff', 'mirrored.yaml')).toMatch(/digest: [0-9a-f]{12}/)
  instance.ok('destroy', 'known', '--yes')
  instance.ok('image', 'rm', '--unused', '--all')
  instance.apply('mirrored.yaml')
  expect(instance.containers().get('mirrored')?.state).toBe('running')
})

it('a mirror that a file beside the settings names is asked as well', () => {
  const home = join(instance.base, 'home')
  instance.write(
    'home/.config/containers/registries.conf.d/10-ours.conf',
    `[[registry]]\nlocation = "dropped.invalid"\n[[registry.mirror]]\nlocation = "127.0.0.1:${registry.port}/shop"\ninsecure = true\n`,
  )
  stack('dropped', 'dropped.invalid/app')
  const { code, stdout } = instance.heropods(['diff', 'dropped.yaml'], { HOME: home })
  expect([code, stdout]).toEqual([0, expect.stringMatching(/digest: [0-9a-f]{12}/)])
})

it('settings that cannot be read are refused with their place', () => {
  instance.write('broken.conf', '[[registry]\n')
  stack('broken', 'mirrored.invalid/other')
  const { code, stderr } = instance.heropods(['diff', 'broken.yaml'], {
    CONTAINERS_REGISTRIES_CONF: join(instance.base, 'broken.conf'),
  })
  expect(code).toBe(3)
  expect(stderr).toMatch(/registry-settings.*broken\.conf cannot be read/)
})
