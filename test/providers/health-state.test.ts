import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { onUnhealthy } from '../../src/model/kinds/on-unhealthy.ts'
import {
  afterCheck,
  type HealthState,
  isCurrent,
  nextCheckAt,
  unchecked,
} from '../../src/providers/linux/container/health/state.ts'

const times = { interval: 30_000, timeout: 5000, retries: 3, start_period: 0, start_interval: 5000 }
const slow = { ...times, start_period: 20_000 }

/** Checks that begin so many seconds after the start at 0, `+` good and `-` bad, each a second long. */
const after = (checks: string, settings = times, state: HealthState = unchecked): HealthState =>
  checks
    .split(' ')
    .filter(Boolean)
    .reduce((now, text) => {
      const startedAt = Number(text.slice(1)) * 1000
      return afterCheck(now, settings, 0, { ok: text[0] === '+', startedAt, endedAt: startedAt + 1000 })
    }, state)

describe('health after checks', () => {
  const cases: readonly (readonly [
    what: string,
    checks: string,
    settings: typeof times,
    status: string,
    streak: number,
  ])[] = [
    ['none', '', times, 'starting', 0],
    ['one good', '+30', times, 'healthy', 0],
    ['fewer failures than retries', '-30 -60', times, 'starting', 2],
    ['as many as retries', '-30 -60 -90', times, 'unhealthy', 3],
    ['more', '-30 -60 -90 -120', times, 'unhealthy', 4],
    ['a good one starts the count over', '-30 -60 +90 -120 -150', times, 'healthy', 2],
    ['a healthy one fails for good', '+30 -60 -90 -120', times, 'unhealthy', 3],
    ['one good is enough to be healthy again', '-30 -60 -90 +120', times, 'healthy', 0],
    ['failures in the start period do not count', '-5 -10 -15 -19', slow, 'starting', 0],
    ['those after it do', '-5 -10 -15 -20 -50', slow, 'starting', 2],
    ['and make it unhealthy', '-5 -10 -20 -50 -80', slow, 'unhealthy', 3],
    ['the first good one ends the start period', '+5 -10 -11 -12', slow, 'unhealthy', 3],
    ['one retry', '-30', { ...times, retries: 1 }, 'unhealthy', 1],
  ]
  for (const [what, checks, settings, status, failingStreak] of cases)
    it(what, () => expect(after(checks, settings)).toMatchObject({ status, failingStreak }))
})

describe('when the next check is due', () => {
  const cases: readonly (readonly [what: string, checks: string, settings: typeof times, due: number])[] = [
    ['an interval after the start', '', times, 30],
    ['a start interval after the start, where there is a start period', '', slow, 5],
    ['a start interval after a failure in it', '-5', slow, 11],
    ['an interval after the end of a check', '+30', times, 61],
    ['an interval once it is healthy, in the start period too', '+5', slow, 36],
    ['an interval after a check that ended past the start period', '-19', slow, 50],
    ['an interval where it is unhealthy', '-30 -60 -90', times, 121],
  ]
  for (const [what, checks, settings, due] of cases)
    it(what, () => expect(nextCheckAt(after(checks, settings), settings, 0)).toBe(due * 1000))
})

describe('whatever the checks', () => {
  const settings = fc.record({
    interval: fc.integer({ min: 1, max: 60_000 }),
    timeout: fc.integer({ min: 1, max: 60_000 }),
    retries: fc.integer({ min: 1, max: 5 }),
    start_period: fc.integer({ min: 0, max: 60_000 }),
    start_interval: fc.integer({ min: 1, max: 60_000 }),
  })
  /** Checks one after the other, each when it is due. */
  const run = (given: typeof times, results: readonly boolean[]): readonly HealthState[] => {
    let state: HealthState = unchecked
    return results.map((ok) => {
      const startedAt = nextCheckAt(state, given, 0)
      state = afterCheck(state, given, 0, { ok, startedAt, endedAt: startedAt + 10 })
      return state
    })
  }

  it('each comes after the one before, at most an interval or a start interval later', () =>
    fc.assert(
      fc.property(settings, fc.array(fc.boolean()), (given, results) => {
        let last = 0
        for (const state of [unchecked, ...run(given, results)]) {
          const wait = nextCheckAt(state, given, 0) - (state.checkedAt ?? 0)
          expect([given.interval, given.start_interval]).toContain(wait)
          expect(state.checkedAt ?? 1).toBeGreaterThan(last)
          last = state.checkedAt ?? 0
        }
      }),
    ))

  it('a good one makes healthy, and only as many bad ones as retries make unhealthy', () =>
    fc.assert(
      fc.property(settings, fc.array(fc.boolean()), (given, results) => {
        run(given, results).forEach(({ status, failingStreak }, place) => {
          const lastGood = results.lastIndexOf(true, place)
          const bad = place - lastGood
          expect(failingStreak).toBeLessThanOrEqual(bad)
          if (bad === 0) expect(status).toBe('healthy')
          if (status === 'unhealthy') expect(failingStreak).toBeGreaterThanOrEqual(given.retries)
          // Once it was healthy there is no start period any more.
          if (lastGood >= 0) expect(status).toBe(bad >= given.retries ? 'unhealthy' : 'healthy')
        })
      }),
    ))
})

describe('what is known of health', () => {
  // Two rounds of 35 s, and 10 s more.
  it.each<readonly [what: string, state: HealthState, answer: boolean]>([
    ['is of now just after a check', { status: 'healthy', failingStreak: 0, checkedAt: 1000 }, true],
    ['is of now within two rounds', { status: 'unhealthy', failingStreak: 3, checkedAt: -78_999 }, true],
    ['says nothing after them', { status: 'unhealthy', failingStreak: 3, checkedAt: -79_000 }, false],
    ['says nothing before the first check', unchecked, false],
  ])('%s', (_, state, answer) => expect(isCurrent(state, times, 1000)).toBe(answer))
})

describe('an unhealthy container', () => {
  const spec = { on_unhealthy: { action: 'restart', limit: 2, window: 60_000 } } as const
  const now = 1_000_000
  it('is left where nothing is stated', () => expect(onUnhealthy({}, [], now)).toBe('leave'))
  it('is restarted up to the limit', () => {
    expect(onUnhealthy(spec, [], now)).toBe('restart')
    expect(onUnhealthy(spec, [now - 10], now)).toBe('restart')
    expect(onUnhealthy(spec, [now - 20, now - 10], now)).toBe('leave')
  })
  it('is restarted again when the window has passed', () =>
    expect(onUnhealthy(spec, [now - 70_000, now - 60_000, now - 10], now)).toBe('restart'))
})
