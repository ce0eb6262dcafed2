import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { InstanceEvent } from '../../../src/model/event.ts'
import { type Breakage, breakages, driftStack } from '../records/breakages.ts'
import { sh } from '../support.ts'
import { Watched } from './watching.ts'

/** Breakages take turns on these stacks: an object that breaks again and again waits longer each time. */
const healed = ['a', 'b', 'c', 'd', 'e', 'f']
/** These are only told of, until their mode is heal. */
const reported = { g: 'warn', h: 'detect' } as const
const stacks = [...healed, ...Object.keys(reported)]
const port = 19_180

const instance = new Watched()
const state = (stack: string, reconcile = ''): string =>
  instance.state(stack, `${reconcile}${driftStack(stacks.indexOf(stack))}`)

beforeAll(() => {
  for (const stack of stacks) state(stack)
  instance.watch([instance.folder], ['--listen', `127.0.0.1:${port}`, '--settle', '100ms'])
})
afterAll(async () => {
  await instance.unwatch()
  instance.end()
})

const breakage = (what: string, stack: string): Breakage =>
  breakages(instance, stack).find((one) => one.what === what) as Breakage
const pid = (stack: string, name: string): number =>
  JSON.parse(readFileSync(join(instance.run, 'containers', stack, name, 'running.json'), 'utf8')).process.pid
const pids = (): ReadonlyMap<string, number> =>
  new Map(stacks.flatMap((stack) => ['app', 'other'].map((name) => [`${stack}/${name}`, pid(stack, name)])))
const driftedSince = (from: number, told: RegExp): readonly InstanceEvent[] =>
  instance.events.slice(from).filter((event) => event.type === 'stack.drifted' && told.test(event.message))
/** Waits for drift by name, of any stack: what belongs to all is told of one. */
async function drifted(from: number, { what, told }: Breakage): Promise<InstanceEvent> {
  await expect
    .poll(() => driftedSince(from, told).length, { timeout: 20_000, message: `${what} is not told` })
    .toBeGreaterThan(0)
  return driftedSince(from, told)[0] as InstanceEvent
}
const mended = (): Promise<void> =>
  expect.poll(() => instance.steps(instance.folder), { timeout: 30_000, interval: 200 }).toEqual([])

/** Breaks it, and waits until it was told by name and mended; nobody else's process may change. */
async function heals({ what, breaks, newProcess = [], ...one }: Breakage, stack: string): Promise<void> {
  const from = instance.events.length
  const before = pids()
  await breaks()
  // A server of records that starts anew loses nothing.
  if (what !== 'Redis killed') {
    const event = await drifted(from, { what, breaks, ...one })
    await instance.event('stack.healed', event.stack, from)
  }
  await mended()
  const everywhere = what.startsWith('an image')
  for (const [name, now] of pids()) {
    const [where, container = ''] = name.split('/')
    if ((everywhere || where === stack) && [newProcess].flat().includes(container))
      expect(now, name).not.toBe(before.get(name))
    else expect(now, `${name} has another process`).toBe(before.get(name))
  }
}

describe('heropods watch in mode warn and detect', () => {
  const kinds: Readonly<Record<string, readonly string[]>> = {
    g: ['a killed container', 'a bridge down', 'an edited hosts file'],
    h: ['a process limit changed by hand', 'an edited resolv.conf', 'a root unmounted'],
  }
  const broken = Object.entries(kinds).flatMap(([stack, all]) =>
    all.map((what) => ({ stack, kind: breakage(what, stack) })),
  )

  it('tells of drift once and touches nothing, until the mode is heal', async () => {
    for (const stack of stacks) await instance.ready(stack)
    for (const [stack, mode] of Object.entries(reported)) {
      state(stack, `reconcile: { mode: ${mode} }\n`)
      await expect.poll(() => instance.status(stack)?.mode, { timeout: 20_000 }).toBe(mode)
    }
    const from = instance.events.length
    const before = pids()
    for (const { kind } of broken) await kind.breaks()
    for (const { kind, stack } of broken) expect((await drifted(from, kind)).stack).toBe(stack)
    for (const stack of Object.keys(reported)) await instance.condition(stack, 'Degraded', 'Drifted')
    // Others are mended meanwhile: each time everything is looked at.
    for (const stack of ['a', 'b']) {
      await breakage('a process limit changed by hand', stack).breaks()
      await instance.event('stack.healed', stack, from)
    }
    await instance.rest()
    const told = instance.events.slice(from).filter((event) => event.type === 'stack.drifted')
    expect(told.map((event) => event.message)).toEqual([...new Set(told.map((event) => event.message))])
    expect(pids()).toEqual(before)
    const steps = instance.steps(instance.folder)
    const texts = steps.flatMap((step) => step.changes.map((change) => `${step.address}: ${change.drift}`)).join('\n')
    for (const { kind } of broken) expect(texts).toMatch(kind.told)
    expect(texts).not.toMatch(/^[ab]\//m)
    await everywhereTold(told)
    for (const stack of Object.keys(reported)) state(stack)
    for (const stack of Object.keys(reported)) await instance.event('stack.healed', stack, from)
    await mended()
    for (const stack of Object.keys(reported)) await instance.ready(stack)
  })

  /** The stream of events and the metrics tell the same. */
  async function everywhereTold(told: readonly InstanceEvent[]): Promise<void> {
    const lines = instance.ok('events', '--json', '--limit', '1000').trim().split('\n')
    expect(lines.map((line) => (JSON.parse(line) as InstanceEvent).id)).toEqual(
      expect.arrayContaining(told.map((event) => event.id)),
    )
    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
    const counted = [...metrics.matchAll(/^heropods_drift_detected_total\{.*\} (\d+)$/gm)].map(([, count]) =>
      Number(count),
    )
    const all = instance.events.filter((event) => event.type === 'stack.drifted')
    expect(counted.reduce((sum, one) => sum + one, 0)).toBe(all.length)
  }
})

describe('heropods watch in mode heal tells drift by name and mends it', () => {
  const kinds = breakages(instance)
  const heard = kinds.filter(({ signals }) => !('none' in signals))
  for (const [index, { what }] of heard.entries()) {
    const stack = healed[index % healed.length] as string
    it(what, () => heals(breakage(what, stack), stack))
  }

  it('remembers what it keeps although Redis was emptied', () => {
    const redis = (...args: string[]): string => sh('redis-cli', '-s', join(instance.run, 'redis.sock'), ...args)
    const fields = redis('hkeys', redis('keys', '*:stacks').trim()).trim().split('\n')
    expect(fields.filter((field) => field.endsWith('/appliedHash')).sort()).toEqual(
      stacks.map((stack) => `${stack}/appliedHash`),
    )
  })

  for (const { what } of kinds.filter(({ signals }) => 'none' in signals))
    it(`${what}, found by the periodic look`, async () => {
      state('a', 'reconcile: { interval: 1s }\n')
      await instance.event('source.changed', undefined, instance.events.length)
      await heals(breakage(what, 'a'), 'a')
    })
})
