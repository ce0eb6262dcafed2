import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Registry } from '../live/images/registry.ts'
import { type Random, randomOf } from '../live/play/random-acts.ts'
import { hostState } from '../live/support.ts'
import { Watched } from '../live/watch/watching.ts'
import { type Inventory, takeInventory } from './inventory.ts'
import { killOne, runAndKill, runUnderAttack } from './victims.ts'
import { containers, makeImages, port, wholeStack } from './whole-stack.ts'

/** `npm run chaos` makes 100 kills. */
const kills = Number(process.env.HEROPODS_CHAOS ?? 9)
const seed = Number(process.env.HEROPODS_CHAOS_SEED ?? 20261127)
const random: Random = randomOf(seed)
const images = 3

const registry = new Registry()
let instance: Watched
let host = ''
/** Every object after a calm first apply: it is what each round must lead back to. */
let calm: Inventory
/** The version that the file declares, and the image of `web`. */
let [version, image] = [0, 0]

beforeAll(async () => {
  host = hostState()
  await registry.start()
  instance = new Watched(registry.environment)
  makeImages(instance, registry, images)
  declare()
  instance.apply()
  calm = takeInventory(instance)
}, 300_000)
afterAll(async () => {
  await instance.unwatch('SIGKILL')
  instance.end()
  registry.stop()
  expect(hostState()).toBe(host)
})

function declare(): void {
  instance.stack(wholeStack(version, image))
}
function change(): void {
  version += 1
  declare()
}
const podmanHas = (name: string): boolean => registry.podman('images', '--quiet', name).trim() !== ''

/** What may be killed. Each leaves the file and the host in whatever state; the next apply must make them equal. */
const rounds: Readonly<Record<string, () => Promise<void>>> = {
  async 'an apply of a changed stack'() {
    change()
    await runAndKill(instance, random, ['apply', '--yes', 'test.yaml'])
  },
  async 'an apply that pulls'() {
    change()
    image = (image + 1) % images
    declare()
    instance.ok('image', 'rm', '--unused', '--all')
    const tag = `127.0.0.1:${registry.port}/shop/app${image}`
    if (podmanHas(tag)) registry.podman('rmi', '--force', tag)
    await runAndKill(instance, random, ['apply', '--yes', 'test.yaml'], 1500)
  },
  async 'podman while it pulls'() {
    image = (image + 1) % images
    change()
    instance.ok('image', 'rm', '--unused', '--all')
    await runUnderAttack(instance, ['apply', '--yes', 'test.yaml'], () => killOne(instance, random, /podman/), 150)
  },
  async 'an apply that fills volumes and waits for health'() {
    instance.ok('destroy', 'test', '--yes', '--delete-data')
    await runAndKill(instance, random, ['apply', '--yes', '--wait', 'test.yaml'], 5000)
  },
  async 'a rollback'() {
    change()
    instance.apply()
    await runAndKill(instance, random, ['rollback', '--yes'])
  },
  async 'a restart'() {
    await runAndKill(instance, random, ['restart', 'web', 'db', 'worker'])
  },
  async 'a destroy'() {
    await runAndKill(instance, random, ['destroy', 'test', '--yes'], 1500)
  },
  async 'conmon of a container'() {
    killOne(instance, random, /^conmon /)
  },
  async 'crun during an apply'() {
    change()
    await runUnderAttack(instance, ['apply', '--yes', 'test.yaml'], () => killOne(instance, random, /^\S*crun /), 20)
  },
  async 'Redis at rest'() {
    killOne(instance, random, /^\S*redis-server/)
  },
  async 'Redis during an apply'() {
    change()
    const delayed = delay(300 + random(1500)).then(() => killOne(instance, random, /^\S*redis-server/))
    await runUnderAttack(instance, ['apply', '--yes', 'test.yaml'], () => undefined, 1000)
    await delayed
  },
  async 'the process of a container'() {
    const pids = Object.values(instance.pids()).filter((pid) => pid !== null)
    process.kill(pids[random(pids.length)] as number, 'SIGKILL')
  },
  async 'a watch under change'() {
    instance.state('test', wholeStack(version, image).replaceAll('./db-', '../db-'))
    instance.watch()
    await delay(random(1500))
    change()
    instance.state('test', wholeStack(version, image).replaceAll('./db-', '../db-'))
    await delay(random(4000))
    await instance.unwatch('SIGKILL')
  },
}

const names = Object.keys(rounds)

it(
  `${kills} kills over a stack of every kind leave nothing lost, doubled or left over (seed ${seed})`,
  async () => {
    for (let round = 0; round < kills; round += 1) {
      // Each kind comes before any comes twice.
      const name = names[round < names.length ? round : random(names.length)] as string
      const what = `round ${round + 1} of seed ${seed}: ${name}`
      await rounds[name]?.()
      await converge(what)
    }
  },
  kills * 60_000,
)

async function converge(what: string): Promise<void> {
  const applied = instance.heropods(['apply', '--yes', 'test.yaml'])
  expect(applied, what).toMatchObject({ code: 0 })
  expect(instance.steps(), what).toEqual([])
  const states = [...instance.containers()].map(([name, one]) => [name, one.state])
  expect(Object.fromEntries(states), what).toEqual(containers)
  await expect.poll(() => takeInventory(instance), { timeout: 10_000, message: what }).toEqual(calm)
  const page = await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(3000) })
  expect(await page.text(), what).toBe(`version ${version}`)
  expect(instance.exec('db', 'cat', '/data/version', '/data/migrated'), what).toBe(`${version}\n${version}\n`)
}
