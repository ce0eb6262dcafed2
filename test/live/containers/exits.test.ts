import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { hostState, Instance } from '../support.ts'

let pristine = ''
const instance = new Instance()
beforeAll(() => {
  pristine = hostState()
})
afterAll(() => {
  instance.end()
  expect(hostState()).toBe(pristine)
})

interface Inspected {
  readonly outOfMemory: boolean
  readonly exits: readonly { readonly run: number; readonly exitCode: number; readonly outOfMemory: boolean }[]
}
const inspected = (name: string): Inspected =>
  (JSON.parse(instance.ok('inspect', name)) as { containers: [Inspected] }).containers[0]
const exitsOf = (name: string) => inspected(name).exits.map(({ exitCode, outOfMemory }) => [exitCode, outOfMemory])
const state = (name: string): string => new RegExp(`^${name} .*`, 'm').exec(instance.ok('ps'))?.[0] ?? ''

it('a container that the kernel kills for lack of memory is named in ps, inspect, plan and status; the exit stays known', async () => {
  instance.stack(
    'containers:\n  eat: { image: busybox, command: [sh, -c, "sleep 1.3; exec tail /dev/zero"], mem_limit: 32m, network_mode: none }\n',
  )
  instance.apply()
  await expect.poll(() => state('eat'), { timeout: 20_000 }).toContain('exited (137, out of memory)')
  expect(inspected('eat')).toMatchObject({ outOfMemory: true, exits: [{ run: 1, exitCode: 137, outOfMemory: true }] })
  expect(instance.steps()[0]?.changes[0]?.drift).toBe('killed: out of memory')
  expect(instance.ok('status', 'test')).toContain('killed: out of memory')
  // The next run has removed the cgroup of the first one.
  instance.apply()
  expect(exitsOf('eat')).toContainEqual([137, true])
})

it('a process that the kernel kills while its container runs on is named in ps, why, inspect and status', async () => {
  instance.stack(
    'containers:\n  host: { image: busybox, command: [sh, -c, "tail /dev/zero; exec sleep 1000"], mem_limit: 16m, network_mode: none, stop_grace_period: 0s }\n',
  )
  instance.apply()
  const killed = '1 process killed: out of memory'
  await expect.poll(() => state('host'), { timeout: 20_000 }).toContain(`running (${killed}) !`)
  expect(inspected('host')).toMatchObject({ outOfMemory: false, memoryKills: 1, memoryLimit: 16 * 2 ** 20 })
  expect(instance.ok('why', 'host')).toContain(`running, ${killed} (limit 16M)`)
  expect(instance.ok('status', 'test')).toContain(`host: ${killed} (limit 16M).`)
  expect(instance.steps()).toEqual([])
})

it('a crash loop shows the exit code, the number of the next start and its time', async () => {
  instance.stack(
    'containers:\n  loop: { image: busybox, command: [sh, -c, "sleep 1.2; exit 3"], restart: always, network_mode: none }\n',
  )
  instance.apply()
  await expect
    .poll(() => state('loop'), { timeout: 60_000, interval: 200 })
    .toMatch(/restarting \(exit 3, \d+(st|nd|rd|th) try, next in \d+s\)/)
  expect(exitsOf('loop').length).toBeGreaterThan(1)
  expect(exitsOf('loop').every(([code, oom]) => code === 3 && oom === false)).toBe(true)
  expect(instance.ok('status', 'test')).toMatch(/^test\/container\/loop +(restarting|running|exited) /m)
})

it('the process that waits for a restart ends soon after its container is removed', async () => {
  const waiting = (): string => spawnSync('pgrep', ['--full', `__exited ${instance.base}`], { encoding: 'utf8' }).stdout
  await expect
    .poll(() => state('loop'), { timeout: 90_000, interval: 200 })
    .toMatch(/restarting \(exit 3, \d+(st|nd|rd|th) try, next in (1\d|[5-9])s\)/)
  expect(waiting()).not.toBe('')
  instance.ok('destroy', 'test', '--yes')
  await expect.poll(waiting, { timeout: 3000, interval: 100 }).toBe('')
}, 120_000)
