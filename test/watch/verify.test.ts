import { describe, expect, it } from 'vitest'
import type { Address } from '../../src/model/address.ts'
import type { ContainerActual, HealthStatus } from '../../src/model/kinds/container.ts'
import type { Observation } from '../../src/model/observation.ts'
import { type Verification, verify } from '../../src/watch/rollout/verify.ts'
import { containerSpec, ownedContainer } from '../specs.ts'

const healthy: Address = 'shop/container/db'
const slow: Address = 'shop/container/web'
const container = (health: HealthStatus) => ownedContainer(containerSpec(), { health })
const limits = { timeout: 3000, monitor: 500 }
const verificationOf = (containers: readonly Address[]): Verification => ({
  hash: 'h',
  generation: 2,
  startedAt: 0,
  containers,
  starts: new Map(),
})

it('a change that takes too long names the container that it waits for', () => {
  const verification = verificationOf([healthy, slow])
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
  const verdict = (
    one: Observation | undefined,
    now = 0,
    verification = verificationOf([slow]),
    outstanding: readonly Address[] = [],
  ) => verify(verification, one ? new Map([[slow, one]]) : new Map(), new Set(outstanding), limits, now)
  const is = (actual: Partial<ContainerActual>) => ownedContainer(containerSpec(), actual)

  it.each<readonly [what: string, one: Observation | undefined, result: object]>([
    ['healthy', is({ health: 'healthy' }), { result: 'good' }],
    ['stopped by a user', is({ state: 'stopped' }), { result: 'good' }],
    ['completed', is({ state: 'completed', exitCode: 0 }), { result: 'good' }],
    ['missing', undefined, { result: 'pending', message: 'web is not there.' }],
    ['without a process', is({ state: 'absent' }), { result: 'pending', message: 'web is not running.' }],
    ['just started', is({}), { result: 'pending', message: 'web has only just started.' }],
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
  ])('that is %s', (_, one, result) => expect(verdict(one)).toEqual(result))

  it('that runs without a check is good once it has been up for the time of `monitor`', () => {
    const verification = verificationOf([slow])
    expect(verdict(is({}), 100, verification).result).toBe('pending')
    expect(verdict(is({}), 599, verification).result).toBe('pending')
    expect(verdict(is({}), 600, verification).result).toBe('good')
    expect(verdict(is({ run: 2 }), 700, verification).result).toBe('pending')
  })

  it('that was started four times has failed', () => {
    const verification = verificationOf([slow])
    expect(verdict(is({ run: 5 }), 0, verification).result).toBe('pending')
    expect(verdict(is({ run: 7 }), 0, verification).result).toBe('pending')
    expect(verdict(is({ run: 8 }), 0, verification)).toMatchObject({ code: 'crash-loop' })
  })

  it('that has steps to come waits', () =>
    expect(verdict(is({ health: 'healthy' }), 0, verificationOf([slow]), [slow])).toEqual({
      result: 'pending',
      message: 'web waits for what it depends on.',
    }))
})
