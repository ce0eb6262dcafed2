import { describe, expect, it } from 'vitest'
import { defaultReconcile } from '../../src/model/reconcile-settings.ts'
import { intervalOf, nextReconcile } from '../../src/watch/controller/schedule.ts'
import { Wakeups } from '../../src/watch/controller/wakeups.ts'
import type { StackState } from '../../src/watch/stacks/stack-state.ts'
import { stackState, verificationOf } from './builders.ts'

const now = 100_000
/** A reconcile that took 300 ms. */
const took = { began: now - 300, now }
const every = (interval: number): StackState =>
  stackState('a', { settings: { ...defaultReconcile, intervalMs: interval } })

describe('the next reconcile', () => {
  it.each<readonly [what: string, states: readonly StackState[], due: readonly number[], wait: number]>([
    ['comes after half a minute without stacks', [], [], 30_000],
    ['comes after the shortest interval of all stacks', [every(20_000), every(5000)], [], 5000],
    ['comes when something is due', [every(20_000)], [now + 700, now + 900], 700],
    ['is not for times before this reconcile began', [every(20_000)], [now - 300, now - 500], 20_000],
    ['comes at once for a time that came during this reconcile', [every(20_000)], [now - 100], 20],
    [
      'comes at once if a wait after a failure ended during this reconcile',
      [stackState('a', { retry: { failures: 1, until: now - 1 } })],
      [],
      20,
    ],
    ['is never less than 20 ms away', [every(20_000)], [now + 1], 20],
    [
      'comes when a failed stack may be tried again',
      [stackState('a', { retry: { failures: 1, until: now + 800 } })],
      [],
      800,
    ],
    ['comes soon while a change is verified', [stackState('a', { verification: verificationOf() })], [], 250],
    [
      'comes when a flapping object may be healed',
      [stackState('a', { flapping: new Map([['a/container/web', { count: 4, last: now - 500 }]]) })],
      [],
      1500,
    ],
  ])('%s', (_, states, due, wait) => expect(nextReconcile(states, due, took, 0.5)).toBe(now + wait))

  it('comes up to a tenth of the interval earlier or later', () => {
    expect(nextReconcile([every(10_000)], [], took, 0)).toBe(now + 9000)
    expect(nextReconcile([every(10_000)], [], took, 0.999_999)).toBeCloseTo(now + 11_000, 0)
  })

  it('has an interval of at most half a minute', () => expect(intervalOf([every(3_600_000)])).toBe(30_000))
})

describe('a wakeup', () => {
  it('is due after its wait, and forgotten after that', () => {
    let time = 1000
    const wakeups = new Wakeups({ monotonic: () => time, wall: () => new Date(0) })
    wakeups.after(250)
    expect(wakeups.due()).toEqual([1250])
    time = 1100
    wakeups.after(20)
    expect(wakeups.due()).toEqual([1250, 1120])
    time = 2000
    wakeups.after(5)
    expect(wakeups.due()).toEqual([2005])
  })
})
