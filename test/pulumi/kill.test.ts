import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { randomOf } from '../live/play/random-acts.ts'
import { hostState } from '../live/support.ts'
import { Folder } from './support.ts'

/** `npm run chaos` makes ten kills, `npm test` two. */
const kills = process.env.HEROPODS_CHAOS ? 10 : 2
const seed = Number(process.env.HEROPODS_CHAOS_SEED ?? 20261127)
const random = randomOf(seed)

let folder: Folder
let host = ''
beforeAll(() => {
  host = hostState()
  folder = new Folder({ packages: { typescript: '^5.8.0', '@types/node': '^20.0.0' } })
  folder.ok('stack', 'init', 'dev')
}, 300_000)
afterAll(() => {
  folder.end()
  expect(hostState()).toBe(host)
}, 120_000)

const declare = (version: number): void =>
  folder.index(`
const net = new Network('lan', { subnet: '10.63.0.0/24' })
const data = new Volume('data')
for (const name of ['one', 'two', 'three'])
  new Container(name, {
    image: 'busybox',
    command: ['sleep', '${100000 + version}'],
    networks: [net],
    volumes: [{ type: 'volume', source: data.address, target: '/data' }],
    stopGracePeriod: 0,
  })
`)

/** Every process that works for this folder: the command line, its language host, the program and the provider. */
function processes(): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((name) => {
      try {
        const environment = readFileSync(`/proc/${name}/environ`, 'latin1')
        return environment.includes(`PULUMI_HOME=${folder.environment.PULUMI_HOME}`)
      } catch {
        return false
      }
    })
    .map(Number)
}

/** Waits until HeroPods holds the instance for this run: before that a kill meets Pulumi alone. */
async function atWork(since = Date.now()): Promise<void> {
  const holder = join(folder.path, 'data/default/lock.holder')
  while ((statSync(holder, { throwIfNoEntry: false })?.mtimeMs ?? 0) <= since) await delay(20)
}

it(
  `${kills} kills of \`pulumi up\` are completed by the next one (seed ${seed})`,
  async () => {
    for (let round = 1; round <= kills; round += 1) {
      const what = `round ${round} of seed ${seed}`
      declare(round)
      const child = spawn('pulumi', ['--non-interactive', 'up', '--yes', '--skip-preview'], {
        cwd: folder.program,
        env: folder.environment,
        stdio: 'ignore',
      })
      const ended = once(child, 'exit')
      await Promise.race([ended, atWork().then(() => delay(random(2000)))])
      for (const pid of processes()) {
        try {
          process.kill(pid, 'SIGKILL')
        } catch {
          // It ended meanwhile.
        }
      }
      await ended
      // Pulumi's own lock of the killed run, and its list of operations whose end it does not know.
      folder.ok('cancel', '--yes')
      folder.ok('refresh', '--yes', '--clear-pending-creates', '--skip-preview')
      folder.up()
      expect(folder.up('--expect-no-changes'), what).toMatch(/6 unchanged/)
      const states = [...folder.containers()].map(([name, { state }]) => [name, state])
      expect(Object.fromEntries(states), what).toEqual({ one: 'running', two: 'running', three: 'running' })
      for (const [, { pid }] of folder.containers())
        expect(readFileSync(`/proc/${pid}/cmdline`, 'utf8'), what).toBe(`sleep\0${100000 + round}\0`)
    }
    folder.ok('destroy', '--yes', '--skip-preview')
    expect(folder.containers().size).toBe(0)
  },
  kills * 120_000 + 120_000,
)
