import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { hostState, Instance } from './support.ts'
import { Watched } from './watch/watching.ts'

/** Every example comes up, leaves an empty plan, and does what it says. */
const folder = join(import.meta.dirname, '../../examples')
const instance = new Instance()
let pristine = ''
beforeAll(() => {
  pristine = hostState()
})
afterEach(() => {
  instance.ok('destroy', '--all', '--yes')
  expect(hostState()).toBe(pristine)
})
afterAll(() => {
  instance.write(
    'erase.yaml',
    'apiVersion: heropods/v1\nkind: Stack\nmetadata: { name: data }\nvolumes: { ledger: {} }\n',
  )
  instance.apply('erase.yaml')
  instance.end()
})

const page = async (port: number, path = '/'): Promise<string> =>
  (await fetch(`http://127.0.0.1:${port}${path}`, { signal: AbortSignal.timeout(3000) })).text()

/** What each example is to show beside coming up. */
const shows: Readonly<Record<string, () => Promise<void> | void>> = {
  quickstart: async () => expect(await page(8080)).toContain('Hello from a container'),
  networks: async () => {
    expect(await page(18101, '/hostname')).toBe('edge\n')
    expect(instance.exec('edge', 'wget', '-qO-', 'http://service:8080/hostname')).toBe('api\n')
    expect(instance.exec('probe', 'wget', '-qO-', 'http://127.0.0.1:8080/hostname')).toBe('api\n')
  },
  data: async () => {
    await expect.poll(() => instance.exec('reader', 'cat', '/notes/log')).toContain('UTC')
    expect(instance.exec('reader', 'cat', '/shared/README')).toContain('Files of the host')
    instance.ok('destroy', '--yes', 'data')
    expect(instance.ok('volume', 'ls')).toMatch(/notes +data +released/)
  },
  limits: () => {
    expect(instance.exec('locked', 'id', '-un')).toBe('nobody\n')
    expect(instance.exec('locked', 'cat', '/proc/sys/net/ipv4/ip_default_ttl')).toBe('42\n')
  },
  configs: async () => {
    expect(await page(18103)).toBe('<h1>From a file</h1>\n')
    expect(instance.exec('web', 'sh', '-c', 'cat $KEY_FILE')).toBe('not-really-a-secret\n')
  },
  variables: () => {
    expect([...instance.containers().keys()]).toEqual(['worker.1', 'worker.2'])
    const file = (name: string): string => join(folder, 'variables', name)
    instance.ok('apply', '--yes', '-f', file('heropods.yaml'), '-f', file('production.yaml'))
    expect(instance.containers().size).toBe(4)
  },
  jobs: async () => {
    expect(await page(18104)).toBe('built\n')
    await expect.poll(() => instance.containers().get('shell')?.state, { timeout: 10_000 }).toBe('held')
  },
  health: async () => {
    expect(await page(18107, '/status')).toBe('fine\n')
    instance.ok('apply', '--yes', '--wait', join(folder, 'health'))
    expect(instance.ok('ps')).toMatch(/web .*running \(healthy\)/)
  },
  gitops: async () => {
    expect(await page(18108)).toBe('kept by heropods watch\n')
    await expect.poll(() => instance.exec('worker', 'cat', '/jobs/done')).toContain('UTC')
  },
  reuse: () => expect(instance.exec('two', 'env')).toContain('NAME=two'),
}

/** The other folders hold a Pulumi program, files for CI and scripts (`heroscript/examples.test.ts`). */
const isStack = (name: string): boolean => !['pulumi', 'ci', 'original'].includes(name)

describe('examples', () => {
  for (const name of readdirSync(folder).filter(isStack)) {
    it(name, async () => {
      const at = join(folder, name, name === 'variables' ? 'heropods.yaml' : '')
      instance.ok('apply', '--yes', at)
      expect(instance.heropods(['diff', at, '--exit-code']).code).toBe(0)
      await shows[name]?.()
    })
  }

  it('gitops is kept by watch', async () => {
    const watched = new Watched()
    watched.watch([join(folder, 'gitops')])
    await watched.ready('site')
    await watched.ready('queue')
    expect(await page(18108)).toBe('kept by heropods watch\n')
    process.kill(watched.pids().web as number, 'SIGKILL')
    await watched.event('stack.healed', 'site')
    await expect.poll(() => page(18108).catch(() => 'gone')).toBe('kept by heropods watch\n')
    await watched.unwatch()
    watched.end()
  })

  it('every one has something to show', () =>
    expect(Object.keys(shows).sort()).toEqual(readdirSync(folder).filter(isStack).sort()))
})
