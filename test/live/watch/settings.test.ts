import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { conditionOf } from '../../../src/model/status.ts'
import { hostState, sh } from '../support.ts'
import { Watched } from './watching.ts'

/** What a stack's `reconcile` and `on_unhealthy` ask of watch, as `heropods status` shows it. */
let pristine: string
const instance = new Watched()
beforeAll(() => {
  pristine = hostState()
  instance.watch()
})
afterEach(async () => {
  for (const name of instance.stated()) {
    instance.unstate(name)
    await instance.event('stack.pruned', name)
  }
})
afterAll(async () => {
  await instance.unwatch()
  instance.end()
  expect(hostState()).toBe(pristine)
})

const one = (fields: string): string =>
  `containers:\n  one: { image: busybox, network_mode: none, stop_grace_period: 0s, ${fields} }\n`
const sleeper = (seconds = 1000, more = ''): string => one(`command: [sleep, "${seconds}"]${more && `, ${more}`}`)
const reconcile = (text: string): string => `reconcile: { monitor: 500ms, ${text} }\n`
const reason = (stack: string, type: 'Degraded' | 'Suspended' = 'Degraded') => {
  const found = conditionOf(instance.status(stack) ?? expect.fail(`no ${stack}`), type)
  return found?.status ? found.reason : undefined
}
const cmdline = (): string => sh('cat', `/proc/${instance.pids().one}/cmdline`).replaceAll('\0', ' ').trim()

describe('rollback', () => {
  it('a change that was undone is over when its files go back', async () => {
    instance.state('back', reconcile('') + sleeper())
    await instance.ready('back')
    instance.state('back', reconcile('') + one('command: [sh, -c, "exit 3"]'))
    await instance.event('stack.rolled-back', 'back')
    await instance.condition('back', 'Degraded', 'ContainerExited')
    instance.state('back', reconcile('') + sleeper())
    await instance.ready('back')
    expect(instance.status('back')).toMatchObject({ lastError: null, applied: 1 })
    await instance.event('stack.ready', 'back')
    // The same mistake once more is a new change.
    const again = instance.events.length
    instance.state('back', reconcile('') + one('command: [sh, -c, "exit 3"]'))
    await instance.event('stack.rolled-back', 'back', again)
  })

  it('false: it stays as it is, degraded, and is tried again later and later', async () => {
    const body = (seconds: number, file: string): string =>
      reconcile('rollback: false') +
      sleeper(seconds, `healthcheck: { test: [CMD, test, -e, ${file}], interval: 200ms, retries: 2 }`)
    instance.state('stays', body(1000, '/bin'))
    await instance.ready('stays')
    const { applied } = instance.status('stays') ?? {}
    instance.state('stays', body(2000, '/mended'))
    const { message, generation, reason: why } = await instance.event('stack.failed', 'stays')
    expect([message, generation, why]).toEqual([
      expect.stringMatching(/^one is unhealthy/),
      (applied as number) + 1,
      'Unhealthy',
    ])
    await instance.condition('stays', 'Degraded', 'Unhealthy')
    // Files that say the same in other words are an occasion to look, and no reason to try again.
    for (let count = 0; count < 12; count += 1) {
      instance.state('stays', `${body(2000, '/mended')}# ${count}\n`)
      await delay(300)
    }
    expect(cmdline()).toBe('sleep 2000')
    expect(instance.status('stays')).toMatchObject({
      applied,
      lastError: { message: expect.stringMatching(/^one is unhealthy/) },
    })
    expect(reason('stays')).toBe('Unhealthy')
    // One second, two, four: not at every look.
    expect(instance.told('stays').filter((type) => type === 'stack.failed').length).toBeLessThanOrEqual(3)
    expect(instance.told('stays')).not.toContain('stack.rolled-back')
    instance.exec('one', 'touch', '/mended')
    await instance.ready('stays')
    expect(instance.status('stays')?.lastError).toBeNull()
    expect(cmdline()).toBe('sleep 2000')
  })
})

describe('on_unhealthy', () => {
  it('restarts as often as its limit says, then leaves it and says so', async () => {
    const body = sleeper(
      1000,
      'on_unhealthy: { action: restart, limit: 2, window: 1h }, healthcheck: { test: [CMD, test, -e, /ok], interval: 200ms, retries: 2, start_period: 0s }',
    )
    instance.state(
      'sick',
      reconcile('rollback: false') + body.replace('[sleep, "1000"]', '[sh, -c, "touch /ok; exec sleep 1000"]'),
    )
    await instance.ready('sick')
    instance.state(
      'sick',
      reconcile('rollback: false') +
        body.replace('[sleep, "1000"]', '[sh, -c, "test -e /was || touch /ok /was; exec sleep 1000"]'),
    )
    await instance.event('stack.applied', 'sick', instance.events.length)
    await instance.ready('sick')
    const restarted = (): number => instance.told('sick').filter((type) => type === 'container.restarted').length
    instance.exec('one', 'rm', '/ok')
    await expect.poll(restarted, { timeout: 30_000 }).toBe(2)
    const unhealthy = (): number => instance.told('sick').filter((type) => type === 'container.unhealthy').length
    await expect.poll(unhealthy, { timeout: 30_000 }).toBe(3)
    await instance.condition('sick', 'Degraded', 'Unhealthy')
    const { one: pid } = instance.pids()
    await instance.rest()
    expect(restarted()).toBe(2)
    expect(instance.pids().one).toBe(pid)
    const status = instance.status('sick')
    expect(status?.objects.find((each) => each.address === 'sick/container/one')?.health).toBe('unhealthy')
    instance.exec('one', 'touch', '/ok')
    await instance.ready('sick')
  })
})

describe('what is held back', () => {
  it('a change outside of its windows waits; drift is mended all the same', async () => {
    const today = new Date().toLocaleDateString('en-US', { weekday: 'short', timeZone: 'UTC' }).toLowerCase()
    const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
    const other = days[(days.indexOf(today) + 3) % 7]
    instance.state('calm', reconcile('') + sleeper())
    await instance.ready('calm')
    instance.state('calm', reconcile(`windows: [${other} UTC]`) + sleeper(2000))
    await instance.condition('calm', 'Degraded', 'OutsideWindow')
    expect(conditionOf(instance.status('calm') ?? expect.fail(), 'Degraded')?.message).toMatch(
      /^Changes wait for \d{4}-/,
    )
    process.kill(instance.pids().one as number, 'SIGKILL')
    await instance.event('stack.healed', 'calm')
    expect(cmdline()).toBe('sleep 1000')
    expect(reason('calm')).toBe('OutsideWindow')
    instance.state('calm', reconcile(`windows: ["${other},${today} UTC"]`) + sleeper(2000))
    await instance.ready('calm')
    expect(cmdline()).toBe('sleep 2000')
  })

  it('what is ignored is neither made nor mended nor told, and the rest is', async () => {
    const two = (fields: string): string => sleeper().replace('\n  one', `\n  two: ${fields}\n  one`)
    const plain = '{ image: busybox, command: [sleep, "900"], network_mode: none, stop_grace_period: 0s }'
    instance.state('partly', reconcile('ignore: [container/one]') + two(plain))
    await instance.ready('partly')
    expect([...instance.containers().keys()]).toEqual(['two'])
    instance.state('partly', reconcile('') + two(plain))
    await expect.poll(() => instance.containers().get('one')?.state, { timeout: 20_000 }).toBe('running')
    instance.state('partly', reconcile('ignore: [container/one]') + two(plain))
    await instance.rest()
    const pids = instance.pids()
    const from = instance.events.length
    process.kill(pids.one as number, 'SIGKILL')
    process.kill(pids.two as number, 'SIGKILL')
    await instance.event('stack.healed', 'partly', from)
    await instance.rest()
    expect(instance.containers().get('one')?.state).toBe('exited')
    expect(instance.containers().get('two')?.state).toBe('running')
    const told = instance.events.slice(from).filter((event) => event.type.startsWith('stack.'))
    expect(told.filter((event) => /container\/one/.test(event.message))).toEqual([])
  })

  it('suspend and resume, seen through status', async () => {
    instance.state('rest', reconcile('') + sleeper())
    await instance.ready('rest')
    instance.ok('suspend', 'rest', '--reason', 'disk work')
    await instance.condition('rest', 'Suspended', 'Suspended')
    expect(instance.ok('status')).toMatch(/^rest +Suspended +\d/m)
    expect(instance.heropods(['status', 'rest', '--exit-code']).code).toBe(0)
    expect(instance.ok('events', 'rest')).toMatch(/Reconciliation is suspended \("disk work"\)\. \(by /)
    instance.state('rest', reconcile('') + sleeper(2000))
    await instance.event('stack.held', 'rest')
    await instance.rest()
    expect(cmdline()).toBe('sleep 1000')
    expect(instance.ok('status', 'rest')).toMatch(
      /^rest +Suspended +Suspended by [^:]+ \("disk work"\): .*A change of its files waits\.$/m,
    )
    expect(instance.ok('resume', 'rest')).toBe('rest resumed\n')
    expect(instance.ok('resume', 'rest')).toBe('rest was not suspended\n')
    await instance.event('stack.applied', 'rest', instance.events.length - 3)
    await instance.ready('rest')
    expect(cmdline()).toBe('sleep 2000')
    const unknown = instance.heropods(['suspend', 'rst'])
    expect(unknown.code).toBe(3)
    expect(unknown.stderr).toMatch(/unknown-stack.*"rst".*"rest"/s)
  })
})
