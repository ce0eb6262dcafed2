import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { isFull } from '../full.ts'
import { buildImage, Registry } from './images/registry.ts'
import { hostState, Instance, sh } from './support.ts'

/** `npm run test:kill` tries every effect; `npm test` every second step and a seeded sample of effects. */
const all = process.env.HEROPODS_KILL_ALL === '1'
const seed = Number(process.env.HEROPODS_KILL_SEED ?? 20261124)

const stack = (greeting: string, subnet: string): string => `
networks: { lan: { subnet: ${subnet} } }
volumes: { data: }
configs: { page: { content: "${greeting}" } }
containers:
  web:
    image: busybox
    command: [httpd, -f, -p, "80", -h, /www]
    ports: ["18075:80"]
    configs: [{ source: page, target: /www/index.html }]
    volumes: ["data:/data"]
    stop_grace_period: 0s
  other: { image: busybox, command: [sleep, "1000"], environment: { G: "${greeting}" }, stop_grace_period: 0s }
`
const before = stack('first', '10.75.0.0/24')
const after = stack('second', '10.75.0.0/24')
const moved = stack('third', '10.75.1.0/24')

/** A pulled image, an archive, a volume filled from an image, and a container that waits for another's health. */
const various = (greeting: string): string => `
images: { base: { archive: ./base.tar } }
volumes: { site: }
containers:
  base:
    image: base
    command: [sh, -c, "echo ${greeting} > /ready; exec sleep 1000"]
    network_mode: none
    healthcheck: { test: [CMD, cat, /ready], interval: 1s }
    stop_grace_period: 0s
  filled:
    image: kill/app
    command: [sleep, "1000"]
    network_mode: none
    volumes: ["site:/srv"]
    depends_on: { base: { condition: service_healthy } }
    stop_grace_period: 0s
`

const registry = new Registry()
let instance: Instance
let host = ''
/** Podman keeps a mount of its own over its storage. */
const hostNow = (): string =>
  hostState()
    .split('\n')
    .filter((line) => !line.includes(registry.base))
    .join('\n')
beforeAll(async () => {
  await registry.start()
  buildImage(registry, 'kill/app', { Cmd: ['sleep', '1000'] })
  host = hostNow()
})
afterAll(() => registry.stop())
afterEach(() => {
  instance.end()
  expect(hostNow()).toBe(host)
})

/** Runs a command that is to be killed; answers whether it was, or came to its end before that point. */
const killedAt = (point: string, ...args: string[]): boolean =>
  instance.heropods(args, { HEROPODS_KILL_AT: point }).signal === 'SIGKILL'

async function isWhole(greeting: string): Promise<void> {
  expect(instance.steps()).toEqual([])
  expect([...instance.containers().values()].map((one) => one.state)).toEqual(['running', 'running'])
  const page = await fetch('http://127.0.0.1:18075/', { signal: AbortSignal.timeout(3000) })
  expect(await page.text()).toBe(greeting)
  expect(instance.exec('other', 'wget', '-qO-', 'http://web/')).toBe(greeting)
}

const applying = async (point: string, from: string | undefined, to: string, greeting: string): Promise<boolean> => {
  instance = new Instance()
  if (from !== undefined) {
    instance.stack(from)
    instance.apply()
  }
  instance.stack(to)
  const killed = killedAt(point, 'apply', '--yes', 'test.yaml')
  instance.apply()
  await isWhole(greeting)
  return killed
}

/** An instance whose podman has none of the images yet. */
function makeVarious(greeting: string): void {
  const tag = `127.0.0.1:${registry.port}/kill/app`
  registry.podman('rmi', '--ignore', '--force', tag, 'docker.io/kill/app')
  instance = new Instance(registry.environment)
  const rootfs = join(instance.base, 'rootfs')
  mkdirSync(join(rootfs, 'bin'), { recursive: true })
  sh('cp', '/bin/busybox', join(rootfs, 'bin/busybox'))
  for (const applet of ['sh', 'sleep', 'cat']) sh('ln', '-sf', 'busybox', join(rootfs, 'bin', applet))
  sh('tar', '-cf', join(instance.base, 'base.tar'), '-C', rootfs, '.')
  instance.stack(various(greeting))
}

function isVarious(greeting: string): void {
  expect(instance.steps()).toEqual([])
  expect(instance.exec('base', 'cat', '/ready')).toBe(`${greeting}\n`)
  expect(instance.exec('filled', 'cat', '/srv/index.html')).toContain('page of the image')
}

/** A command is killed in an instance that runs `various`, and the next apply must complete it. */
const killing = (from: string, args: readonly string[], to: string) => (point: string) => {
  makeVarious('one')
  if (from === 'nothing') {
    const killed = killedAt(point, ...args)
    instance.apply()
    isVarious(to)
    return killed
  }
  instance.apply()
  instance.stack(various('two'))
  if (from === 'two') instance.apply()
  const killed = killedAt(point, ...args)
  instance.stack(various(to))
  instance.apply()
  isVarious(to)
  return killed
}

const destroying = (point: string): boolean => {
  instance = new Instance()
  instance.stack(before)
  instance.apply()
  return killedAt(point, 'destroy', 'test', '--yes')
}

const scenarios: readonly {
  name: string
  /** Steps after each of which `npm test` kills it. */
  steps: number
  /** How many effects `npm test` kills it before, default 1. */
  samples?: number
  /** No fewer than there are: a test says when there have come to be more. */
  effects: number
  run: (point: string) => Promise<boolean> | boolean
}[] = [
  { name: 'a first apply', steps: 5, effects: 56, run: (point) => applying(point, undefined, before, 'first') },
  { name: 'an apply that recreates', steps: 2, effects: 56, run: (point) => applying(point, before, after, 'second') },
  {
    name: 'an apply that replaces a network',
    steps: 6,
    effects: 68,
    run: (point) => applying(point, before, moved, 'third'),
  },
  { name: 'a destroy', steps: 5, effects: 36, run: destroying },
  {
    name: 'an apply that pulls, unpacks, fills a volume and waits for health',
    steps: 0,
    samples: 1,
    effects: 75,
    run: killing('nothing', ['apply', '--yes', '--wait', 'test.yaml'], 'one'),
  },
  {
    name: 'a rollback',
    steps: 0,
    samples: 1,
    effects: 40,
    run: killing('two', ['rollback', '1', '--yes'], 'one'),
  },
  {
    name: 'a restart',
    steps: 0,
    samples: 1,
    effects: 40,
    run: killing('two', ['restart', 'base', 'filled'], 'two'),
  },
]

/** A small linear congruential generator: the same seed gives the same sample. */
function sample(count: number, of: number, salt: number): readonly number[] {
  let state = seed + salt
  const next = (): number => {
    state = (state * 1103515245 + 12345) % 2147483648
    return state
  }
  return [...new Set(Array.from({ length: count }, () => 1 + (next() % of)))].sort((left, right) => left - right)
}

for (const [salt, { name, steps, samples = 1, effects, run }] of scenarios.entries()) {
  describe(`kill -9 of ${name}, then again`, () => {
    for (let step = 1; step <= steps; step += isFull || all ? 1 : 2) {
      it(`after step ${step}`, { timeout: 60_000 }, async () => expect(await run(`step:${step}`)).toBe(true))
    }
    if (all) {
      for (let point = 1; point <= effects; point += 1)
        it(`before effect ${point}`, { timeout: 60_000 }, async () => void (await run(`before:${point}`)))
      it(`has no more than ${effects} effects`, { timeout: 60_000 }, async () =>
        expect(await run(`before:${effects + 1}`)).toBe(false),
      )
    } else {
      for (const point of sample(samples, Math.floor(effects * 0.75), salt))
        it(`before effect ${point}`, { timeout: 60_000 }, async () => expect(await run(`before:${point}`)).toBe(true))
    }
  })
}
