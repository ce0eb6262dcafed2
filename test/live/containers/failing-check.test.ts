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

it('the output of a failing check is in ps, status and inspect, without the secrets of its container', () => {
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
    healthcheck: { test: [CMD-SHELL, 'echo "no login with $$(cat /password)"; exit 1'], interval: 300ms, retries: 2 }
`)
  expect(instance.heropods(['apply', '--yes', '--wait', 'test.yaml']).code).toBe(1)
  const text = /is unhealthy: no login with \(sensitive\) \(\d+ failures\)/
  const listed = instance.heropods(['ps'])
  expect(listed.stdout).toMatch(/^sick .* running \(unhealthy\)/m)
  expect(listed.stderr).toMatch(text)
  expect(instance.ok('status', 'test')).toMatch(text)
  const inspected = instance.ok('inspect', 'sick')
  expect(inspected).toContain('"output": "no login with (sensitive)"')
  expect(inspected + listed.stdout + instance.ok('status', '--json')).not.toContain('hunter2')
})
