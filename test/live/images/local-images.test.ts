import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { instanceWithRegistry } from '../hooks.ts'
import { sh } from '../support.ts'
import { buildImage } from './registry.ts'

const cli = join(import.meta.dirname, '../../../dist/heropods.js')
const { registry, instance } = instanceWithRegistry()

/** Builds localhost/app:dev as it is done on a host of one's own. */
const build = (version: string): void => {
  const folder = join(instance.base, 'context')
  mkdirSync(join(folder, 'bin'), { recursive: true })
  sh('cp', '/bin/busybox', join(folder, 'bin/busybox'))
  writeFileSync(join(folder, 'version'), version)
  writeFileSync(
    join(folder, 'Containerfile'),
    'FROM scratch\nCOPY bin /bin\nCOPY version /\nCMD ["/bin/busybox", "sleep", "1000"]\n',
  )
  registry.podman('build', '--quiet', '--tag', 'localhost/app:dev', folder)
}
const stack = (image: string, policy: string, name = 'test'): string =>
  instance.stack(
    `containers:\n  ${name}: { image: "${image}", pull_policy: ${policy}, network_mode: none, stop_grace_period: 0s }\n`,
    name,
  )
const version = (): string => instance.exec('test', '/bin/busybox', 'cat', '/version')
const inPodman = (): readonly string[] =>
  registry.podman('images', '--format', '{{.Repository}}:{{.Tag}}').split('\n').filter(Boolean)

describe('an image that was built here', () => {
  it('is taken whatever the pull policy, and stays in podman', () => {
    build('one')
    for (const policy of ['never', 'missing', 'always']) {
      stack('localhost/app:dev', policy)
      instance.apply()
      expect(instance.steps()).toEqual([])
    }
    expect(version()).toBe('one')
    expect(inPodman()).toEqual(['localhost/app:dev'])
  })

  it('is another one when it is built again under its name, and the old one can be gone back to', () => {
    build('two')
    expect(instance.steps().map((step) => step.address)).toEqual([
      'test/image/localhost/app:dev',
      'test/container/test',
    ])
    instance.apply()
    expect(version()).toBe('two')
    expect(instance.steps()).toEqual([])
    instance.ok('rollback', '--yes')
    expect(version()).toBe('one')
    instance.apply()
    expect(version()).toBe('two')
  })

  it('is refused where podman has not got it', () => {
    stack('localhost/other:1', 'missing', 'none')
    const { code, stderr } = instance.heropods(['diff', 'none.yaml'])
    expect(code).toBe(3)
    expect(stderr).toMatch(/image-missing.*Podman has no image localhost\/other:1/)
  })
})

it('a plan makes no storage where podman has none', () => {
  const conf = instance.write('storage.conf', `[storage]\ndriver = "overlay"\ngraphroot = "${instance.base}/graph"\n`)
  stack('localhost/none:1', 'never', 'none')
  const answer = instance.heropods(['diff', 'none.yaml'], { CONTAINERS_STORAGE_CONF: conf })
  expect(answer.stderr).toContain('image-missing')
  expect(existsSync(join(instance.base, 'graph'))).toBe(false)
})

describe('an image that HeroPods pulls', () => {
  it('leaves nothing in podman, but what its user had there before', () => {
    const before = inPodman()
    buildImage(registry, 'shop/app', { Cmd: ['sleep', '1000'] })
    stack('shop/app', 'missing', 'shop')
    stack('shop/app', 'missing', 'second')
    instance.ok('apply', '--yes', 'shop.yaml', 'second.yaml')
    expect(inPodman()).toEqual(before)
    for (const name of ['shop', 'second']) instance.ok('destroy', name, '--yes')
    instance.ok('image', 'rm', '--unused', '--all')
    registry.podman('pull', '--quiet', 'docker.io/shop/app:latest')
    instance.apply('shop.yaml')
    instance.ok('destroy', 'shop', '--yes')
    instance.ok('image', 'rm', '--unused', '--all')
    expect(inPodman()).toContain('docker.io/shop/app:latest')
    registry.podman('rmi', 'docker.io/shop/app:latest')
  })

  it('and that does not come leaves the old one its mark', () => {
    stack('127.0.0.1:1/none:1', 'missing')
    const { code, stdout } = instance.heropods(['apply', '--yes', 'test.yaml'])
    expect(code).toBe(1)
    expect(stdout).toContain('image-pull-failed')
    const { images } = JSON.parse(instance.ok('image', 'ls', '--json')) as { images: { usedBy: string[] }[] }
    expect(images.flatMap((image) => image.usedBy)).toEqual(['test/image/localhost/app:dev'])
    expect(version()).toBe('two')
  })
})

describe('a pull that is interrupted', () => {
  let silent: ChildProcess
  beforeAll(() => {
    silent = spawn(process.execPath, ['-e', 'require("net").createServer(() => {}).listen(5872, "127.0.0.1")'])
  })
  afterAll(() => {
    silent.kill('SIGKILL')
  })

  it('is given up at the first signal, and is no failure', async () => {
    stack('127.0.0.1:5872/slow:1', 'missing')
    const run = spawn(process.execPath, [cli, 'apply', '--yes', 'test.yaml'], {
      cwd: instance.base,
      env: instance.environment,
    })
    let output = ''
    for (const stream of [run.stdout, run.stderr]) stream.on('data', (text: Buffer) => (output += text))
    await expect.poll(() => output, { timeout: 30_000 }).toContain('pulling 127.0.0.1:5872/slow:1')
    run.kill('SIGTERM')
    const [code] = (await once(run, 'close')) as [number | null]
    expect(output).not.toContain('error[')
    expect(code).toBe(130)
    const { generations } = JSON.parse(instance.ok('history', '--json')) as { generations: { result: string }[] }
    expect(generations[0]?.result ?? generations.at(-1)?.result).toBe('interrupted')
  })
})
