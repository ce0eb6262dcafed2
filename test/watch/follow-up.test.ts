import { expect, it } from 'vitest'
import { FollowUp } from '../../src/watch/follow-up.ts'
import { containerSpec, ownedContainer } from '../specs.ts'
import { noon, observationOf } from './builders.ts'

const host = (run: number) => observationOf(new Map([['shop/container/web', ownedContainer(containerSpec(), { run })]]))

/** A follow-up, and what it does. `hasSignals`: the sources of signals are open. */
function followed(hasSignals = true) {
  const done: string[] = []
  let now = noon.monotonic + 60_000
  const followUp = new FollowUp({
    clock: { monotonic: () => now, wall: () => noon.wall },
    tasks: {
      maintain: async () => void done.push('maintain'),
      recordJobs: async () => void done.push('jobs'),
      checkHealth: async () => void done.push('health'),
    },
    syncSignals: async () => {
      done.push('signals')
      return hasSignals
    },
    onError: (error) => void done.push(String(error)),
  })
  const observe = async (run: number): Promise<readonly string[]> => {
    followUp.observed(host(run))
    await new Promise((resolve) => setTimeout(resolve))
    return done.splice(0)
  }
  const pass = (ms: number): void => {
    now += ms
  }
  return { followUp, observe, pass }
}

it('an observation is followed up if a container has another run, or a signal came', async () => {
  const { followUp, observe } = followed()
  expect(await observe(1)).toEqual(['maintain', 'jobs', 'health', 'signals'])
  expect(await observe(1)).toEqual([])
  expect(await observe(2)).toEqual(['jobs', 'health', 'signals'])
  followUp.signal()
  expect(await observe(2)).toEqual(['jobs', 'health', 'signals'])
})

it('every observation is followed up before signals are open', async () => {
  const { observe } = followed(false)
  await observe(1)
  expect(await observe(1)).toEqual(['jobs', 'health', 'signals'])
})

it('logs are maintained once a minute', async () => {
  const { observe, pass } = followed()
  await observe(1)
  pass(59_999)
  expect(await observe(1)).toEqual([])
  pass(1)
  expect(await observe(1)).toEqual(['maintain'])
})
