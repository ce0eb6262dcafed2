import { execFileSync } from 'node:child_process'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { StackStatus } from '../../src/model/status.ts'
import { Instance } from './support.ts'

let instance: Instance
beforeEach(() => {
  instance = new Instance()
})
afterEach(() => instance.end())

const sleeper = '{ image: busybox, command: [sleep, "1000"], network_mode: none, stop_grace_period: 0s }'
const failing = '{ image: busybox, command: [sh, -c, "echo no; exit 3"], network_mode: none }'

const statusOf = (stack: string): StackStatus => {
  const { stacks } = JSON.parse(instance.ok('status', stack, '--json')) as { stacks: StackStatus[] }
  return stacks[0] as StackStatus
}
const degraded = (stack: string) => statusOf(stack).conditions.find((one) => one.type === 'Degraded')

it('status says which generation failed and why, and what has not come to be; until it has', () => {
  instance.stack(`containers:\n  good: ${sleeper}\n`)
  instance.apply()
  expect(degraded('test')).toMatchObject({ status: false })
  const wrong = `containers:\n  good: ${sleeper}\n  bad: ${failing}\n  later: { ${sleeper.slice(1, -1)}, depends_on: { bad: { condition: service_completed_successfully } } }\n`
  instance.stack(wrong)
  expect(instance.heropods(['apply', '--yes', 'test.yaml']).code).toBe(1)
  const { conditions, attempted, applied, objects, lastError } = statusOf('test')
  expect([attempted, applied]).toEqual([2, 1])
  expect(conditions.find((one) => one.type === 'Ready')?.status).toBe(false)
  expect(degraded('test')?.message).toMatch(/^Generation 2 failed: .*3/)
  expect(lastError).toMatchObject({ address: 'test/container/bad' })
  expect(objects).toContainEqual(expect.objectContaining({ address: 'test/container/later', state: 'absent' }))
  expect(instance.ok('ps')).toMatch(/^later +test +- +missing /m)
  const story = instance.ok('history', '2')
  expect(story).toMatch(/^Generation 2 of test failed after \d+\.\ds\./)
  expect(story).toMatch(
    /✗ test\/container\/bad create failed \d\.\ds\nerror\[container-exited\][^\n]*3[^\n]*:\n {2}\| no\n/,
  )
  expect(story).toContain('- test/container/later skipped: needs test/container/bad, which failed')
  const { run } = JSON.parse(instance.ok('history', '2', '--json')) as { run: { steps: { result: string }[] } }
  expect(run.steps.map(({ result }) => result).sort()).toEqual(expect.arrayContaining(['failed', 'skipped']))
  expect(instance.ok('status')).toMatch(/^STACK +STATUS +GENERATION +READY /m)
  expect(instance.ok('status')).toMatch(/^test +Degraded +1 \(attempted 2\) +1\/3 /m)
  expect(instance.ok('status', 'test')).toMatch(/^test\/container\/later +missing /m)
  expect(instance.ok('events')).toMatch(/error +stack\.failed +test @2 +test\/container\/bad exited with code 3/)
  // Another stack is not concerned.
  instance.stack(`containers:\n  one: ${sleeper}\n`, 'other')
  instance.apply('other.yaml')
  expect(degraded('other')).toMatchObject({ status: false })
  instance.stack(
    wrong.replace('exit 3', 'exec sleep 1000').replace('service_completed_successfully', 'service_started'),
  )
  instance.apply()
  expect(degraded('test')).toMatchObject({ status: false })
  expect(statusOf('test')).toMatchObject({ attempted: 4, applied: 4 })
})

it('a published port has no rule while its container was never started', () => {
  const stack = (command: string) =>
    instance.stack(
      `networks: { lan: { subnet: 10.61.8.0/24 } }\ncontainers:\n  db: { image: busybox, command: ${command}, stop_grace_period: 0s }\n  edge: { image: busybox, command: [sleep, "1000"], stop_grace_period: 0s, ports: ["18098:80"], depends_on: { db: { condition: service_completed_successfully } } }\n`,
    )
  const hasRule = (): boolean =>
    execFileSync('iptables', ['-t', 'nat', '-S'], { encoding: 'utf8' }).includes('--dport 18098 ')
  stack('[sh, -c, "exit 3"]')
  expect(instance.heropods(['apply', '--yes', 'test.yaml']).code).toBe(1)
  expect(hasRule()).toBe(false)
  stack('["true"]')
  instance.apply()
  expect(hasRule()).toBe(true)
  expect(instance.steps()).toEqual([])
})

it('a failure is over once an apply finds the host as its files have it', async () => {
  instance.stack(
    `containers:\n  flaky: { ${sleeper.slice(1, -1).replace('sleep, "1000"', 'sh, -c, "test -e /v/ok && exec sleep 1000; touch /v/ok; exit 1"')}, volumes: ["v:/v"], restart: always }\nvolumes: { v: }\n`,
  )
  expect(instance.heropods(['apply', '--yes', 'test.yaml']).code).toBe(1)
  expect(degraded('test')?.message).toContain('Generation 1 failed')
  await expect.poll(() => instance.containers().get('flaky')?.state).toBe('running')
  instance.apply()
  expect(degraded('test')).toMatchObject({ status: false })
})

it('a destroy is called a destroy in the events, and no stack is listed for the default network', () => {
  instance.stack(`containers:\n  one: ${sleeper.replace('network_mode: none, ', '')}\nvolumes: { data: }\n`)
  instance.apply()
  expect(instance.ok('status')).not.toMatch(/^default /m)
  expect(instance.ok('volume', 'ls')).toMatch(/^data +test +declared /m)
  instance.stack(`containers:\n  one: { ${sleeper.slice(1, -1)}, volumes: ["data:/d"] }\nvolumes: { data: }\n`)
  instance.apply()
  expect(instance.ok('volume', 'ls')).toMatch(/^data +test +mounted .* test\/one$/m)
  expect(instance.ok('inspect', 'one')).toMatch(/^{\n {2}"containers": \[\n/)
  instance.ok('destroy', 'test', '--yes')
  expect(instance.ok('events')).toMatch(/The destroy of test is done: \d+ steps/)
})

it('a container that was not created is no change of another stack on the same network', () => {
  const onNetwork = '{ image: busybox, command: [sleep, "1000"], stop_grace_period: 0s }'
  instance.stack(`containers:\n  web: ${onNetwork}\n`)
  instance.apply()
  const broken = `containers:\n  db: ${failing.replace(', network_mode: none', '')}\n  app: { ${onNetwork.slice(1, -1)}, depends_on: [db] }\n`
  instance.stack(broken, 'other')
  expect(instance.heropods(['apply', '--yes', 'other.yaml']).code).toBe(1)
  expect(instance.steps('test.yaml')).toEqual([])
  instance.stack(broken.replace('exit 3', 'exec sleep 1000'), 'other')
  instance.apply('other.yaml')
  expect(instance.steps('test.yaml')).toEqual([])
  expect(instance.steps('other.yaml')).toEqual([])
})

it('`verify` sets how long a process must stay up, --no-verify does not wait, and the same spec is verified once', () => {
  const stack = (verify: string, script: string): void => {
    instance.stack(
      `containers:\n  slow: { image: busybox, command: [sh, -c, "${script}"], network_mode: none, stop_grace_period: 0s, verify: ${verify} }\n`,
    )
  }
  stack('4s', 'sleep 1.5; echo no config; exit 7')
  const failed = instance.heropods(['apply', '--yes', 'test.yaml'])
  expect([failed.code, failed.stdout + failed.stderr]).toEqual([
    1,
    expect.stringMatching(/slow exited with code 7 right after its start[\s\S]*no config/),
  ])
  stack('30s', 'exec sleep 1000')
  const seconds = (...options: string[]): number => {
    const start = Date.now()
    instance.apply('test.yaml', ...options)
    return (Date.now() - start) / 1000
  }
  expect(seconds('--no-verify')).toBeLessThan(30)
  // It was not verified yet, and `verify` changes without a restart.
  const { slow: before } = instance.pids()
  stack('5s', 'exec sleep 1000')
  expect(instance.steps()).toMatchObject([{ action: 'update', class: 'live' }])
  instance.apply()
  expect(instance.pids()).toEqual({ slow: before })
  const kill = (): void => {
    execFileSync('kill', ['-9', String(instance.pids().slow)])
  }
  kill()
  expect(seconds()).toBeGreaterThan(5)
  kill()
  expect(seconds()).toBeLessThan(5)
})
