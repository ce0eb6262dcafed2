import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { InstanceEvent } from '../../../src/model/event.ts'
import { leftOf, lookLeft } from '../play/left.ts'
import { firstDay } from '../play/month.ts'
import { Play } from '../play/play.ts'
import { type Random, randomOf, Turn } from '../play/random-acts.ts'
import { hostState } from '../support.ts'

/** `npm run test:kill` kills 200 times. */
const kills = process.env.HEROPODS_KILL_ALL === '1' ? 200 : 15
const seed = Number(process.env.HEROPODS_KILL_SEED ?? 20261125)

let play: Play
let host: string
/** Starts the watch again whenever it has ended, as a service manager does. */
let keeper: NodeJS.Timeout | undefined
beforeEach(async () => {
  host = hostState()
  play = new Play()
  await firstDay.play(play.desk, play)
  play.begin()
  play.restate()
  await play.reach('the first day')
})
afterEach(async () => {
  clearInterval(keeper)
  await play.unwatch()
  play.desk.close()
  play.end()
  expect(hostState()).toBe(host)
})

it(
  `is killed ${kills} times under change, and nothing is lost, doubled or wrongly undone`,
  async () => {
    const random = randomOf(seed)
    const turn = new Turn(play.desk, random)
    let [killed, round, undone, seen] = [0, 0, 0, '']
    let worse: string | undefined
    while (killed < kills) {
      round += 1
      const name = `seed ${seed}, round ${round}`
      // Every third round brings a version that does not stay up; the next one makes it good.
      if (worse !== undefined) await turn.runs(worse, 'well')
      worse = worse === undefined && round % 3 === 0 ? turn.pick(turn.files()) : undefined
      if (worse !== undefined) await turn.runs(worse, 'badly')
      const times = 1 + random(3)
      for (let count = 0; count < times; count += 1) {
        killed += 1
        await turn.something({ spared: worse, keeps: count > 0 })
        await kill(random)
      }
      const { stacks, degraded } = play.restate()
      keeper = setInterval(() => play.isRunning || play.begin(), 500)
      await play.reach(name)
      const containers = [...stacks].flatMap(([stack, own]) => [...own.keys()].map((key) => `${stack}/${key}`)).sort()
      await expect.poll(() => lookLeft(play), { timeout: 30_000, message: name }).toEqual(leftOf(containers))
      clearInterval(keeper)
      const events = eventsAfter(seen)
      seen = events.at(-1)?.id ?? seen
      for (const { type, stack = '', message } of events)
        if (type === 'stack.rolled-back' || type === 'stack.failed')
          expect([...degraded], `${name}: ${message}`).toContain(stack)
      undone += events.filter((event) => event.type === 'stack.rolled-back').length
    }
    expect(undone).toBeGreaterThan(0)
    if (worse !== undefined) await turn.runs(worse, 'well')
    play.restate()
    await play.reach('the end')
    play.checkWhole()
  },
  kills * 30_000,
)

/** Ends the watch as kill -9 does, at some time or at some effect of its work, and starts it again. */
async function kill(random: Random): Promise<void> {
  if (random(2) === 0) await delay(random(1500))
  else {
    const when = ['before', 'after', 'step'][random(3)] as string
    await play.unwatch('SIGKILL')
    play.begin({ HEROPODS_KILL_AT: `${when}:${1 + random(when === 'step' ? 4 : 40)}` })
    for (let waited = 0; play.isRunning && waited < 30; waited += 1) await delay(100)
  }
  await play.unwatch('SIGKILL')
  play.begin()
}

const eventsAfter = (id: string): readonly InstanceEvent[] =>
  play
    .ok('events', '--json', '--limit', '1000')
    .split('\n')
    .filter(Boolean)
    .map((text) => JSON.parse(text) as InstanceEvent)
    .filter((event) => idNumbers(event.id) > idNumbers(id))

/** Ids are MILLISECONDS-NUMBER. */
const idNumbers = (id: string): string => id.replace(/\d+$/, (number) => number.padStart(6, '0'))
