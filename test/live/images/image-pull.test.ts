import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { instanceWithRegistry } from '../hooks.ts'
import { cli } from '../support.ts'
import { buildImage } from './registry.ts'

const { registry, instance } = instanceWithRegistry({ login: true })
const authFile = join(registry.base, 'auth.json')
const host = `127.0.0.1:${registry.port}`
const login = (password: string): void =>
  writeFileSync(authFile, JSON.stringify({ auths: { [host]: { auth: btoa(`user:${password}`) } } }))
/** More than can be downloaded between two reports of progress. */
const largeBytes = 150_000_000

beforeAll(() => {
  for (const environment of [registry.environment, instance.environment])
    Object.assign(environment, { REGISTRY_AUTH_FILE: authFile })
  login('word')
  buildImage(registry, 'library/web', {
    Cmd: ['sleep', '1000'],
    Labels: { tier: 'front' },
    ExposedPorts: { '80/tcp': {} },
  })
  buildLarge()
})

function buildLarge(): void {
  const file = join(registry.base, 'large')
  execFileSync('dd', ['if=/dev/urandom', `of=${file}`, 'bs=1000000', `count=${largeBytes / 1_000_000}`], {
    stdio: 'ignore',
  })
  execFileSync('tar', ['-cf', `${file}.tar`, '-C', registry.base, 'large'])
  registry.podman('import', '--quiet', `${file}.tar`, `${host}/library/large`)
  registry.podman('push', '--quiet', '--tls-verify=false', `${host}/library/large`)
  registry.podman('rmi', `${host}/library/large`)
}

const results = (
  ...args: readonly string[]
): readonly { image: string; result: string; bytes?: number; total?: number; digest?: string }[] =>
  instance
    .ok('image', 'pull', ...args, '--json')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

describe('image pull', () => {
  it('downloads from a registry with a password, and says if there is nothing new', () => {
    expect(instance.ok('image', 'pull', 'web')).toMatch(
      /^pulling docker\.io\/library\/web:latest\ndocker\.io\/library\/web:latest pulled \(sha256:\w{12}\)\n$/,
    )
    expect(results('web')).toEqual([
      { image: 'docker.io/library/web:latest', digest: expect.stringMatching(/^sha256:\w{64}$/), result: 'up to date' },
    ])
    expect(registry.podman('images', '--quiet')).toBe('')
  })

  it('is listed with its source, size and time', () => {
    const { images } = JSON.parse(instance.ok('image', 'ls', '--json')) as {
      images: { from: string; source: string; size: number; created: string | null }[]
    }
    const web = images.find(({ from }) => from === 'docker.io/library/web:latest')
    expect(web).toMatchObject({ source: 'registry docker.io', created: expect.stringMatching(/^\d{4}-.*Z$/) })
    expect(web?.size).toBeGreaterThan(100_000)
    const [heading, ...rows] = instance.ok('image', 'ls').split('\n')
    expect(heading?.split(/ {2,}/)).toEqual(['DIGEST', 'FROM', 'SOURCE', 'SIZE', 'CREATED', 'USED BY', 'COMMAND'])
    expect(rows.join('\n')).toMatch(
      /^sha256:\w{12} +docker\.io\/library\/web:latest +registry docker\.io +\d+\.\d MiB +\S.*? +- +sleep 1000$/m,
    )
  })

  it('gives stacks an image without a registry, which stays until it is removed', () => {
    instance.stack(
      'containers:\n  test: { image: web, pull_policy: never, network_mode: none, stop_grace_period: 0s }\n',
    )
    instance.apply()
    instance.ok('destroy', 'test', '--yes')
    instance.ok('image', 'prune')
    expect(instance.steps().map(({ action }) => action)).toContain('create')
  })

  it('shows its progress as JSON', () => {
    const lines = results('large')
    expect(lines.at(-1)).toMatchObject({ image: 'docker.io/library/large:latest', result: 'pulled' })
    const bytes = lines.slice(0, -1).map((one) => one.bytes ?? 0)
    expect(bytes.some((some) => some > 1_000_000 && some <= largeBytes * 1.01)).toBe(true)
    expect(bytes).toEqual([...bytes].sort((left, right) => left - right))
    expect(lines.some(({ total }) => total !== undefined && total > largeBytes && total < largeBytes * 1.1)).toBe(true)
  })

  it('shows a table of several images on a terminal, which names the share that has arrived', async () => {
    for (const name of ['large', 'web']) instance.ok('image', 'rm', name)
    const tmux = (...args: string[]): string =>
      execFileSync('tmux', ['-S', `${instance.base}/tmux`, '-f', '/dev/null', ...args], {
        env: { ...instance.environment, TERM: 'xterm-256color', SHELL: '/bin/sh' },
        encoding: 'utf8',
      })
    const command = `${process.execPath} ${cli} image pull large web; sleep 60`
    tmux('new-session', '-d', '-x', '100', '-y', '30', 'sh', '-c', command)
    try {
      const screens = new Set<string>()
      const screen = (): string => {
        const text = tmux('capture-pane', '-p').trimEnd()
        screens.add(text)
        return text
      }
      await expect
        .poll(screen, { timeout: 60_000, interval: 50 })
        .toMatch(/^docker\.io\/library\/large:latest pulled \(sha256:\w{12}\)$/m)
      expect(screen().split('\n').sort()).toEqual([
        expect.stringMatching(/^docker\.io\/library\/large:latest pulled \(sha256:\w{12}\)$/),
        expect.stringMatching(/^docker\.io\/library\/web:latest pulled \(sha256:\w{12}\)$/),
      ])
      const all = [...screens].join('\n')
      expect(all).toMatch(/^docker\.io\/library\/large:latest +downloading +\d+\.\d of 14\d\.\d MiB \(\d+%\)$/m)
    } finally {
      tmux('kill-server')
    }
  })

  it('is also shown by an apply, for each image that it pulls', () => {
    instance.heropods(['image', 'rm', 'large'])
    instance.stack('images: { big: { ref: large } }\n')
    const events = instance
      .apply('test.yaml', '--json')
      .trim()
      .split('\n')
      .map(
        (line) => JSON.parse(line) as { type: string; address?: string; download?: { bytes: number; total?: number } },
      )
    expect(events).toContainEqual({
      type: 'step.progress',
      address: 'test/image/big',
      message: 'pulling docker.io/library/large:latest',
      download: { bytes: expect.any(Number), total: expect.any(Number) },
    })
    instance.ok('destroy', 'test', '--yes')
  })

  it('pulls the others if one fails, then names the failure', () => {
    instance.ok('image', 'rm', 'web')
    const { code, stdout, stderr } = instance.heropods(['image', 'pull', 'none', 'web'])
    expect({ code, stdout }).toEqual({
      code: 3,
      stdout: expect.stringMatching(/^docker\.io\/library\/web:latest pulled \(sha256:\w{12}\)$/m),
    })
    expect(stderr).toMatch(/image-not-found.*has no image library\/none:latest/)
  })

  it('takes an image that podman has built', () => {
    writeFileSync(join(instance.base, 'Containerfile'), `FROM scratch\nCOPY Containerfile /\nCMD ["/x"]\n`)
    registry.podman('build', '--quiet', '--tag', 'localhost/built:1', instance.base)
    expect(results('localhost/built:1')).toMatchObject([{ image: 'localhost/built:1', result: 'pulled' }])
    registry.podman('rmi', 'localhost/built:1')
    instance.ok('image', 'export', 'built:1', 'built.tgz')
  })

  it.each([
    [['none'], 3, /image-not-found.*has no image library\/none:latest/],
    [['localhost/none'], 3, /image-missing.*Podman has no image localhost\/none:latest/],
    [['busybox'], 3, /usage.*made from this host/],
    [['UPPER'], 3, /usage.*"UPPER" is not an image reference/],
    [['198.51.100.2/nobody/answers'], 1, /image-pull-failed/],
  ])('%j ends with exit code %d', (names, code, message) => {
    expect(instance.heropods(['image', 'pull', ...names])).toMatchObject({
      code,
      stderr: expect.stringMatching(message),
    })
  })

  it('names the login if the password is wrong', () => {
    login('wrong')
    const { code, stderr } = instance.heropods(['image', 'pull', 'web'])
    login('word')
    expect([code, stderr]).toEqual([3, expect.stringMatching(/image-not-found[\s\S]*HTTP 401[\s\S]*podman login 127/)])
  })
})

describe('image info', () => {
  it('shows an image by its name and by its digest, as text and as JSON', () => {
    const info = JSON.parse(instance.ok('image', 'info', 'web', '--json'))
    expect(info).toMatchObject({
      names: ['docker.io/library/web:latest'],
      source: 'registry docker.io',
      digest: expect.stringMatching(/^sha256:\w{64}$/),
      created: expect.stringMatching(/^20\d\d-/),
      command: ['sleep', '1000'],
      config: { Cmd: ['sleep', '1000'], Labels: { tier: 'front' }, ExposedPorts: ['80/tcp'] },
    })
    expect(info.size).toBeGreaterThan(500_000)
    expect(JSON.parse(instance.ok('image', 'info', info.digest.slice(7, 20), '--json'))).toEqual(info)
    expect(instance.ok('image', 'info', 'web')).toMatch(
      /^NAME +docker\.io\/library\/web:latest\n[\s\S]*\nEXPOSE +80\/tcp\nLABEL +tier=front\n$/,
    )
  })

  it('refuses a name that no image has', () => {
    expect(instance.heropods(['image', 'info', 'none'])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('unknown-image'),
    })
  })
})
