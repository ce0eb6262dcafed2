import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { hostState, Instance } from '../support.ts'

/** Promise: nothing is ended that could not come back. */
let instance: Instance
let host = ''

const file = (name: string): string => join(instance.base, name)
const stack = (fields = ''): string =>
  instance.stack(
    `containers:\n  a: { image: busybox, command: [sleep, "1000"], network_mode: none, stop_grace_period: 0s, volumes: ["./app.conf:/app.conf:ro"]${fields} }\n`,
  )
const refused = (...args: readonly string[]): string => {
  const before = instance.pids()
  const { code, stderr } = instance.heropods(args)
  expect(code).toBe(3)
  expect(instance.pids()).toEqual(before)
  return stderr
}

beforeAll(() => {
  host = hostState()
  instance = new Instance()
})
beforeEach(() => {
  writeFileSync(file('app.conf'), 'one')
  stack()
  instance.apply()
})
afterAll(() => {
  instance.end()
  expect(hostState()).toBe(host)
})

describe('a file that a container mounts, once it has gone,', () => {
  it('is told by a plan that needs it not yet, and forbids one that does, a restart and a rollback', () => {
    stack(', environment: { A: "1" }')
    instance.apply()
    rmSync(file('app.conf'))
    const plan = instance.heropods(['diff', 'test.yaml', '--exit-code'])
    expect(plan.code).toBe(0)
    expect(plan.stderr).toMatch(/warning\[mount-source-missing\] a mounts .*app\.conf, which no longer exists/)
    expect(refused('restart', 'a')).toContain('mount-source-missing')
    stack(', environment: { A: "2" }')
    expect(refused('apply', '--yes', 'test.yaml')).toContain('mount-source-missing')
    expect(refused('rollback', '--yes')).toContain('mount-source-missing')
    expect(existsSync(file('app.conf'))).toBe(false)
    expect(instance.exec('a', 'cat', '/app.conf')).toBe('one')
  })

  it('is no reason to make a folder of its name in a generation that is brought back', () => {
    instance.stack('containers: {}\n')
    instance.apply()
    rmSync(file('app.conf'))
    expect(refused('rollback', '--yes')).toContain('mount-source-missing')
    expect(existsSync(file('app.conf'))).toBe(false)
    // A new container gets its folder, as with Compose.
    stack()
    instance.apply()
    expect(statSync(file('app.conf')).isDirectory()).toBe(true)
    instance.ok('destroy', 'test', '--yes')
    rmSync(file('app.conf'), { recursive: true })
  })

  it('and a folder in its place, which cannot be mounted on a file, ends nothing either, and is named', () => {
    rmSync(file('app.conf'))
    instance.write('app.conf/x', '')
    const changed = /mount-source-changed.* mounts \/.*app\.conf at \/app\.conf, which was a file and is now a folder/
    expect(refused('restart', 'a')).toMatch(changed)
    instance.ok('stop', 'a')
    expect(refused('start', 'a')).toMatch(changed)
    // The way out that the message names.
    instance.apply()
    expect(instance.exec('a', 'ls', '/app.conf')).toBe('x\n')
    rmSync(file('app.conf'), { recursive: true })
    writeFileSync(file('app.conf'), 'one')
    expect(refused('restart', 'a')).toContain('was a folder and is now a file')
    instance.ok('stop', 'a')
  })

  it('keeps a restart policy from starting it, which says why', async () => {
    stack(', restart: always')
    instance.apply()
    rmSync(file('app.conf'))
    process.kill(instance.pids().a as number, 'SIGKILL')
    const drift = (): readonly string[] => instance.containers().get('a')?.drift ?? []
    await expect
      .poll(drift, { timeout: 10_000 })
      .toEqual([
        expect.stringMatching(
          /exited with code 137, and its restart policy could not start it again: .*app\.conf.*no longer exists/,
        ),
      ])
    expect(refused('start', 'a')).toContain('mount-source-missing')
    writeFileSync(file('app.conf'), 'two')
    instance.ok('start', 'a')
    expect(instance.exec('a', 'cat', '/app.conf')).toBe('two')
  })
})

it('a bundle, or a seccomp profile, that has gone ends nothing', () => {
  const profile = instance.write('seccomp.json', '{"defaultAction": "SCMP_ACT_ALLOW"}')
  stack(`, security_opt: ["seccomp:${profile}"]`)
  instance.apply()
  rmSync(profile)
  stack(`, environment: { A: "3" }, security_opt: ["seccomp:${profile}"]`)
  expect(refused('apply', '--yes', 'test.yaml')).toContain('seccomp')
  rmSync(join(instance.run, 'containers/test/a/bundle/config.json'))
  expect(refused('restart', 'a')).toMatch(/needs-apply.*its bundle is gone/)
})
