import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hostState, Instance, sh } from '../support.ts'

/** A folder of the host that the images below point to; they have one of the same name, so that links to it lead somewhere inside. */
const victim = mkdtempSync('/tmp/hp-victim-')
const name = victim.slice('/tmp/'.length)

interface Odd {
  /** Shell commands that are run in the image's root. */
  readonly make: string
  /** What the error says; undefined: it runs. */
  readonly error?: string
  readonly more?: string
}

const images: Readonly<Record<string, Odd>> = {
  'dev-link': { make: `ln -s ${victim} dev`, error: 'a link in place of the folder /dev' },
  'dev-file': { make: 'touch dev', error: 'a file in place of the folder /dev' },
  'proc-link': { make: `ln -s ${victim} proc`, error: 'a link in place of the folder /proc' },
  'proc-file': { make: 'touch proc', error: 'a file in place of the folder /proc' },
  'sys-link': { make: `ln -s tmp/${name} sys`, error: 'a link in place of the folder /sys' },
  'sys-file': { make: 'touch sys', error: 'a file in place of the folder /sys' },
  'etc-file': { make: 'touch etc', error: 'a file in place of the folder /etc' },
  'hosts-folder': { make: 'mkdir -p etc/hosts', error: 'a folder in place of the file /etc/hosts' },
  'resolv-circle': {
    make: 'mkdir etc; ln -s resolv.conf etc/resolv.conf',
    error: 'links at /etc/resolv.conf that form a loop',
  },
  'resolv-magic': {
    make: `mkdir etc; ln -s /proc/1/root${victim}/resolv.conf etc/resolv.conf`,
    error: 'links that lead from /etc/resolv.conf, where something is mounted, to /proc/1/root',
  },
  'run-file': { make: 'touch run', error: 'a file in place of the folder /run', more: 'secrets: [word]' },
  'link-to-dev': {
    make: 'ln -s dev data; mkdir dev',
    error: 'links that lead from /data, where something is mounted, to /dev',
    more: `volumes: ["${victim}:/data"]`,
  },
  'etc-link': { make: `ln -s ${victim} etc` },
  'etc-link-to-nothing': { make: 'ln -s /no/folder etc' },
  'resolv-link': { make: `mkdir etc; ln -s ${victim}/resolv.conf etc/resolv.conf` },
  'run-link': { make: `ln -s ${victim} run`, more: 'secrets: [word]' },
}
const odd = Object.entries(images)
let instance: Instance
let before: string

beforeAll(() => {
  before = hostState()
  instance = new Instance()
  writeFileSync(join(victim, 'ptmx'), '')
  for (const [image, { make }] of odd) {
    const root = join(instance.base, image)
    mkdirSync(join(root, 'bin'), { recursive: true })
    mkdirSync(join(root, victim), { recursive: true })
    sh('cp', '/bin/busybox', join(root, 'bin/busybox'))
    for (const applet of ['sh', 'sleep', 'cat']) sh('ln', '-s', 'busybox', join(root, 'bin', applet))
    sh('sh', '-c', `cd "$1" && ${make}`, 'sh', root)
    sh('tar', '-czf', `${root}.tgz`, '-C', root, '.')
  }
  const stated = odd.map(([image, { more }]) => {
    const fields = `image: ${image}, command: [sleep, "1000"], network_mode: none, stop_grace_period: 0s`
    return `  ${image}: { ${fields}${more ? `, ${more}` : ''} }\n`
  })
  const archives = odd.map(([image]) => `  ${image}: { archive: ./${image}.tgz }\n`)
  instance.stack(`images:\n${archives.join('')}secrets: { word: { content: hidden } }\ncontainers:\n${stated.join('')}`)
})
afterAll(() => {
  instance.end()
  rmSync(victim, { recursive: true })
  expect(hostState()).toBe(before)
})

describe('an image whose folders are links or files', () => {
  it('runs where they lead to what is inside of it, and ends in a clear error where not', () => {
    const { code, stdout, stderr } = instance.heropods(['apply', '--yes', 'test.yaml'])
    expect(code).toBe(1)
    const said = `${stdout}${stderr}`
    for (const [image, { error }] of odd) {
      if (error === undefined) expect(said, image).toContain(`✓ test/container/${image} created`)
      else expect(said, image).toMatch(new RegExp(`image-unusable.*/${image} cannot run: .* has ${error}`))
    }
    expect(said).not.toContain('container-not-created')
  })

  it('leads nothing out of its root', () => {
    expect(readdirSync(victim)).toEqual(['ptmx'])
    expect(instance.exec('etc-link', 'cat', '/etc/hostname')).toBe('etc-link\n')
    expect(instance.exec('etc-link-to-nothing', 'cat', '/no/folder/hostname')).toBe('etc-link-to-nothing\n')
    expect(instance.exec('resolv-link', 'cat', `${victim}/resolv.conf`)).toBe('')
    expect(instance.exec('run-link', 'cat', '/run/secrets/word')).toBe('hidden')
  })

  it('is refused before anything is touched once it is here', () => {
    const { code, stderr } = instance.heropods(['apply', '--yes', 'test.yaml'])
    expect(code).toBe(3)
    for (const [image, { error }] of odd)
      expect(stderr.includes(`container/${image} cannot run`)).toBe(error !== undefined)
  })
})
