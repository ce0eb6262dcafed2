import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Instance, sh } from '../support.ts'
import { breakages, driftStack } from './breakages.ts'

const instance = new Instance()
beforeAll(() => {
  instance.stack(driftStack())
  instance.apply()
  expect(instance.steps()).toEqual([])
})
afterAll(() => instance.end())

describe('drift shows in diff and is mended by apply', () => {
  it('refresh rebuilds the records from the host', () => {
    sh('redis-cli', '-s', join(instance.run, 'redis.sock'), 'flushall')
    expect(instance.ok('refresh')).toContain('test/container/app recorded')
    expect(instance.steps()).toEqual([])
  })

  for (const { what, told, breaks, newProcess } of breakages(instance)) {
    it(what, async () => {
      const before = instance.containers()
      await breaks()
      const steps = instance.steps()
      expect(
        steps
          .flatMap((step) => step.changes.map((change) => change.drift ?? ''))
          .concat(steps.map((step) => step.reason))
          .join('\n'),
      ).toMatch(told)
      instance.apply()
      expect(instance.steps()).toEqual([])
      const after = instance.containers()
      for (const [name, one] of before) {
        expect(after.get(name)?.state).toBe('running')
        expect(after.get(name)?.ip).toBe(one.ip)
        expect(after.get(name)?.networks).toEqual(one.networks)
        if (![newProcess].flat().includes(name))
          expect(after.get(name)?.pid, `${name} has another process`).toBe(one.pid)
      }
      expect(await (await fetch('http://127.0.0.1:18073/hostname', { signal: AbortSignal.timeout(3000) })).text()).toBe(
        'app\n',
      )
      expect(instance.exec('other', 'wget', '-qO-', 'http://app/hostname')).toBe('app\n')
      expect(instance.exec('app', 'cat', '/conf')).toBe('right')
      expect(instance.exec('app', 'sh', '-c', 'echo kept > /data/file && cat /data/file')).toBe('kept\n')
    })
  }
})
