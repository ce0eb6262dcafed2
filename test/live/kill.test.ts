import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { hostState, Instance } from './support.ts'

/** `npm run test:kill` tries every effect; `npm test` every step and a seeded sample of effects. */
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

let instance: Instance
let host = ''
beforeAll(() => {
  host = hostState()
})
afterEach(() => {
  instance.end()
  expect(hostState()).toBe(host)
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

const destroying = (point: string): boolean => {
  instance = new Instance()
  instance.stack(before)
  instance.apply()
  return killedAt(point, 'destroy', 'test', '--yes')
}

const scenarios: readonly {
  name: string
  steps: number
  /** No fewer than there are: a test says when there have come to be more. */
  effects: number
  run: (point: string) => Promise<boolean> | boolean
}[] = [
  { name: 'a first apply', steps: 5, effects: 46, run: (point) => applying(point, undefined, before, 'first') },
  { name: 'an apply that recreates', steps: 2, effects: 40, run: (point) => applying(point, before, after, 'second') },
  {
    name: 'an apply that replaces a network',
    steps: 6,
    effects: 54,
    run: (point) => applying(point, before, moved, 'third'),
  },
  { name: 'a destroy', steps: 5, effects: 25, run: destroying },
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

for (const [salt, { name, steps, effects, run }] of scenarios.entries()) {
  describe(`kill -9 of ${name}, then again`, () => {
    for (let step = 1; step <= steps; step += 1) {
      it(`after step ${step}`, { timeout: 60_000 }, async () => expect(await run(`step:${step}`)).toBe(true))
    }
    if (all) {
      for (let point = 1; point <= effects; point += 1)
        it(`before effect ${point}`, { timeout: 60_000 }, async () => void (await run(`before:${point}`)))
      it(`has no more than ${effects} effects`, { timeout: 60_000 }, async () =>
        expect(await run(`before:${effects + 1}`)).toBe(false),
      )
    } else {
      for (const point of sample(4, Math.floor(effects * 0.75), salt))
        it(`before effect ${point}`, { timeout: 60_000 }, async () => expect(await run(`before:${point}`)).toBe(true))
    }
  })
}
