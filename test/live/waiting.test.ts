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
  await expect.poll(() => instance.heropods(['ps']).stdout, { timeout: 20_000 }).toMatch(/^db .*running/m)
  expect(instance.ok('status')).toMatch(
    /^test +Progressing .*Applying: Generation 1 by .*: a waits for db to be healthy \(starting\)\.$/m,
  )
  expect(instance.ok('status', 'test')).toMatch(/^test\/container\/a +not created yet /m)
  const early = instance.heropods(['logs', 'a'])
  expect([early.code, early.stderr]).toEqual([
    3,
    expect.stringContaining('a is not created yet: generation 1 is being applied.'),
  ])
  await ended
  const late = instance.heropods(['logs', 'a'])
  expect([late.code, late.stderr]).toEqual([
    3,
    expect.stringMatching(/a was not created\. Generation 1 failed: .*db.*\n.*heropods why a/),
  ])
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
  expect(wait()).toBe(1)
  expect(results().toSorted()).toEqual(['done', 'failed'])
  const story = instance.ok('history', '2')
  expect(story).toMatch(/^Generation 2 of test failed after /)
  expect(story).toContain('It was applied but did not become healthy:')
  expect(story).toMatch(/test\/container\/web [^\n]* after 3 s: connection refused:\n {2}\| no database\n/)
  expect(story).toMatch(/test\/container\/db [^\n]* after 3 s: also refused:\n/)
  expect(instance.ok('status')).toMatch(/^test +Degraded +1 \(attempted 2\) .*Generation 2 failed: test\/container\//m)
  // Nothing changes, and it is still not healthy.
  expect(wait()).toBe(1)
  expect(results().toSorted()).toEqual(['done', 'failed'])
  instance.stack(withCheck('exit 0'))
  expect(wait()).toBe(0)
  expect(instance.ok('status')).toMatch(/^test +Ready +3 /m)
})
