import { describe, expect, it } from 'vitest'
import { statusOf } from '../../src/watch/status/status-of.ts'
import { containerSpec, ownedContainer } from '../specs.ts'
import { appliedStack, noon, observationOf, stackState } from './builders.ts'

const { snapshot } = observationOf(new Map())

describe('the next try of a stack', () => {
  const nextTry = (until: number): string | null | undefined =>
    statusOf([appliedStack('shop', { retry: { failures: 1, until } })], snapshot, [], noon)[0]?.nextTry

  it('is in system time, whatever the monotonic clock shows', () =>
    expect(nextTry(noon.monotonic + 42_000)).toBe('2026-11-23T12:00:42.000Z'))

  it('is in whole seconds, so that it does not change with every status', () =>
    expect(nextTry(noon.monotonic + 41_700)).toBe('2026-11-23T12:00:42.000Z'))

  it('is none once the wait is over', () => expect(nextTry(noon.monotonic)).toBeNull())
})

describe('the status of stacks', () => {
  it('keeps since when a condition is so', () => {
    const later = { ...noon, wall: new Date('2026-11-23T13:00:00Z') }
    const before = statusOf([appliedStack('shop')], snapshot, [], noon)
    const [after] = statusOf([appliedStack('shop')], snapshot, before, later)
    expect(after?.conditions.map(({ since }) => since)).toEqual(Array(4).fill(noon.wall.toISOString()))
  })

  it('has the objects of each stack, and the stacks by name', () => {
    const resources = new Map([['b/container/web', ownedContainer(containerSpec())] as const])
    const statuses = statusOf([stackState('b'), stackState('a')], { ...snapshot, observations: resources }, [], noon)
    expect(statuses.map(({ stack, objects }) => [stack, objects.map(({ address }) => address)])).toEqual([
      ['a', []],
      ['b', ['b/container/web']],
    ])
  })

  it('is degraded by an unhealthy container', () => {
    const one = ownedContainer(containerSpec(), { health: 'unhealthy' })
    const resources = new Map([['shop/container/web', one] as const])
    const [status] = statusOf([appliedStack('shop')], { ...snapshot, observations: resources }, [], noon)
    expect(status?.conditions).toContainEqual(
      expect.objectContaining({ type: 'Degraded', status: true, reason: 'Unhealthy', message: 'web is unhealthy.' }),
    )
  })

  it('does not quote the line of an error, which may hold a secret', () => {
    const place = { file: 'shop.yaml', line: 1, column: 2, quote: 'password: x' }
    const problem = { code: 'yaml', message: 'No.', place } as const
    const [status] = statusOf([appliedStack('shop', { problems: [problem] })], snapshot, [], noon)
    expect(status?.lastError?.place).toEqual({ file: 'shop.yaml', line: 1, column: 2 })
  })
})
