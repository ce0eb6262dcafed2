import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HeroPods } from './api/library.ts'
import { endReboots, reboot } from './reboot.ts'
import { hostState, sh } from './support.ts'
import { Watched } from './watch/watching.ts'

let pristine = ''
let instance: Watched
beforeAll(() => {
  pristine = hostState()
  instance = new Watched()
})
afterAll(async () => {
  await instance.unwatch()
  endReboots()
  instance.end()
  expect(hostState()).toBe(pristine)
})

const sleeper = '{ image: busybox, command: [sleep, "1000"], stop_grace_period: 0s'
const healthy = 'healthcheck: { test: [CMD, test, -e, /ready], interval: 200ms, retries: 50 }'
const body = (web = '[sleep, "1000"]'): string => `volumes: { data: }
containers:
  db: { image: busybox, command: [sh, -c, "sleep 0.5; touch /ready; sleep 1000"], restart: always, stop_grace_period: 0s, ${healthy}, volumes: ["data:/d"] }
  migrate: { image: busybox, command: [sh, -c, "echo ran >>/d/runs"], volumes: ["data:/d"] }
  web: { image: busybox, command: ${web}, restart: unless-stopped, stop_grace_period: 0s, ports: ["18079:80"], depends_on: { db: { condition: service_healthy }, migrate: { condition: service_completed_successfully } } }
  report: { image: busybox, command: [sh, -c, "sleep 1.5; echo ran >>/d/reports"], restart: on-failure, volumes: ["data:/d"] }
  worker: ${sleeper}, restart: on-failure }
  plain: ${sleeper} }
  halted: ${sleeper}, restart: unless-stopped }
  halted-worker: ${sleeper}, restart: on-failure }
  stubborn: ${sleeper}, restart: always }
`
const states = (): Readonly<Record<string, string>> =>
  Object.fromEntries([...instance.containers()].map(([name, one]) => [name, one.state]))
const places = () => [...instance.containers().values()].map((one) => [one.ip, one.networks])
const outlook = (): Readonly<Record<string, boolean>> => {
  const { containers } = JSON.parse(instance.ok('boot', 'status', '--json')) as {
    containers: { address: string; starts: boolean }[]
  }
  return Object.fromEntries(containers.map(({ address, starts }) => [address.replace(/.*\//, ''), starts]))
}
const lines = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string; step?: { address: string }; address?: string; why?: string })

/** The addresses before the first reboot. */
let before: ReturnType<typeof places> = []

/** The states after a reboot and a boot. */
const afterBoot = {
  db: 'running',
  migrate: 'completed',
  web: 'running',
  report: 'completed',
  worker: 'running',
  plain: 'absent',
  halted: 'stopped',
  'halted-worker': 'stopped',
  stubborn: 'running',
  own: 'running',
}

describe('heropods boot', () => {
  it('starts what restart policies want, in the order of dependencies, with the same addresses', async () => {
    instance.stack(body(), 'shop')
    instance.apply('shop.yaml')
    const program = new HeroPods({ dir: join(instance.base, 'data'), runDir: join(instance.base, 'run') })
    const fields = { command: ['sleep', '1000'], stop_grace_period: '0s', restart: 'always' as const }
    await (await program.containerNew({ name: 'own', image: 'busybox', fields })).start()
    await expect.poll(() => states().report, { timeout: 20_000 }).toBe('completed')
    instance.ok('stop', 'halted', 'halted-worker', 'stubborn')
    before = places()
    const expected = outlook()
    reboot(instance)
    // Without a boot nothing runs; ends of jobs and stops by users are still known.
    expect(states()).toEqual({
      ...afterBoot,
      ...{ db: 'absent', web: 'absent', worker: 'absent', stubborn: 'absent', own: 'absent' },
    })
    expect(instance.ok('ps')).toMatch(/plain .*not running \(exit not known: host restarted\)/)
    expect(instance.ok('status', 'shop')).toContain('its exit is not known: the host was restarted')
    const answer = instance.heropods(['boot', '--json'])
    expect(answer.stderr).toBe('')
    expect(answer.code).toBe(0)
    expect(states()).toEqual(afterBoot)
    expect(places()).toEqual(before)
    const runs = Object.entries(states()).map(([name, state]) => [name, state === 'running'])
    expect(expected).toEqual(Object.fromEntries(runs))
    const done = lines(answer.stdout).flatMap(({ type, step }) => (type === 'step.finished' ? [step?.address] : []))
    expect(done.indexOf('shop/container/db')).toBeLessThan(done.indexOf('shop/container/web'))
    const left = lines(answer.stdout).flatMap((line) =>
      line.type === 'boot.left' ? [`${line.address} ${line.why}`] : [],
    )
    expect(left.sort()).toEqual([
      'shop/container/halted stays stopped: a user stopped it',
      'shop/container/halted-worker stays stopped: a user stopped it',
      'shop/container/plain does not start at boot: its restart policy is "no"',
    ])
    expect(instance.exec('db', 'cat', '/d/runs', '/d/reports')).toBe('ran\nran\n')
    expect((JSON.parse(instance.ok('history', '--json')) as { generations: unknown[] }).generations).toHaveLength(2)
  })

  it('start starts a single container from the records', () => {
    expect(instance.ok('start', 'plain')).toBe('shop/container/plain started\n')
    expect(states()).toEqual({ ...afterBoot, plain: 'running' })
    expect(places()).toEqual(before)
    expect(instance.ok('start', 'plain')).toBe('shop/container/plain runs already\n')
  })

  it('can be repeated, and killed at any time', async () => {
    const pids = instance.pids()
    expect(instance.ok('boot')).toContain('All containers that start at boot are running.')
    expect(instance.pids()).toEqual(pids)
    reboot(instance)
    const interrupted = instance.start('boot', '--json')
    await once(interrupted.stdout, 'data')
    interrupted.kill('SIGINT')
    expect(await once(interrupted, 'exit')).toEqual([130, null])
    for (const ms of [400, 1200]) {
      const child = instance.start('boot')
      await delay(ms)
      child.kill('SIGKILL')
    }
    await expect.poll(() => instance.heropods(['boot']).code, { timeout: 30_000 }).toBe(0)
    expect(states()).toEqual(afterBoot)
  })

  it('repairs what a running container needs, and ends none', () => {
    const pids = instance.pids()
    sh('iptables', '-t', 'nat', '-F')
    sh('iptables', '-F')
    expect(instance.ok('boot')).toContain('updated')
    expect(instance.pids()).toEqual(pids)
    const drifted = [...instance.containers()].flatMap(([name, { drift }]) => (drift.length > 0 ? [name] : []))
    expect(drifted.sort()).toEqual(['halted', 'halted-worker', 'plain'])
  })

  it('takes the last successful generation, and reports what it cannot start', () => {
    instance.stack(body('[sh, -c, "exit 7"]'), 'shop')
    expect(instance.heropods(['apply', '--yes', 'shop.yaml']).code).toBe(1)
    // The apply has started them.
    instance.ok('stop', 'halted', 'halted-worker')
    reboot(instance)
    expect(instance.ok('boot')).toContain('shop: generation 1\n')
    expect(states().web).toBe('running')
    // A missing folder of one container leaves the others alone.
    const folder = mkdtempSync(join(instance.base, 'bind-'))
    const failing = `failing: { image: busybox, command: [sh, -c, "exit 7"], restart: on-failure }`
    instance.stack(
      `containers:\n  bound: ${sleeper}, restart: always, volumes: ["${folder}:/f"] }\n  ${failing}\n`,
      'other',
    )
    expect(instance.heropods(['apply', '--yes', 'other.yaml']).code).toBe(1)
    reboot(instance)
    // Without a successful generation the newest one counts.
    expect(instance.heropods(['boot']).code).toBe(1)
    expect(states().bound).toBe('running')
    reboot(instance)
    rmSync(folder, { recursive: true })
    const answer = instance.heropods(['boot'])
    expect(answer.code).toBe(1)
    expect(answer.stderr).toContain(folder)
    expect(states()).toMatchObject({ ...afterBoot, web: 'running' })
    instance.ok('destroy', 'other', '--yes')
  })

  it('watch follows the same rule for stopped containers and jobs', async () => {
    instance.ok('stop', 'stubborn')
    instance.state('shop', body())
    reboot(instance)
    instance.watch()
    await instance.ready('shop')
    await expect.poll(states, { timeout: 20_000 }).toEqual({ ...afterBoot, plain: 'running', own: 'absent' })
    expect(instance.exec('db', 'cat', '/d/runs', '/d/reports')).toBe('ran\nran\n')
    // A program manages its containers: `watch` leaves them, `boot` starts them.
    expect(instance.heropods(['boot']).code).toBe(0)
    expect(states().own).toBe('running')
  })

  it('is refused while another run holds the instance', async () => {
    const holder = spawn('flock', [join(instance.data, 'lock'), 'sleep', '1000'], { stdio: 'ignore', detached: true })
    try {
      await expect
        .poll(() => instance.heropods(['boot', '--lock-timeout', '1s']), { timeout: 20_000 })
        .toMatchObject({ code: 3, stderr: expect.stringContaining('lock-held') })
    } finally {
      process.kill(-(holder.pid as number), 'SIGKILL')
    }
  })

  it('says so where nothing is recorded', () => {
    const answer = instance.heropods(['boot', '--instance', 'empty'])
    expect([answer.code, answer.stdout]).toEqual([0, 'There is nothing to start: no stack is recorded.\n'])
    expect(existsSync(join(instance.base, 'data/empty'))).toBe(false)
  })
})

describe('the service of boot', () => {
  it('is a unit that systemd reads without a complaint', () => {
    if (!existsSync('/usr/bin/systemd-analyze'))
      throw new Error('systemd-analyze is needed for this test: npm test installs it.')
    const unit = join(instance.base, 'heropods-boot.service')
    writeFileSync(unit, instance.ok('boot', 'install', '--print'))
    expect(sh('systemd-analyze', 'verify', '--man=no', '--recursive-errors=no', unit)).toBe('')
  })

  it('runs boot of its instance, and holds no secret', () => {
    const url = 'redis://:hunter2@127.0.0.1:6379'
    const { stdout, stderr } = instance.heropods(['boot', 'install', '--print', '--instance', 'staging'], {
      HEROPODS_REDIS_URL: url,
    })
    expect(stdout).toContain('"boot" "--instance" "staging"\n')
    expect(stdout).toContain(`\nRequiresMountsFor="${instance.base}/data/staging"\n`)
    expect(stdout).toContain('\nEnvironmentFile=-/etc/heropods/boot.env\n')
    expect(stdout + stderr).not.toContain('hunter2')
    expect(stderr).toContain('HEROPODS_REDIS_URL. Write them into /etc/heropods/boot.env')
  })

  it.skipIf(existsSync('/run/systemd/system'))('is not installed where systemd does not run', () => {
    const answer = instance.heropods(['boot', 'install'])
    expect([answer.code, answer.stderr]).toEqual([3, expect.stringContaining('run `heropods boot`')])
    expect(instance.ok('boot', 'status')).toContain('heropods-boot.service is not installed')
  })
})
