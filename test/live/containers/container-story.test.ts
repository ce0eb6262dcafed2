import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { InstanceEvent } from '../../../src/model/event.ts'
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

interface Check {
  readonly ok: boolean
  readonly exitCode: number
  readonly output: string
}
interface Inspected {
  readonly healthLog?: readonly Check[]
  readonly events: readonly InstanceEvent[]
  readonly bundle: string
}
const inspected = (name: string): Inspected | undefined =>
  (JSON.parse(instance.ok('inspect', name)) as { containers: Inspected[] }).containers[0]
const told = (name: string) => inspected(name)?.events.map(({ type, message }) => [type, message])

it('apply, stop, start, restart and rm have events without watch, which name the user; inspect has those of its container', () => {
  instance.stack(`containers:
  web: { image: busybox, command: [sleep, "1000"], network_mode: none, stop_grace_period: 0s }
  other: { image: busybox, command: [sleep, "1000"], network_mode: none, stop_grace_period: 0s }
`)
  instance.apply()
  expect(instance.ok('events')).toMatch(
    /info +stack\.applied +test @1 +Generation 1 is applied: \d+ created\. \(by [^)]+\)/,
  )
  for (const command of ['stop', 'start', 'restart']) instance.ok(command, 'web')
  const ofWeb = [
    ['container.stopped', 'web was stopped.'],
    ['container.started', 'web was started.'],
    ['container.restarted', 'web was restarted.'],
  ]
  expect(told('web')).toEqual(ofWeb)
  expect(inspected('web')?.events.every(({ by }) => by !== undefined && by !== '')).toBe(true)
  expect(told('other')).toEqual([])
  instance.ok('rm', '--force', 'other')
  expect(instance.ok('events')).toMatch(/container\.removed +test +other was removed\. \(by /)
  instance.ok('start', 'web')
  expect(told('web')).toEqual(ofWeb)
})

it('events that repeat are one line with their number, and all of them with --json', () => {
  for (let round = 0; round < 3; round++) instance.ok('restart', 'web')
  expect(instance.ok('events')).toMatch(/web was restarted\. \(by .*\) \(x4 since [\d-]+ [\d:]+Z\)$/m)
  expect(instance.ok('events', '--json').match(/web was restarted/g)).toHaveLength(4)
})

it('inspect has the last five health checks, without the secrets of the container', async () => {
  instance.write('password', 'hunter2-secret\n')
  instance.stack(`
secrets: { password: { file: ./password } }
containers:
  sick:
    image: busybox
    command: [sleep, "1000"]
    network_mode: none
    stop_grace_period: 0s
    secrets: [{ source: password, target: /password }]
    healthcheck: { test: [CMD-SHELL, 'echo "no login with $$(cat /password)"; exit 7'], interval: 200ms, retries: 7 }
`)
  expect(instance.heropods(['apply', '--yes', '--wait', 'test.yaml']).code).toBe(1)
  const log = inspected('sick')?.healthLog
  expect(log).toHaveLength(5)
  for (const check of log ?? [])
    expect(check).toMatchObject({ ok: false, exitCode: 7, output: 'no login with (sensitive)\n' })
  expect(instance.ok('inspect', 'sick')).not.toContain('hunter2')
})

it('the output of a failing check is in ps, status and inspect, without the secrets of its container', () => {
  const text = /is unhealthy: no login with \(sensitive\) \(\d+ failures\)/
  const listed = instance.heropods(['ps'])
  expect(listed.stdout).toMatch(/^sick .* running \(unhealthy\)/m)
  expect(listed.stderr).toMatch(text)
  expect(instance.ok('status', 'test')).toContain('sick is unhealthy: no login with (sensitive)')
  const shown = instance.ok('inspect', 'sick')
  expect(shown).toContain('"output": "no login with (sensitive)"')
  expect(shown + listed.stdout + instance.ok('status', '--json')).not.toContain('hunter2')
})

it('the mark of conmon for a lack of memory is in the run folder of the container, not in the root folder of the host', async () => {
  instance.stack(
    'containers:\n  eat: { image: busybox, command: [sh, -c, "sleep 1.3; exec tail /dev/zero"], mem_limit: 32m, network_mode: none }\n',
  )
  instance.apply()
  await expect.poll(() => instance.ok('ps'), { timeout: 20_000 }).toMatch(/^eat .* exited \(137, out of memory\)/m)
  expect(existsSync(join(dirname(inspected('eat')?.bundle ?? ''), 'oom'))).toBe(true)
})

it('a restart by the restart policy is an event without watch', async () => {
  instance.stack(
    'containers:\n  web: { image: busybox, command: [sleep, "1000"], restart: always, network_mode: none, stop_grace_period: 0s }\n',
  )
  instance.apply()
  const { pid } = (JSON.parse(instance.ok('inspect', 'web')) as { containers: [{ pid: number }] }).containers[0]
  process.kill(pid, 'SIGKILL')
  await expect
    .poll(() => told('web')?.at(-1), { timeout: 20_000, interval: 300 })
    .toEqual(['container.restarted', 'web exited with code 137 and was restarted (restart 1).'])
})
