import { describe, expect, it } from 'vitest'
import type { ContainerActual, HealthStatus } from '../../src/model/kinds/container.ts'
import type { Observation } from '../../src/model/observation.ts'
import type { ResourceAddress } from '../../src/model/resource-address.ts'
import { type Verification, verify, withStarts } from '../../src/watch/rollout/verify.ts'
import { containerSpec, ownedContainer } from '../specs.ts'
import { frozen, verificationOf } from './builders.ts'

const healthy: ResourceAddress = 'shop/container/db'
const slow: ResourceAddress = 'shop/container/web'
const container = (health: HealthStatus) => ownedContainer(containerSpec(), { health })
const limits = { timeoutMs: 3000, monitorMs: 500 }
const of = (...containers: readonly ResourceAddress[]): Verification => verificationOf({ containers })

it('a change that takes too long names the container that it waits for', () => {
  const verification = of(healthy, slow)
  const observed = new Map([
    [healthy, container('healthy')],
    [slow, container('starting')],
  ])
  expect(verify(verification, observed, new Set(), limits, 2999).result).toBe('pending')
  expect(verify(verification, observed, new Set(), limits, 3000)).toEqual({
    result: 'failed',
    code: 'timeout',
    message: 'After 3 s web is not healthy yet.',
    container: slow,
  })
})

describe('a change of one container', () => {
  /** Observations at these times, and the last result. */
  const resultOf = (
    observations: readonly (readonly [one: Observation | undefined, now: number])[],
    outstanding: readonly ResourceAddress[] = [],
  ) => {
    let verification = of(slow)
    return observations
      .map(([one, now]) => {
        const observed = one ? new Map([[slow, one]]) : new Map<ResourceAddress, Observation>()
        const waiting = new Set(outstanding)
        verification = withStarts(verification, observed, waiting, now)
        return verify(verification, observed, waiting, limits, now)
      })
      .at(-1)
  }
  const is = (actual: Partial<ContainerActual>) => ownedContainer(containerSpec(), actual)

  it.each<readonly [what: string, one: Observation | undefined, result: object]>([
    ['healthy', is({ health: 'healthy' }), { result: 'healthy' }],
    ['paused by a user', is({ state: 'paused' }), { result: 'healthy' }],
    ['stopped by a user', is({ state: 'stopped' }), { result: 'healthy' }],
    ['completed', is({ state: 'completed', exitCode: 0 }), { result: 'healthy' }],
    ['missing', undefined, { result: 'pending', message: 'web does not exist.' }],
    ['without a process', is({ state: 'absent' }), { result: 'pending', message: 'web is not running.' }],
    ['just started', is({}), { result: 'pending', message: 'web has just started.' }],
    [
      'unhealthy',
      is({ health: 'unhealthy' }),
      { result: 'failed', code: 'unhealthy', message: 'web is unhealthy.', container: slow },
    ],
    [
      'exited',
      is({ state: 'exited', exitCode: 7 }),
      { result: 'failed', code: 'container-exited', message: 'web has exited with code 7.', container: slow },
    ],
  ])('that is %s', (_, one, result) => expect(resultOf([[one, 0]])).toEqual(result))

  it('that exits again and again until the time is over names its last exit', () => {
    const runs = (run: number) => is({ run, startedAt: '' })
    expect(
      resultOf([
        [runs(1), 100],
        [is({ run: 1, state: 'restarting', exitCode: 1 }), 200],
        [runs(2), 2900],
        [runs(2), 3000],
      ]),
    ).toMatchObject({ code: 'timeout', message: 'After 3 s web has just started. It last exited with code 1.' })
  })

  it('that runs without a check is good once it has been up for the time of `monitor`', () => {
    expect(resultOf([[is({}), 100]])?.result).toBe('pending')
    expect(
      resultOf([
        [is({}), 100],
        [is({}), 599],
      ])?.result,
    ).toBe('pending')
    expect(
      resultOf([
        [is({}), 100],
        [is({}), 600],
      ])?.result,
    ).toBe('healthy')
    expect(
      resultOf([
        [is({}), 100],
        [is({ run: 2 }), 700],
      ])?.result,
    ).toBe('pending')
  })

  it('that was started four times has failed', () => {
    const start = (run: number) => [is({ run }), 0] as const
    expect(resultOf([start(5), start(7)])?.result).toBe('pending')
    expect(resultOf([start(5), start(7), start(8)])).toMatchObject({ code: 'crash-loop' })
  })

  it('that has steps to come waits', () =>
    expect(resultOf([[is({ health: 'healthy' }), 0]], [slow])).toEqual({
      result: 'pending',
      message: 'web waits for its dependencies.',
    }))
})

describe('the starts of a change', () => {
  const runs = (run: number): ReadonlyMap<ResourceAddress, Observation> =>
    new Map([[slow, ownedContainer(containerSpec(), { run })]])

  it('are counted in a new value', () => {
    const before = frozen(of(slow))
    const after = withStarts(before, runs(3), new Set(), 10)
    expect(before.starts.size).toBe(0)
    expect(after.starts).toEqual(new Map([[slow, { first: 3, latest: 3, since: 10 }]]))
    expect(withStarts(after, runs(4), new Set(), 20).starts).toEqual(
      new Map([[slow, { first: 3, latest: 4, since: 20 }]]),
    )
  })

  it('are the same value if nothing has started', () => {
    const known = withStarts(of(slow), runs(3), new Set(), 10)
    expect(withStarts(known, runs(3), new Set(), 20)).toBe(known)
  })

  it('do not count those of other containers, and of containers with steps to come', () => {
    expect(withStarts(of(healthy), runs(3), new Set(), 10).starts.size).toBe(0)
    expect(withStarts(of(slow), runs(3), new Set([slow]), 10).starts.size).toBe(0)
  })
})
