import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { hostState } from '../support.ts'
import { Watched } from './watching.ts'

/** Stacks that wait for the next try of a change that failed. */
let pristine: string
const instance = new Watched()
beforeAll(() => {
  pristine = hostState()
  instance.watch()
})
afterAll(async () => {
  await instance.unwatch()
  instance.end()
  expect(hostState()).toBe(pristine)
})

const reconcile = 'reconcile: { monitor: 300ms, rollback: false }\n'
const container = (name: string, fields: string): string =>
  `  ${name}: { image: busybox, network_mode: none, stop_grace_period: 0s, ${fields} }\n`

/** Waits until the next try of a stack is so many milliseconds away, and returns its time. */
async function nextTry(stack: string, atLeast: number): Promise<number> {
  const time = (): number => Date.parse(instance.status(stack)?.nextTry ?? '')
  await expect.poll(() => time() - Date.now(), { timeout: 90_000, interval: 200 }).toBeGreaterThan(atLeast)
  return time()
}

it('drift of other containers is repaired before the next try', async () => {
  const body = (file: string): string =>
    `${reconcile}containers:\n${container('sick', `command: [sleep, "1000"], healthcheck: { test: [CMD, test, -e, ${file}], interval: 200ms, retries: 2 }`)}${container('other', 'command: [sleep, "1000"]')}`
  instance.state('stays', body('/bin'))
  await instance.ready('stays')
  instance.state('stays', body('/missing'))
  await instance.event('stack.failed', 'stays')
  const due = await nextTry('stays', 6000)
  const from = instance.events.length
  const { other, sick } = instance.pids()
  process.kill(Number(other), 'SIGKILL')
  const { message } = await instance.event('stack.healed', 'stays', from)
  expect(Date.now()).toBeLessThan(due)
  expect(message).toBe('Repaired: stays/container/other.')
  expect(instance.pids()).toMatchObject({ sick, other: expect.not.stringMatching(`^${other}$`) })
  instance.unstate('stays')
  await instance.event('stack.pruned', 'stays')
})

it('an apply by hand ends the wait; a change by hand is named when watch replaces it', async () => {
  const folder = join(instance.base, 'late')
  const body = (seconds: number): string =>
    `${reconcile}containers:\n${container('one', `command: [sleep, "${seconds}"], volumes: [{ type: bind, source: ${folder}, target: /data, bind: { create_host_path: false } }]`)}`
  const file = instance.state('late', body(1000))
  await instance.event('stack.failed', 'late')
  const due = await nextTry('late', 9000)
  mkdirSync(folder)
  instance.ok('apply', '--yes', '--lock-timeout', '20s', file)
  await instance.ready('late')
  expect(Date.now()).toBeLessThan(due)
  const from = instance.events.length
  instance.stack(body(2000), 'late')
  instance.ok('apply', '--yes', '--lock-timeout', '20s', 'late.yaml')
  const { message } = await instance.event('stack.progressing', 'late', from)
  expect(message).toMatch(/^Applying \d+ changes?; it replaces generation \d+ by /)
  instance.unstate('late')
  await instance.event('stack.pruned', 'late')
})
