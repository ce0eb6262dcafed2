import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  afterFailure,
  afterHealing,
  afterHealings,
  type Backoff,
  type Flapping,
  healableAt,
  isSteady,
  noBackoff,
} from '../../src/watch/stacks/backoff.ts'

/** A number that lies in [0, 1), as `Math.random()` answers it. */
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
const middle = 0.5

/** The wait after so many failures in a row. */
function waitAfter(failures: number, chance: number): number {
  let state: Backoff = noBackoff
  for (let count = 0; count < failures; count += 1) state = afterFailure(state, 0, chance)
  return state.until
}

describe('the wait after failures', () => {
  it.each([
    [1, 1000],
    [2, 2000],
    [3, 4000],
    [9, 256_000],
    [10, 300_000],
    [2000, 300_000],
  ])('is, after %i in a row, %i ms without jitter', (failures, wait) => expect(waitAfter(failures, middle)).toBe(wait))

  it('is a fifth shorter or longer by jitter', () => {
    expect(waitAfter(1, 0)).toBe(800)
    expect(waitAfter(1, 0.999_999)).toBeCloseTo(1200, 1)
  })

  it('counts from now, and counts the failure', () =>
    expect(afterFailure({ failures: 2, until: 7 }, 50_000, middle)).toEqual({ failures: 3, until: 54_000 }))

  it('grows with each failure until it is the longest, whatever the jitter', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), random, random, (failures, one, other) => {
        expect(waitAfter(failures + 1, one)).toBeGreaterThan(waitAfter(failures, other))
      }),
    ))

  it('is never shorter than 0.8 s and never longer than six minutes', () =>
    fc.assert(
      fc.property(fc.nat({ max: 5000 }), fc.nat(), random, (failures, now, chance) => {
        const { until } = afterFailure({ failures, until: 0 }, now, chance)
        expect(until - now).toBeGreaterThanOrEqual(799)
        expect(until - now).toBeLessThanOrEqual(360_000)
      }),
    ))
})

describe('an object that is healed again and again', () => {
  const healed = (times: number): Flapping => ({ count: times, last: 10_000 })

  it.each([
    [1, 0],
    [2, 0],
    [3, 1000],
    [4, 2000],
    [11, 256_000],
    [12, 300_000],
    [5000, 300_000],
  ])('waits, after %i times, %i ms', (times, wait) => expect(healableAt(healed(times))).toBe(10_000 + wait))

  it('may be healed at once where it never was', () => expect(healableAt(undefined)).toBe(0))

  it.each<readonly [what: string, known: Flapping | undefined, now: number, count: number]>([
    ['is counted from one', undefined, 10_000, 1],
    ['is counted on within a minute', healed(1), 70_000, 2],
    ['starts over after a minute', healed(1), 70_001, 1],
    // After twelve times it waits five minutes, and then has to stand for ten.
    ['is counted on until it has stood twice its last wait', healed(12), 910_000, 13],
    ['starts over after that', healed(12), 910_001, 1],
  ])('%s', (_, known, now, count) => expect(afterHealing(known, now)).toEqual({ count, last: now }))

  it('is never steady while it still waits', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(), (count, last) => {
        const known = { count, last }
        expect(isSteady(known, healableAt(known))).toBe(false)
      }),
    ))

  it('is healed at most so often in an hour, however fast it breaks', () => {
    let known: Flapping | undefined
    let times = 0
    for (let now = 0; now <= 3_600_000; now = Math.max(now + 10, healableAt(known))) {
      known = afterHealing(known, now)
      times += 1
    }
    // Three at once, nine with growing waits until 4:16 min, then one every five minutes.
    expect(times).toBe(22)
  })

  it('is dropped once it is steady, when others are healed', () => {
    const known = new Map([
      ['steady', { count: 1, last: 0 }],
      ['flapping', { count: 4, last: 90_000 }],
    ])
    expect(afterHealings(known, ['flapping', 'new'], 100_000)).toEqual(
      new Map([
        ['flapping', { count: 5, last: 100_000 }],
        ['new', { count: 1, last: 100_000 }],
      ]),
    )
  })
})
