import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { expect, it } from 'vitest'
import { sh } from '../support.ts'
import { watchedInstance } from '../watch/watching.ts'

const instance = watchedInstance()

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
  expect(instance.ok('status', 'test')).toContain('was killed because it reached its memory limit of')
  // Nothing of HeroPods ran at its exit: the event is read from the host.
  expect(instance.ok('events', 'test')).toContain('eat exited with code 137 (out of memory) and is not restarted.')
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
  expect(instance.ok('why', 'host')).toMatch(
    /running, 1 process killed: out of memory \(limit 16M\)\n {2}Killed +tail \(pid \d+ on the host\): out of memory, /,
  )
  expect(instance.ok('status', 'test')).toContain(`host: ${killed} (limit 16M).`)
  expect(instance.steps()).toEqual([])
})

it('a container that has ended by itself leaves no interface, and its address is used again', async () => {
  const one = (name: string, command: string) =>
    instance.stack(
      `containers:\n  ${name}: { image: busybox, command: ${command}, stop_grace_period: 0s }\n`,
      'network',
    )
  one('ends', '[sh, -c, "sleep 1.2; exit 3"]')
  instance.apply('network.yaml')
  await expect.poll(() => state('ends'), { timeout: 20_000 }).toContain('exited (3)')
  const address = instance.containers().get('ends')?.ip
  instance.ok('rm', 'ends')
  expect(sh('ip', '-o', 'link')).not.toContain(': hv')
  one('next', '[sleep, "1000"]')
  instance.apply('network.yaml')
  expect(instance.containers().get('next')?.ip).toBe(address)
  instance.ok('destroy', 'network', '--yes')
})

it('a crash loop shows the exit code, the number of the next start and its time', async () => {
  instance.stack(
    'containers:\n  loop: { image: busybox, command: [sh, -c, "sleep 1.2; exit 3"], restart: always, network_mode: none }\n',
  )
  instance.apply()
  await expect
    .poll(() => state('loop'), { timeout: 60_000, interval: 200 })
    .toMatch(/restarting \(exit 3, (?!1st)\d+(st|nd|rd|th) try, next in \d+s\)/)
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

/** Four ends of a process, and the words for each. */
const ends = {
  eat: {
    run: 'until [ -e /go ]; do sleep 0.2; done; exec tail /dev/zero',
    code: 137,
    state: 'exited (137, out of memory)',
    drift: 'killed: out of memory',
  },
  fail: {
    run: 'until [ -e /go ]; do sleep 0.2; done; exit 3',
    code: 3,
    state: 'exited (3)',
    drift: 'it exited with code 3',
  },
  shot: { run: 'exec sleep 1000', code: 137, state: 'exited (137)', drift: 'it exited with code 137' },
  deaf: { run: "trap '' TERM; while :; do sleep 1; done", code: 137, state: 'stopped (137)', drift: 'it was stopped' },
} as const
/** The type and the text of their events. */
const eventsOf = {
  eat: ['container.oom', 'ran out of memory and was killed.'],
  fail: ['container.exited', 'exited with code 3.'],
  shot: ['container.exited', 'exited with code 137, killed by SIGKILL, not out of memory.'],
  deaf: ['container.stopped', 'was stopped'],
} as const
type End = keyof typeof ends
const names = (Object.keys(ends) as End[]).flatMap((end) => [[end, end] as const, [`${end}-kept`, end] as const])

it('out of memory, an exit with 3 after some seconds, a kill and a deaf process: ps, status, exec, wait, events and keep_alive tell each', async () => {
  const containers = names.map(([name, end]) => {
    const more = `${end === 'eat' ? ', mem_limit: 32m' : ''}${name === end ? '' : ', keep_alive: true'}`
    return `  ${name}: { image: busybox, command: [sh, -c, "${ends[end].run}"], stop_grace_period: 1s, network_mode: none${more} }\n`
  })
  const body = `reconcile: { mode: warn, monitor: 500ms }\ncontainers:\n${containers.join('')}`
  instance.apply(instance.state('ends', body))
  const all = names.map(([name]) => name)
  const waiting = instance.start('wait', ...all)
  let waited = ''
  waiting.stdout.on('data', (data: Buffer) => {
    waited += data
  })
  instance.watch()
  await instance.ready('ends')
  const pids = instance.pids()
  for (const name of ['eat', 'eat-kept', 'fail', 'fail-kept']) instance.exec(name, 'touch', '/go')
  for (const name of ['shot', 'shot-kept']) process.kill(pids[name] as number, 'SIGKILL')
  instance.ok('stop', 'deaf', 'deaf-kept')
  if (waiting.exitCode === null) await once(waiting, 'exit')
  expect(waited.trim().split('\n').map(Number)).toEqual(names.map(([, end]) => ends[end].code))
  const status = instance.ok('status', 'ends')
  for (const [name, end] of names) {
    expect(state(name)).toContain(ends[end].state)
    expect(status).toMatch(new RegExp(`container/${name} .*(${ends[end].drift}|stopped|exited)`))
    const exec = instance.heropods(['exec', name, 'true'])
    expect([exec.code, exec.stderr]).toEqual([125, expect.stringContaining('not-running')])
    const [type, text] = eventsOf[end]
    const event = await instance.event(type, 'ends')
    expect(
      instance.events.filter((one) => one.type === type && one.address === `ends/container/${name}`),
    ).toMatchObject([{ message: expect.stringContaining(`${name} ${text}`) }])
    expect(event.level).toBe(end === 'eat' ? 'error' : end === 'deaf' ? 'info' : 'warning')
  }
  await instance.unwatch()
  instance.ok('destroy', 'ends', '--yes')
}, 120_000)

it('keep_alive holds a container after its entrypoint, runs it again at a restart, and reports one that fails later', async () => {
  instance.stack(`containers:
  setup: { image: busybox, command: [sh, -c, "echo run >>/log"], keep_alive: true, stop_grace_period: 0s, network_mode: none }
  late: { image: busybox, command: [sh, -c, "sleep 1.5; echo run >>/log"], keep_alive: true, stop_grace_period: 0s, network_mode: none }
  broken: { image: busybox, command: [sh, -c, "sleep 2; echo no database; exit 3"], keep_alive: true, network_mode: none }
  service: { image: busybox, command: [sleep, "1000"], keep_alive: true, stop_grace_period: 0s, network_mode: none }
  shell: { image: busybox, command: [sh], network_mode: none }
`)
  expect(instance.apply()).toContain(
    'test/container/shell: only runs a shell without input, so it ends at once. Add `command: [sleep, infinity]`',
  )
  // A command right after an apply finds the container, also between the end of its entrypoint and its hold.
  for (const end = Date.now() + 3000; Date.now() < end; )
    expect(instance.heropods(['exec', 'late', 'true']).code).toBe(0)
  expect(instance.exec('setup', 'cat', '/log')).toBe('run\n')
  expect([state('setup'), state('late'), state('service')]).toEqual([
    expect.stringMatching(/ held /),
    expect.stringMatching(/ held /),
    expect.stringMatching(/ running /),
  ])
  instance.ok('restart', 'setup')
  expect(instance.exec('setup', 'cat', '/log')).toBe('run\nrun\n')
  expect(state('setup')).toMatch(/ held /)
  await expect.poll(() => state('broken'), { timeout: 10_000 }).toContain('exited (3)')
  await expect
    .poll(() => instance.ok('events', 'test'), { timeout: 10_000 })
    .toContain('broken exited with code 3 and is not restarted.')
  expect(instance.ok('status', 'test')).toContain('ContainerExited')
  const unknown = instance.heropods(['events', 'tst'])
  expect([unknown.code, unknown.stderr]).toEqual([3, expect.stringContaining('Did you mean "test"?')])
  expect(instance.ok('why', 'broken')).toContain('no database')
})

it('start --keep-alive holds a container of a program open, and names the field to set in a stack', () => {
  const refused = instance.heropods(['start', '--keep-alive', 'shell'])
  expect([refused.code, refused.stderr]).toEqual([3, expect.stringContaining('keep_alive: true')])
  instance.write(
    'box.heroscript',
    '!!heropods.container_new name:box image:busybox\n!!heropods.container_start name:box\n',
  )
  instance.ok('play', 'box.heroscript')
  expect(state('box')).toContain('completed (0)')
  expect(instance.ok('start', '--keep-alive', 'box', 'setup')).toBe(
    'heropods-library/container/box started\ntest/container/setup runs already\n',
  )
  expect(instance.exec('box', 'echo', 'here')).toBe('here\n')
})
