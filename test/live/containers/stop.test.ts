import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { hostState, Instance } from '../support.ts'

let instance: Instance
let before: string

/** A process that says which signals it gets, and ends at none but the last of them. */
const listens = (...signals: readonly string[]): string => {
  const traps = signals.map((signal) => `trap "echo got ${signal}${signal === 'USR2' ? '; exit 7' : ''}" ${signal}`)
  return JSON.stringify(['sh', '-c', `${traps.join('; ')}; echo ready; while :; do sleep 0.1; done`])
}
const container = (name: string, fields: string): string =>
  `  ${name}: { image: busybox, network_mode: none, command: ${listens('TERM', 'USR1', 'USR2')}, ${fields} }\n`

beforeAll(async () => {
  before = hostState()
  instance = new Instance()
  instance.stack(
    `containers:\n${container('named', 'stop_signal: SIGUSR2, stop_grace_period: 60s')}${container('numbered', 'stop_signal: 12, stop_grace_period: 60s')}${container('deaf', 'stop_signal: SIGUSR1, stop_grace_period: 2s')}${container('plain', 'stop_grace_period: 1s')}${container('hurried', 'stop_signal: SIGUSR2, stop_grace_period: 0s')}`,
  )
  instance.apply()
  // Its traps are there.
  for (const name of ['named', 'numbered', 'deaf', 'plain', 'hurried'])
    await vi.waitFor(() => expect(said(name)).toContain('ready'), { timeout: 20_000, interval: 100 })
})
afterAll(() => {
  instance.end()
  expect(hostState()).toBe(before)
})

const said = (name: string): readonly string[] => instance.ok('logs', name).trim().split('\n')
/** Stops a container. Answers what it said, its exit code, and how long that took, milliseconds. */
const stop = (name: string): { said: readonly string[]; code: number | null | undefined; took: number } => {
  const start = Date.now()
  instance.ok('stop', name)
  const took = Date.now() - start
  return { said: said(name).slice(1), code: instance.containers().get(name)?.exitCode, took }
}

describe('a container that is stopped', () => {
  it.each(['named', 'numbered'])('gets its stop signal and no other, and ends as it likes: %s', (name) => {
    expect(stop(name)).toMatchObject({ said: ['got USR2'], code: 7 })
  })

  it('gets SIGTERM where none is stated', () => {
    expect(stop('plain')).toMatchObject({ said: ['got TERM'], code: 137 })
  })

  it('is killed where it does not end, after its grace and not before', () => {
    const { took, ...rest } = stop('deaf')
    expect(rest).toEqual({ said: ['got USR1'], code: 137 })
    expect(took).toBeGreaterThanOrEqual(2000)
    const note = 'ignored SIGUSR1 for 2 s; set `init: true`, which forwards signals'
    expect(instance.ok('why', 'deaf')).toContain(`code 137, stopped by heropods stop (${note}), `)
    expect(instance.ok('inspect', 'deaf')).toContain(note)
    expect(instance.ok('events')).toContain(`deaf was stopped: it ${note}.`)
    instance.ok('start', 'deaf')
    expect(instance.ok('restart', 'deaf', '--time', '1')).toContain(
      'test/container/deaf restarted: it ignored SIGUSR1 for 1 s; set `init: true`, which forwards signals',
    )
    const stopped = instance.ok('stop', 'deaf', '--time', '1', '--json')
    expect(JSON.parse(stopped)).toMatchObject({ result: 'stopped', note: note.replace('2 s', '1 s') })
  })

  it('is killed at once where it has no grace', () => {
    instance.ok('stop', 'hurried')
    expect(said('hurried')).toEqual(['ready'])
    expect(instance.containers().get('hurried')?.state).not.toBe('running')
  })

  it('that ignored its signal is named with its time by the step, the event, the last exit and the next plan', () => {
    const stack = (value: number) =>
      instance.stack(`containers:\n${container('plain', `stop_grace_period: 1s, environment: { A: "${value}" }`)}`)
    instance.ok('start', 'plain')
    stack(1)
    const apply = () => instance.ok('apply', 'test.yaml', '--yes')
    const note = 'ignored SIGTERM for 1 s; set `init: true`, which forwards signals'
    expect(apply()).toMatch(
      /✓ test\/container\/plain restarted [\d.]+s {2}ignored SIGTERM for 1 s; set `init: true`, which forwards signals/,
    )
    expect(instance.ok('events')).toContain(`1 restarted, 4 deleted. plain: ${note}.`)
    expect(instance.ok('history', '2')).toContain(note)
    expect(instance.ok('why', 'plain')).toMatch(
      /Last exit +code 137, stopped by generation 2 \(ignored SIGTERM for 1 s; set `init: true`, which forwards signals\), \d+ s ago$/m,
    )
    stack(2)
    const plan = instance.heropods(['diff', 'test.yaml']).stdout
    expect(plan).toContain('plain is down for about 2 s: it ignored SIGTERM last time.')
  })
  it('whose program is missing names the program with `init: true` too', () => {
    instance.stack(
      'containers:\n  lost: { image: busybox, init: true, command: [slep, "100"] }\n  away: { image: busybox, init: true, command: [/bin/away] }\n',
    )
    const { stdout } = instance.heropods(['apply', 'test.yaml', '--yes'])
    expect(stdout).toContain(
      'test/container/lost could not start the program "slep": no folder of `PATH` has this file, or its interpreter (`#!`) is missing.',
    )
    expect(stdout).toContain('test/container/away could not start the program "/bin/away": the image does not have')
  })
})
