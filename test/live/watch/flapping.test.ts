import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Watched } from './watching.ts'

/** So often the restless one breaks: eight times take half a minute, since it waits ever longer. */
const times = process.env.HEROPODS_DRIFT_ALL ? 8 : 7

const instance = new Watched()
const sleeper = '{ image: busybox, command: [sleep, "1000"], stop_grace_period: 0s }'
const state = (stack: string, more = ''): string =>
  instance.state(stack, `containers:\n  restless: ${sleeper}\n  calm: ${sleeper}\n${more}`)
beforeAll(() => {
  for (const stack of ['a', 'b']) state(stack)
  instance.watch()
})
afterAll(async () => {
  await instance.unwatch()
  instance.end()
})

const pid = (stack: string, name: string): number =>
  JSON.parse(readFileSync(join(instance.run, 'containers', stack, name, 'running.json'), 'utf8')).process.pid
/** Kills it, once it runs, and answers the place from which its end is told. */
async function kill(stack: string, name: string): Promise<number> {
  await expect.poll(() => existsSync(`/proc/${pid(stack, name)}/cwd`), { timeout: 20_000 }).toBe(true)
  const from = instance.events.length
  process.kill(pid(stack, name), 'SIGKILL')
  return from
}
const told = (type: string, stack: string, name: string, from: number): number =>
  instance.events.findIndex(
    (event, index) =>
      index >= from &&
      event.type === type &&
      event.stack === stack &&
      `${event.address} ${event.message}`.includes(`${stack}/container/${name}`),
  )
async function mended(stack: string, name: string, from: number): Promise<number> {
  await expect
    .poll(() => told('stack.healed', stack, name, from), { timeout: 60_000, message: `${stack}/${name} is not mended` })
    .toBeGreaterThan(0)
  return told('stack.healed', stack, name, from)
}
const timeOf = (index: number): number => Date.parse(instance.events[index]?.time ?? '')

describe('heropods watch and what breaks again and again', () => {
  it('mends it ever more slowly, and everything else at once', async () => {
    for (const stack of ['a', 'b']) await instance.ready(stack)
    const waits: number[] = []
    for (let time = 1; time < times; time += 1) {
      const from = await kill('a', 'restless')
      const end = await mended('a', 'restless', from)
      const seen = told('stack.drifted', 'a', 'restless', from)
      expect(seen).toBeGreaterThanOrEqual(from)
      waits.push(timeOf(end) - timeOf(seen))
    }
    const last = await kill('a', 'restless')
    await expect.poll(() => told('stack.drifted', 'a', 'restless', last), { timeout: 20_000 }).toBeGreaterThan(0)
    await instance.condition('a', 'Degraded', 'Drifted')
    // Meanwhile others break: its neighbour, its namesake of another stack, and again.
    for (const [stack, name] of [
      ['a', 'calm'],
      ['b', 'restless'],
      ['b', 'calm'],
      ['a', 'calm'],
    ] as const)
      await mended(stack, name, await kill(stack, name))
    expect(told('stack.healed', 'a', 'restless', last), 'the restless one has not waited').toBe(-1)
    const end = await mended('a', 'restless', last)
    waits.push(timeOf(end) - timeOf(told('stack.drifted', 'a', 'restless', last)))
    const damped = waits.slice(3)
    expect(damped).toEqual([...damped].sort((left, right) => left - right))
    expect(Math.min(...damped)).toBeGreaterThan(Math.max(...waits.slice(0, 3)) / 2)
    await instance.ready('a')
  })

  it('mends and changes healthy stacks while others fail', async () => {
    const source = join(instance.base, 'source')
    mkdirSync(source)
    const volume = `{ type: bind, source: ${source}, target: /source, bind: { create_host_path: false } }`
    instance.state('c', `containers:\n  web: ${sleeper.replace(' }', `, volumes: [${volume}] }`)}\n`)
    await instance.ready('c')
    // One cannot be mended, since its source is gone; one cannot be made, since nobody has its image.
    rmSync(source, { recursive: true })
    const from = await kill('c', 'web')
    instance.state('d', 'containers: { none: { image: "127.0.0.1:1/none:1" } }\n')
    for (const stack of ['c', 'd']) await instance.event('stack.failed', stack, from)
    await mended('b', 'calm', await kill('b', 'calm'))
    state('b', `  third: ${sleeper}\n`)
    await instance.event('stack.applied', 'b', from)
    for (const stack of ['c', 'd']) await instance.condition(stack, 'Degraded')
    mkdirSync(source)
    await mended('c', 'web', from)
    await instance.ready('c')
  })
})
