import { expect, it } from 'vitest'
import { SharedObservation } from '../../src/api/shared-observation.ts'

/** Observations that end when the test says so, numbered from 1. */
function numbered() {
  const ends: ((error?: Error) => void)[] = []
  const observe = () =>
    new Promise<number>((resolve, reject) => {
      const number = ends.length + 1
      ends.push((error) => (error ? reject(error) : resolve(number)))
    })
  return { ends, observe }
}

it('calls at the same time share one observation, later ones do not', async () => {
  const { ends, observe } = numbered()
  const shared = new SharedObservation<number>()
  const together = [shared.get(observe), shared.get(observe)]
  ends[0]?.()
  expect(await Promise.all(together)).toEqual([1, 1])
  const later = shared.get(observe)
  ends[1]?.()
  expect(await later).toBe(2)
})

it('a call after a change does not get an observation from before it', async () => {
  const { ends, observe } = numbered()
  const shared = new SharedObservation<number>()
  const before = shared.get(observe)
  shared.invalidate()
  const after = shared.get(observe)
  ends[0]?.()
  expect(await before).toBe(1)
  // The end of the older observation does not end the newer one.
  const beside = shared.get(observe)
  ends[1]?.()
  expect(await Promise.all([after, beside])).toEqual([2, 2])
})

it('a failed observation is not used again', async () => {
  const { ends, observe } = numbered()
  const shared = new SharedObservation<number>()
  const failing = shared.get(observe)
  ends[0]?.(new Error('unreadable'))
  await expect(failing).rejects.toThrow('unreadable')
  const next = shared.get(observe)
  ends[1]?.()
  expect(await next).toBe(2)
})
