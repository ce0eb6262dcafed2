import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { InstanceEvent } from '../../../src/model/event.ts'
import { sh } from '../support.ts'
import { Watched } from './watching.ts'

let instance: Watched
beforeEach(() => {
  instance = new Watched()
})
afterEach(async () => {
  await instance.unwatch()
  instance.end()
})

const sleeper = '{ image: busybox, command: [sleep, "1000"], network_mode: none, stop_grace_period: 0s }'
const containers = (count: number): string =>
  `reconcile: { monitor: 300ms }\ncontainers:\n${Array.from({ length: count }, (_, position) => `  c${position}: ${sleeper}\n`).join('')}`
const git = (...args: readonly string[]): string =>
  execFileSync('git', ['-C', instance.folder, '-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
    encoding: 'utf8',
  }).trim()
function commit(message: string): void {
  git('add', '-A')
  git('commit', '-q', '--allow-empty', '-m', message)
}

/** The command in the message of a held stack, as a user would type it. */
function runShown(stack: string): void {
  const message = instance.status(stack)?.conditions.find(({ type }) => type === 'Degraded')?.message
  const [, command = ''] = /`heropods ([^`]+)`/.exec(message ?? '') ?? []
  expect(command).toContain('--allow-mass-delete')
  const args = [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')
  instance.ok(...args, '--yes', '--lock-timeout', '20s')
}

/** The folder of the commit that watch follows, as `watch --git` documents it. */
const checkout = (): string => join(instance.data, 'git/current')

describe('a mass deletion is held, and the command in its message does it', () => {
  const removed = (): Promise<void> =>
    expect.poll(() => instance.containers().size, { timeout: 30_000, interval: 300 }).toBe(0)

  it.each([
    ['a repository with a branch', true, ['--branch', 'main']],
    ['a repository', true, []],
    ['a folder that became empty', false, []],
  ])('of %s', async (_, isGit, options) => {
    instance.state('big', containers(6))
    if (isGit) {
      sh('git', 'init', '-q', '-b', 'main', instance.folder)
      commit('big')
    }
    const url = options.length > 0 ? instance.folder : `file://${instance.folder}`
    const source = isGit ? ['--git', url, '--poll', '1s', ...options] : [instance.folder]
    instance.watch(source)
    await instance.ready('big')
    instance.unstate('big')
    if (isGit) commit('nothing')
    await instance.condition('big', 'Degraded', 'MassDeletion')
    const held = instance.status('big')?.conditions.find(({ type }) => type === 'Degraded')?.message
    expect(held).toMatch(/ at once \(\d+ of \d+\): big\/.* and \d+ more/)
    if (isGit) expect(held).toContain('at commit ')
    expect(instance.ok('status', 'big')).toMatch(/^last change: generation 1, /m)
    if (isGit && options.length === 0) {
      const shown = instance.heropods(['diff', url])
      expect(shown.stdout).toMatch(/- big\/container\/c0-5 {2}delete[\s\S]*Plan: \d+ to delete/)
      expect(shown.stderr).toMatch(/^Files of commit [0-9a-f]{7} "nothing" by /m)
      expect(instance.heropods(['diff', `${url}-other`]).code).toBe(3)
    }
    expect(instance.containers().size).toBe(6)
    if (options.length > 0) {
      // The hold ends with an event once the file is back, and begins again.
      const from = instance.events.length
      instance.state('big', containers(6))
      commit('big again')
      const ended = await instance.event('stack.ready', 'big', from)
      expect(ended).toMatchObject({ reason: 'HoldEnded', level: 'info' })
      const back = instance.events.indexOf(ended)
      instance.unstate('big')
      commit('gone again')
      await instance.event('stack.held', 'big', back)
      instance.ok('apply', '--allow-mass-delete', '--yes', '--lock-timeout', '20s', checkout())
      expect(instance.ok('history', '--limit', '1')).toMatch(/commit [0-9a-f]{7} "gone again" by /)
    } else runShown('big')
    await removed()
    await expect.poll(() => instance.status('big'), { timeout: 20_000 }).toBeUndefined()
    expect(instance.events.filter(({ level }) => level === 'error')).toEqual([])
  })
})

it('a container that was stopped by hand is named in the status of its stack', async () => {
  instance.state('shop', containers(2))
  instance.watch()
  await instance.ready('shop')
  instance.ok('stop', 'c1')
  const message = (): string | undefined =>
    instance.status('shop')?.conditions.find(({ type, status }) => type === 'Ready' && status)?.message
  await expect
    .poll(message, { timeout: 20_000, interval: 300 })
    .toMatch(/ is applied and healthy, except c1 \(stopped by hand\)\.$/)
  expect(instance.ok('status')).toMatch(/Ready .* 1\/2 \(1 stopped\) .*except c1 \(stopped by hand\)/)
  instance.ok('start', 'c1')
  await expect.poll(message, { timeout: 20_000, interval: 300 }).toMatch(/ is applied and healthy\.$/)
})

it('retries that fail for the same reason are one event with a count', async () => {
  instance.state(
    'shop',
    `reconcile: { rollback: false }\ncontainers: { web: { image: "127.0.0.1:9/x:1", network_mode: none } }\n`,
  )
  instance.watch()
  const failures = (): InstanceEvent[] =>
    instance
      .ok('events', 'shop', '--json')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as InstanceEvent)
      .filter(({ type }) => type === 'stack.failed')
  await expect.poll(() => failures()[0]?.count ?? 0, { timeout: 60_000, interval: 500 }).toBeGreaterThanOrEqual(3)
  expect(failures()).toHaveLength(1)
  expect(failures()[0]?.since).toBe(instance.events.find(({ type }) => type === 'stack.failed')?.time)
  expect(instance.ok('events', 'shop')).toMatch(/stack\.failed .* \(x\d+ since \d{4}-\d\d-\d\d [\d:]+Z\)/)
})

it('a watch that is refused publishes and prints nothing of earlier ones', async () => {
  instance.state('shop', containers(1))
  instance.watch()
  await instance.ready('shop')
  await instance.unwatch()
  const before = instance.ok('events', '--json')
  for (const args of [
    ['--git', 'http://127.0.0.1/x.git'],
    ['--listen', '0.0.0.0:80000', instance.folder],
  ]) {
    const { code, stdout } = instance.heropods(['watch', ...args])
    expect([code, stdout]).toEqual([3, ''])
  }
  expect(instance.ok('events', '--json')).toBe(before)
})

it('the first start on a repository reports no error', async () => {
  instance.state('shop', containers(1))
  sh('git', 'init', '-q', '-b', 'main', instance.folder)
  commit('first')
  rmSync(join(instance.folder, 'shop.yaml'))
  instance.watch(['--git', instance.folder, '--poll', '1h'])
  await instance.ready('shop')
  expect(instance.events.filter(({ level }) => level !== 'info')).toEqual([])
  expect(instance.warnings).toEqual([])
})
