import { renameSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sh } from '../support.ts'
import { Watched } from './watching.ts'

let instance: Watched
beforeEach(() => {
  instance = new Watched()
})
afterEach(async () => {
  await instance.unwatch()
  instance.end()
})

const stack = (seconds: number, grace = '0s'): string =>
  `reconcile: { monitor: 500ms }\ncontainers:\n  one: { image: busybox, command: [sleep, "${seconds}"], stop_grace_period: ${grace} }\n`
const bad = stack(1).replace('[sleep, "1"]', '[sh, -c, "exit 3"]')
const command = (): string => {
  const pid = instance.containers().get('one')?.pid
  return pid ? sh('cat', `/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim() : ''
}
const applied = async (seconds: number): Promise<void> => {
  const before = instance.status('a')?.applied
  instance.state('a', stack(seconds))
  await expect.poll(command, { timeout: 30_000, interval: 300 }).toBe(`sleep ${seconds}`)
  // Until the reconcile ends, the status is the one before the change.
  await instance.applied('a', before)
  await instance.ready('a')
}

describe('what happens while watch is at it', () => {
  it('a file that is put back while its stack is being removed has it made anew', async () => {
    const file = instance.state('a', stack(1000, '3s'))
    instance.watch()
    await instance.ready('a')
    renameSync(file, join(instance.base, 'a.yaml'))
    // A bare sleep does not hear its stop signal: it is within its grace.
    await delay(1500)
    renameSync(join(instance.base, 'a.yaml'), file)
    await instance.event('stack.pruned', 'a')
    await expect.poll(command, { timeout: 30_000, interval: 300 }).toBe('sleep 1000')
    await instance.ready('a')
  })

  it('a registry that does not answer holds up the one stack that waits for it', async () => {
    const silent = createServer(() => undefined)
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const { port } = silent.address() as { port: number }
    try {
      instance.watch()
      await applied(1000)
      instance.state('b', `containers:\n  two: { image: "127.0.0.1:${port}/nothing:latest", stop_grace_period: 0s }\n`)
      await instance.condition('b', 'Progressing', 'Pulling')
      const from = instance.events.length
      process.kill(instance.containers().get('one')?.pid as number, 'SIGKILL')
      await instance.event('stack.healed', 'a', from)
      await applied(2000)
      expect(instance.status('b')?.conditions.find((one) => one.type === 'Progressing')?.reason).toBe('Pulling')
    } finally {
      silent.close()
    }
  })
})

describe('what was rejected stays so', () => {
  it('also where its user goes back further, and while its folder is not there at a start', async () => {
    instance.watch()
    await applied(1000)
    await applied(2000)
    instance.state('a', bad)
    await instance.event('stack.rolled-back', 'a')
    await expect.poll(command, { timeout: 30_000 }).toBe('sleep 2000')
    instance.ok('rollback', '1', '--yes')
    await instance.rest()
    expect(command()).toBe('sleep 1000')
    await instance.unwatch()
    renameSync(instance.folder, `${instance.folder}.away`)
    instance.watch()
    const from = instance.events.length
    await instance.event('source.failed', undefined, from)
    await instance.rest()
    renameSync(`${instance.folder}.away`, instance.folder)
    await instance.event('source.recovered', undefined, from)
    await instance.rest()
    expect(command()).toBe('sleep 1000')
    expect(instance.told('a').filter((type) => type === 'stack.failed')).toHaveLength(1)
  })

  it('settings alone are remembered: what may not be pruned is not, after a restart either', async () => {
    instance.watch()
    await applied(1000)
    const file = instance.state('a', stack(1000).replace('monitor: 500ms', 'monitor: 500ms, prune: confirm'))
    await instance.rest()
    await instance.unwatch()
    rmSync(file)
    instance.state('b', stack(3000).replaceAll('one', 'two'))
    instance.watch()
    await instance.condition('a', 'Degraded', 'AwaitingConfirmation')
    expect(command()).toBe('sleep 1000')
  })
})
