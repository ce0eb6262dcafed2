import { afterEach, beforeEach, expect, it } from 'vitest'
import { isFull } from '../../full.ts'
import { firstDay, month } from '../play/month.ts'
import { type Act, Play } from '../play/play.ts'
import { randomOf, randomScene } from '../play/random-acts.ts'
import { hostState } from '../support.ts'

/** `npm run test:play`: so many random scenes, by this seed. */
const scenes = Number(process.env.HEROPODS_PLAY ?? 0)
const seed = Number(process.env.HEROPODS_PLAY_SEED ?? Date.now() % 1_000_000)

let play: Play
let host: string
beforeEach(async () => {
  host = hostState()
  play = new Play()
  await firstDay.play(play.desk, play)
  play.begin()
  await play.play({ name: firstDay.name, play: () => undefined })
})
afterEach(async () => {
  await play.unwatch()
  play.desk.close()
  play.end()
  expect(hostState()).toBe(host)
})

it.runIf(isFull)(
  'follows a month of a team, and takes no step that does not follow from what its folder states',
  async () => {
    for (const act of month) await play.play(act)
    play.checkWhole()
  },
  300_000,
)

it.runIf(scenes > 0)(
  `follows ${scenes} random scenes (HEROPODS_PLAY_SEED=${seed})`,
  async () => {
    const random = randomOf(seed)
    const played: string[] = []
    for (let scene = 0; scene < scenes; scene += 1)
      for (const act of randomScene(play.desk, random)) await playNoted(act, played)
    play.checkWhole()
  },
  scenes * 60_000,
)

async function playNoted(act: Act, played: string[]): Promise<void> {
  played.push(act.name)
  await play.play(act).catch((error: Error) => {
    throw new Error(
      `seed ${seed}, act ${played.length}: ${act.name}\n${played.slice(-8).join('\n')}\n${error.message}`,
      {
        cause: error,
      },
    )
  })
}
