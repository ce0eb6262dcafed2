import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { watchedInstance } from '../../watch/watching.ts'

const instance = watchedInstance()

const body = (seconds: number): string => `containers:
  clock: { image: busybox, command: [sh, -c, "while :; do echo tick; sleep 0.1; done"], stop_grace_period: 0s, healthcheck: { test: [CMD-SHELL, "sleep 0.5"], interval: 1s, timeout: 2s, retries: 1 } }
  other: { image: busybox, command: [sleep, "${seconds}"], stop_grace_period: 0s }
`
const state = (name: string): string | undefined => instance.containers().get(name)?.state
const ticks = (): number =>
  readFileSync(join(instance.data, 'containers/test/clock/log/container.log'), 'utf8').split('\n').length

it('a paused container does not run, and apply leaves it paused', { timeout: 60_000 }, async () => {
  instance.state('test', body(1000))
  instance.apply('stacks', '--wait')
  expect(instance.ok('pause', 'clock')).toBe('test/container/clock paused\n')
  expect(instance.ok('pause', 'clock')).toContain('is paused already')
  const before = ticks()
  await delay(500)
  expect(ticks()).toBe(before)
  expect(instance.heropods(['exec', 'clock', 'true'])).toMatchObject({
    code: 125,
    stderr: expect.stringContaining('heropods unpause test/container/clock'),
  })
  expect(instance.ok('diff', 'stacks')).toContain('No changes')
  instance.state('test', body(1001))
  instance.apply('stacks')
  expect(state('clock')).toBe('paused')
  expect(instance.ok('status', 'test')).toContain('except clock (paused by hand)')
})

it('watch leaves it paused, does not check its health, and proves other changes', { timeout: 90_000 }, async () => {
  instance.watch()
  await instance.ready('test')
  instance.state('test', body(1002))
  await expect
    .poll(() => instance.events.some(({ type, generation }) => type === 'stack.applied' && generation === 3), {
      timeout: 30_000,
    })
    .toBe(true)
  await delay(4000)
  expect(state('clock')).toBe('paused')
  expect(instance.events.filter(({ type }) => ['stack.drifted', 'container.unhealthy'].includes(type))).toEqual([])
})

it('it continues after unpause, is healthy, and both are events', { timeout: 60_000 }, async () => {
  expect(instance.ok('unpause', 'clock', 'other')).toBe(
    'test/container/clock unpaused\ntest/container/other is not paused\n',
  )
  const before = ticks()
  await expect.poll(ticks, { timeout: 10_000 }).toBeGreaterThan(before)
  await expect.poll(() => instance.ok('ps'), { timeout: 20_000 }).toContain('running (healthy)')
  const { stdout } = instance.heropods(['events', '--json'])
  const types = stdout
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { type: string }).type)
  expect(types).toEqual(expect.arrayContaining(['container.paused', 'container.unpaused']))
})

it('a paused container can be restarted and stopped; then it cannot be paused', { timeout: 60_000 }, async () => {
  await instance.unwatch()
  instance.ok('pause', 'clock')
  instance.ok('restart', 'clock')
  expect(state('clock')).toBe('running')
  instance.ok('pause', 'clock')
  instance.ok('stop', 'clock')
  expect(state('clock')).toBe('stopped')
  expect(instance.heropods(['pause', 'clock'])).toMatchObject({
    code: 3,
    stderr: expect.stringContaining('not-running'),
  })
})
