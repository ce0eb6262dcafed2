import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { cli, Instance } from './support.ts'

let instance: Instance
beforeEach(() => {
  instance = new Instance()
})
afterEach(() => instance.end())

const stack = `containers:
  db:
    image: busybox
    command: [sleep, "1000"]
    network_mode: none
    stop_grace_period: 0s
    healthcheck: { test: [CMD-SHELL, "echo starting up; exit 1"], interval: 1s, retries: 6, start_period: 0s }
  a:
    image: busybox
    command: [sleep, "1000"]
    network_mode: none
    stop_grace_period: 0s
    depends_on: { db: { condition: service_healthy } }
`

it('while a run waits for a dependency, the readers say what waits for what; after its failure why', async () => {
  instance.stack(stack)
  const apply = spawn(process.execPath, [cli, 'apply', '--yes', 'test.yaml'], {
    cwd: instance.base,
    env: instance.environment,
    stdio: 'ignore',
  })
  const ended = once(apply, 'exit')
  await expect.poll(() => instance.heropods(['ps']).stdout, { timeout: 20_000 }).toMatch(/^db .*(?<!not )running/m)
  expect(instance.ok('status')).toMatch(
    /^test +Progressing .*Applying: Generation 1 by .*: a waits for db to be healthy \(starting\)\.$/m,
  )
  expect(instance.ok('status', 'test')).toMatch(/^test\/container\/a +not created yet /m)
  const early = instance.heropods(['logs', 'a'])
  expect([early.code, early.stderr]).toEqual([
    3,
    expect.stringContaining('a is not created yet: generation 1 is being applied.'),
  ])
  const asked = instance.ok('why', 'a')
  expect(asked).toMatch(/^test\/container\/a {2}not created yet\n {2}Set in +test\.yaml:\d+\n/)
  expect(asked).toMatch(/Last change +generation 1, .*: in progress\n +create\n/)
  expect(asked).toMatch(/Waits for +test\/container\/db \(service_healthy\): not fulfilled: db is starting$/m)
  expect(instance.ok('why', 'db')).toMatch(
    /Needed by +test\/container\/a \(service_healthy\): not fulfilled: db is starting/,
  )
  await ended
  const failed = instance.ok('why', 'a')
  expect(failed).toMatch(/^test\/container\/a {2}was not created\n/)
  expect(failed).toMatch(/Last change +generation 1, .*: failed\n +create\n.*db.*unhealthy/)
  expect(failed).toContain('| starting up')
  expect(instance.ok('why', 'db')).toContain('(another step of the generation failed)')
  const refusals = { logs: 3, exec: 125, restart: 3, port: 3 }
  for (const [command, exitCode] of Object.entries(refusals)) {
    const { code, stderr } = instance.heropods([command, 'a', ...(command === 'exec' ? ['true'] : [])])
    expect([code, stderr]).toEqual([
      exitCode,
      expect.stringMatching(/a was not created\. Generation 1 failed: .*db.*\n.*heropods why a/),
    ])
  }
  expect(instance.ok('status')).toMatch(/^test +Degraded .*Generation 1 failed/m)
  expect(instance.heropods(['logs', 'nothing']).stderr).toContain('There is no container "nothing".')
})

it('after --wait, a generation whose containers do not become healthy has failed with the reason, until it is applied and healthy', () => {
  const withCheck = (test: string, more = ''): string => `containers:
  web:
    image: busybox
    command: [sh, -c, "echo no database; exec sleep 1000"]
    network_mode: none
    stop_grace_period: 0s
    healthcheck: { test: [CMD-SHELL, "${test}"], interval: 1s, retries: 100, start_period: 0s }
${more}`
  const wait = (): number | null =>
    instance.heropods(['apply', '--yes', '--wait', '--wait-timeout', '3s', 'test.yaml']).code
  const results = (): readonly string[] =>
    (JSON.parse(instance.ok('history', '--json')) as { generations: { result: string }[] }).generations.map(
      ({ result }) => result,
    )
  instance.stack(withCheck('exit 0'))
  expect(wait()).toBe(0)
  const other = withCheck('echo also refused; exit 1').replace('containers:\n  web:', '  db:')
  instance.stack(withCheck('echo connection refused; exit 1', other))
  const failed = instance.heropods(['apply', '--yes', '--wait', '--wait-timeout', '3s', 'test.yaml'])
  expect(failed.code).toBe(1)
  for (const output of ['connection refused', 'also refused'])
    expect(failed.stderr).toContain(`:\n  $ echo ${output}; exit 1 (exit code 1)\n  | ${output}\n`)
  expect(results().toSorted()).toEqual(['done', 'failed'])
  const story = instance.ok('history', '2')
  expect(story).toMatch(/^Generation 2 of test failed after /)
  expect(story).toContain('It was applied but did not become healthy:')
  expect(story).toMatch(/test\/container\/web [^\n]* after 3 s: connection refused:\n {2}\| no database\n/)
  expect(story).toMatch(/test\/container\/db [^\n]* after 3 s: also refused:\n/)
  const details = JSON.parse(instance.ok('inspect', 'web')) as { containers: { checkCommand: string }[] }
  expect(details.containers[0]?.checkCommand).toBe('echo connection refused; exit 1')
  expect(instance.ok('status')).toMatch(/^test +Degraded +1 \(attempted 2\) .*Generation 2 failed: test\/container\//m)
  // Nothing changes, and it is still not healthy.
  expect(wait()).toBe(1)
  expect(results().toSorted()).toEqual(['done', 'failed'])
  instance.stack(withCheck('exit 0'))
  expect(wait()).toBe(0)
  expect(instance.ok('status')).toMatch(/^test +Ready +3 /m)
})

it('status of a stack shows the output of containers that do not work', async () => {
  instance.stack(`containers:
  bad:
    image: busybox
    command: [sh, -c, "echo no database; exec sleep 1000"]
    network_mode: none
    stop_grace_period: 0s
    healthcheck: { test: [CMD-SHELL, "echo refused; exit 4"], interval: 1s, retries: 1, start_period: 0s }
  boom:
    image: busybox
    command: [sh, -c, "sleep 2; echo no disk; exit 3"]
    network_mode: none
    restart: "no"
`)
  instance.heropods(['apply', '--yes', '--wait', '--wait-timeout', '4s', 'test.yaml'])
  const shown = instance.ok('status', 'test')
  expect(shown).toContain(
    'bad is unhealthy\n  check: echo refused; exit 4 (exit code 4)\n    | refused\n  last output:\n    | no database\n',
  )
  await expect
    .poll(() => instance.ok('status', 'test'), { timeout: 10_000 })
    .toContain('boom has exited with code 3\n  last output:\n    | no disk\n')
})

it('why shows the last exits of a crashing container and the end of its log, without secrets', async () => {
  const crashing = (secret: string) =>
    `secrets: { key: { content: ${secret} } }
containers:
  boom:
    image: busybox
    command: [sh, -c, "sleep 0.2; echo key $(cat /run/secrets/key) is wrong; exit 3"]
    network_mode: none
    restart: always
    secrets: [key]
`
  instance.stack(crashing('sesame-4711'))
  instance.heropods(['apply', '--yes', 'test.yaml'])
  await expect
    .poll(() => instance.ok('why', 'boom'), { timeout: 10_000 })
    .toMatch(/Last exit +code 3, \d+ s ago \(\d exits in/)
  const text = instance.ok('why', 'boom')
  expect(text).toMatch(/Output +\| key \(sensitive\) is wrong\n/)
  expect(text).not.toContain('sesame')
})

it('changes of a failed run are shown as in its plan, and are not drift', () => {
  const two = (memory: string, command: string) =>
    `containers:
  first: { image: busybox, command: [${command}], network_mode: none, stop_grace_period: 0s }
  web:
    { image: busybox, command: [sleep, "1000"], network_mode: none, stop_grace_period: 0s, mem_limit: ${memory}, depends_on: { first: { condition: service_completed_successfully } } }
`
  instance.stack(two('64m', '"true"'))
  instance.apply()
  instance.stack(two('128m', 'sh, -c, "exit 4"'))
  expect(instance.heropods(['apply', '--yes', 'test.yaml']).code).toBe(1)
  const text = instance.ok('why', 'web')
  expect(text).toMatch(/Not applied +generation 2 failed\n +~ mem_limit: 64M -> 128M\n/)
  expect(text).not.toContain('Drift')
})
