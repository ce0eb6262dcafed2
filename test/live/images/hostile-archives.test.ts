import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clearedInstance } from '../hooks.ts'
import { sh } from '../support.ts'
import { hostileArchives } from './hostile-archives.ts'
import { type TarEntry, writeTar } from './tar-writer.ts'

const instance = clearedInstance()
const archive = join(instance.base, 'hostile.tar')
const outside = join(instance.base, 'outside')

/** Every file outside the images, with mode, links, size and time. */
const around = (): string =>
  sh(
    'find',
    instance.base,
    '-not',
    '-path',
    `${instance.base}/data*`,
    '-not',
    '-path',
    `${instance.base}/run*`,
    '-not',
    '-path',
    archive,
    '-not',
    '-path',
    instance.base,
    '-printf',
    '%p %y %m %n %s %T@ %C@\n',
  )
const unpacked = (): readonly string[] => readdirSync(join(instance.data, 'images')).filter((name) => name !== 'names')

beforeAll(() => {
  mkdirSync(join(outside, 'keep'), { recursive: true })
  writeFileSync(join(outside, 'secret'), 'of the host')
})

/** An image in layers, as `docker save` writes it. */
function writeImage(entries: Iterable<TarEntry>): void {
  const layer = join(instance.base, 'layer.tar')
  writeTar(layer, entries)
  const content = readFileSync(layer)
  rmSync(layer)
  const rootfs = { type: 'layers', diff_ids: [`sha256:${createHash('sha256').update(content).digest('hex')}`] }
  const config = { architecture: 'amd64', os: 'linux', config: { Cmd: ['/x'] }, rootfs }
  writeTar(archive, [
    { name: 'config.json', content: JSON.stringify(config) },
    { name: 'layer.tar', content },
    {
      name: 'manifest.json',
      content: JSON.stringify([{ Config: 'config.json', RepoTags: null, Layers: ['layer.tar'] }]),
    },
  ])
}

describe('a layer with', () => {
  // Podman takes some of these images apart safely; the next tests begin without them.
  afterAll(() => void instance.ok('instance', 'rm', 'default', '--delete-data'))

  it('sparse files of a terabyte is refused before podman unpacks it', () => {
    const bombs = hostileArchives.find(({ name }) => name === 'sparse files of a terabyte')
    writeImage(bombs?.entries(outside) ?? [])
    const before = around()
    const { code, stderr } = instance.heropods(['image', 'import', 'hostile.tar'])
    expect([code, stderr]).toEqual([1, expect.stringMatching(/archive-too-large.*The layers of the image/)])
    expect(around()).toBe(before)
    expect(sh('find', instance.base, '-path', '*rootfs*')).toBe('')
  })

  it.each(hostileArchives.filter(({ name }) => /climbs|link|absolute/.test(name)))(
    '$name stays inside its root',
    ({ entries }) => {
      writeImage(entries(outside))
      const before = around()
      instance.heropods(['image', 'import', 'hostile.tar', '--replace'])
      expect(around()).toBe(before)
    },
  )
})

describe('an archive with', () => {
  it.each(hostileArchives.filter((one) => one.refused !== undefined))('$name is refused', ({ entries, refused }) => {
    writeTar(archive, entries(outside))
    const before = around()
    const { code, stderr } = instance.heropods(['image', 'import', 'hostile.tar', '--replace'])
    expect([code, stderr]).toEqual([3, expect.stringMatching(refused ?? /never/)])
    expect(stderr).not.toContain('\u001b')
    expect(around()).toBe(before)
    // Nothing of the instance is left, since nothing was unpacked.
    expect(existsSync(instance.data)).toBe(false)
  })

  it.each(hostileArchives.filter((one) => one.refused === undefined))('$name stays inside its root', ({ entries }) => {
    writeTar(archive, entries(outside))
    const before = around()
    const { digest } = JSON.parse(instance.ok('image', 'import', 'hostile.tar', '--replace', '--json'))
    expect(around()).toBe(before)
    const root = join(instance.data, 'images', digest.slice(7), 'rootfs')
    expect(statSync(instance.data).mode & 0o077).toBe(0)
    expect(sh('find', root, '-type', 'b', '-o', '-type', 'c')).toBe('')
    const attributes = execFileSync(
      'tar',
      ['--format=posix', '--xattrs', '--xattrs-include=*', '-cf', '-', '-C', root, '.'],
      { maxBuffer: 2 ** 30 },
    )
    expect(attributes.includes('SCHILY.xattr.trusted')).toBe(false)
    instance.ok('image', 'rm', digest)
    expect(unpacked()).toEqual([])
  })

  it('a FIFO as passwd stops no command', () => {
    writeTar(archive, [
      { name: 'etc/passwd', type: '6' },
      { name: 'bin/true', content: '#!' },
    ])
    instance.ok('image', 'import', 'hostile.tar', '--replace')
    instance.stack(
      'containers:\n  test: { image: localhost/hostile, user: web, command: [/bin/true], network_mode: none }\n',
    )
    const { code, stderr } = instance.heropods(['apply', '--yes', 'test.yaml'])
    expect([code, stderr]).toEqual([3, expect.stringMatching(/user.*web|web.*user/i)])
  })
})
