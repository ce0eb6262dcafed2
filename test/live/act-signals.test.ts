import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hostState, Instance } from './support.ts'

const cli = join(import.meta.dirname, '../../dist/heropods.js')
let instance: Instance
let host = ''
beforeAll(() => {
  host = hostState()
  instance = new Instance()
})
beforeEach(() => {
  // It says when it is asked to end, and takes its time.
  instance.stack(`containers:
  slow:
    image: busybox
    network_mode: none
    restart: always
    stop_grace_period: 8s
    command: [sh, -c, 'trap "echo asked; sleep 1; exit 3" TERM; while true; do sleep 0.1; done']
`)
  instance.apply()
})
afterAll(() => {
  instance.end()
  expect(hostState()).toBe(host)
})

/** Starts a command; answers it once the container has been asked to end. */
async function asking(name: string, ...args: readonly string[]): Promise<ChildProcessWithoutNullStreams> {
  const asked = (): number => instance.ok('logs', name).split('asked').length
  const before = asked()
  const run = spawn(process.execPath, [cli, ...args], { cwd: instance.base, env: instance.environment })
  await expect.poll(asked, { timeout: 10_000, interval: 20 }).toBe(before + 1)
  return run
}

/** Sends a command a signal once the container has been asked to end. */
async function interrupted(signal: NodeJS.Signals, ...args: readonly string[]): Promise<number | null> {
  const run = await asking('slow', ...args)
  run.kill(signal)
  const [code] = (await once(run, 'exit')) as [number | null]
  return code
}
const newest = (): string => {
  const { generations } = JSON.parse(instance.ok('history', '--json')) as { generations: { result: string }[] }
  return generations[0]?.result ?? ''
}

describe('at a signal', () => {
  it('`rm` finishes the step under way, and a restart policy does not come between', async () => {
    expect(await interrupted('SIGTERM', 'rm', '--force', 'slow')).toBe(0)
    expect(instance.containers().has('slow')).toBe(false)
    expect(newest()).toBe('done')
  })

  it('`restart` brings the container back, `stop` leaves it stopped', async () => {
    expect(await interrupted('SIGINT', 'restart', 'slow')).toBe(0)
    expect(instance.containers().get('slow')?.state).toBe('running')
    expect(await interrupted('SIGINT', 'stop', 'slow')).toBe(0)
    expect(instance.containers().get('slow')?.state).toBe('stopped')
  })
})

it('a run that was killed is told as interrupted, and what it left is cleared by the next one', async () => {
  const run = await asking('slow', 'rm', '--force', 'slow')
  run.kill('SIGKILL')
  await once(run, 'exit')
  expect(newest()).toBe('interrupted')
  // As a supervisor leaves it that writes after its container is gone.
  for (const folder of ['exits', 'health', 'attach']) mkdirSync(join(instance.run, folder), { recursive: true })
  const exits = ['test_gone-7', 'test_gone-7.W395Y3'].map((name) => join(instance.run, 'exits', name))
  for (const path of exits) writeFileSync(path, '0')
  mkdirSync(join(instance.run, 'health/test_slow-1'))
  await delay(100)
  instance.ok('apply', '--yes', 'test.yaml', '--lock-timeout', '20s')
  instance.apply()
  expect(exits.filter((path) => existsSync(path))).toEqual([])
  expect(existsSync(join(instance.run, 'health/test_slow-1'))).toBe(false)
  expect(readdirSync(join(instance.run, 'containers/test/slow')).filter((name) => name.startsWith('created-'))).toEqual(
    [],
  )
})

describe('at a second signal', () => {
  /** Sends a command that waits for a container to end a signal, and another one when it has heard the first. */
  async function endedTwice(...args: readonly string[]): Promise<number | null> {
    const run = await asking('deaf', ...args)
    const ended = once(run, 'exit')
    const heard = once(run.stderr, 'data')
    run.kill('SIGINT')
    expect(String(await heard)).toContain('again to cancel them')
    run.kill('SIGINT')
    const [code] = (await ended) as [number | null]
    return code
  }

  it('the grace of a container is over', async () => {
    const file = instance.stack(
      `containers:
  deaf: { image: busybox, network_mode: none, stop_grace_period: 1h, command: [sh, -c, 'trap "echo asked" TERM; while true; do sleep 0.1; done'] }
`,
      'deaf',
    )
    instance.apply(file)
    expect(await endedTwice('stop', 'deaf')).toBe(0)
    expect(instance.containers().get('deaf')).toMatchObject({ state: 'stopped', exitCode: 137 })
    instance.apply(file)
    expect(await endedTwice('destroy', 'deaf', '--yes')).toBe(130)
    expect(newest()).toBe('interrupted')
    instance.ok('destroy', 'deaf', '--yes')
  })
})
