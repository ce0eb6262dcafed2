import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildImage, Registry } from '../images/registry.ts'
import { Watched } from './watching.ts'

let registry: Registry
let instance: Watched
beforeAll(async () => {
  registry = new Registry()
  await registry.start()
  instance = new Watched(registry.environment)
})
afterAll(async () => {
  await instance.unwatch()
  instance.end()
  registry.stop()
})

const image = (command: readonly string[]): void => buildImage(registry, 'library/app', { Cmd: command })
const command = (): string => instance.exec('app', 'cat', '/proc/1/cmdline').replaceAll('\0', ' ').trim()

describe('a tag that means another image', () => {
  it('is followed with `pull_policy: always`, and gone back from where the image is bad', async () => {
    image(['sleep', '1000'])
    instance.state(
      'a',
      `reconcile: { interval: 1s, monitor: 500ms }\ncontainers:\n  app: { image: app, pull_policy: always, stop_grace_period: 0s }\n`,
    )
    instance.watch()
    await instance.ready('a')
    expect(command()).toBe('sleep 1000')
    image(['sleep', '2000'])
    await expect.poll(command, { timeout: 30_000 }).toBe('sleep 2000')
    await instance.ready('a')
    expect(instance.status('a')?.applied).toBe(2)
    image(['sh', '-c', 'exit 4'])
    await instance.event('stack.rolled-back', 'a')
    await expect.poll(() => instance.containers().get('app')?.state, { timeout: 20_000 }).toBe('running')
    expect(command()).toBe('sleep 2000')
    await instance.condition('a', 'Degraded', 'ContainerExited')
    await instance.rest()
    expect(command()).toBe('sleep 2000')
  })
})
