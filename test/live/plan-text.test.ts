import { describe, expect, it } from 'vitest'
import { clearedInstance } from './hooks.ts'

/** The text of plans on the real host: what the tests of test/report cannot know, that the facts behind it are observed. */
const instance = clearedInstance()
const quiet = 'image: busybox, stop_grace_period: 0s, network_mode: none'

describe('the text of a plan', () => {
  it('a container that needed more memory than its limit was killed: out of memory', { timeout: 60_000 }, async () => {
    instance.stack(
      `containers: { eater: { ${quiet}, mem_limit: 16M, memswap_limit: 16M, command: [sh, -c, "sleep 2; exec tail /dev/zero"] } }\n`,
    )
    instance.apply()
    await expect
      .poll(() => instance.ok('diff', 'test.yaml'), { timeout: 30_000 })
      .toMatch(
        /~ test\/container\/eater {2}start in a new process \(address kept\)\n {6}! killed: out of memory, (just now|\d+ s ago|1 min ago)\n/,
      )
    expect(instance.ok('status', 'test')).toContain('was killed because it reached its memory limit of')
  })

  it('a released volume is reused, and a removed container has the same reason in diff and apply', () => {
    const withVolume = `volumes: { data: {} }\ncontainers: { a: { ${quiet}, command: [sleep, "1000"], volumes: ["data:/data"] } }\n`
    const without = `containers: { b: { ${quiet}, command: [sleep, "1000"] } }\n`
    instance.stack(withVolume)
    expect(instance.apply()).toContain('+ test/volume/data  create  test.yaml:')
    instance.ok('exec', 'a', '--', 'touch', '/data/here')
    instance.stack(without)
    const removal = '- test/container/a  delete (no longer in the stack file)  test.yaml\n'
    expect(instance.ok('diff', 'test.yaml')).toContain(removal)
    const removed = instance.apply()
    expect(removed).toContain(removal)
    expect(removed).toContain('- test/volume/data  release, data kept (no longer in the stack file)')
    instance.stack(withVolume)
    expect(instance.ok('diff', 'test.yaml')).toContain('+ test/volume/data  reuse, data kept  test.yaml:')
    expect(instance.apply()).toContain('✓ test/volume/data reused, data kept')
    expect(instance.ok('exec', 'a', '--', 'ls', '/data')).toBe('here\n')
    expect(instance.ok('destroy', 'test', '--yes')).toContain('- test/container/a  delete (you asked to remove it)\n')
  })

  it('values of variables are shown only on request, in diff, apply, history and destroy', () => {
    const stack = (value: string): string =>
      instance.stack(
        `containers: { a: { ${quiet}, command: [sleep, "1000"], environment: { PASSWORD: ${value} }, ports: [] } }\n`,
      )
    stack('first-word')
    expect(instance.ok('diff', 'test.yaml')).not.toContain('first-word')
    expect(instance.ok('diff', 'test.yaml', '--show-values')).toContain('environment: PASSWORD=first-word')
    expect(instance.apply()).not.toContain('first-word')
    stack('second-word')
    expect(instance.ok('diff', 'test.yaml')).toContain('~ environment.PASSWORD: value changed  test.yaml:')
    const applied = instance.apply('test.yaml', '--show-values')
    expect(applied).toContain('~ environment.PASSWORD: first-word -> second-word  test.yaml:')
    expect(applied).toContain('\na restarts: down for about 1 s.\n')
    const { generations } = JSON.parse(instance.ok('history', '--json')) as { generations: { generation: number }[] }
    const newest = generations[0]?.generation ?? 0
    expect(instance.ok('history', `${newest}`)).not.toContain('second-word')
    expect(instance.ok('history', `${newest}`, '--show-values')).toContain('first-word -> second-word')
    expect(instance.ok('diff', `@${newest - 1}`, `@${newest}`)).not.toContain('second-word')
    const rolledBack = instance.ok('rollback', `${newest - 1}`, '--yes', '--show-values')
    expect(rolledBack).toContain('second-word -> first-word')
    expect(instance.ok('rollback', `${newest}`, '--yes')).not.toContain('second-word')
  })

  it('the wait for health ends with the number of healthy containers', () => {
    instance.stack(
      `containers: { a: { ${quiet}, command: [sleep, "1000"], healthcheck: { test: "true", interval: 1s } }, b: { ${quiet}, command: [sleep, "1000"] } }\n`,
    )
    const { stderr } = instance.heropods(['apply', 'test.yaml', '--yes', '--wait'])
    expect(stderr).toContain('Waiting for containers to become healthy ...\nAll 2 ready.\n')
  })
})
