import { describe, expect, it } from 'vitest'
import type { StackState } from '../../src/watch/stacks/stack-state.ts'
import { statusOf } from '../../src/watch/status/status-of.ts'
import { containerSpec, ownedContainer } from '../specs.ts'
import { appliedStack, noon, observationOf, revision, stackState } from './builders.ts'

const { snapshot } = observationOf(new Map())

describe('the next try of a stack', () => {
  const nextTry = (until: number): string | null | undefined =>
    statusOf([appliedStack('shop', { retry: { failures: 1, until } })], snapshot, [], noon)[0]?.nextTry

  it('is in system time, whatever the monotonic clock shows', () =>
    expect(nextTry(noon.monotonic + 42_000)).toBe('2026-11-23T12:00:42.000Z'))

  it('is in whole seconds, so that it does not change with every status', () =>
    expect(nextTry(noon.monotonic + 41_700)).toBe('2026-11-23T12:00:42.000Z'))

  it('is none of a suspended stack', () => {
    const { record } = appliedStack('shop')
    const state = appliedStack('shop', {
      retry: { failures: 1, until: noon.monotonic + 42_000 },
      record: { ...record, suspended: true },
    })
    expect(statusOf([state], snapshot, [], noon)[0]?.nextTry).toBeNull()
  })

  it('is none once the wait is over', () => expect(nextTry(noon.monotonic)).toBeNull())
})

describe('the status of stacks', () => {
  it('keeps since when a condition is so', () => {
    const later = { ...noon, wall: new Date('2026-11-23T13:00:00Z') }
    const before = statusOf([appliedStack('shop')], snapshot, [], noon)
    const [after] = statusOf([appliedStack('shop')], snapshot, before, later)
    expect(after?.conditions.map(({ since }) => since)).toEqual(Array(4).fill(noon.wall.toISOString()))
  })

  it('names the generation that was undone, until the files change', () => {
    const undone = (hash: string, restored: boolean): number | undefined => {
      const rejected = { hash, reason: 'Unhealthy', message: 'web is unhealthy.', generation: 5, restored }
      return statusOf([appliedStack('shop', {}, { rejected })], snapshot, [], noon)[0]?.undone
    }
    expect([undone('as applied', true), undone('as applied', false), undone('other', true)]).toEqual([
      5,
      undefined,
      undefined,
    ])
  })

  it('names the commit of the files, of a rejected change, and of files that are missing or invalid', () => {
    const [first, bad, newest] = ['1', '2', '3'].map((id) => ({ id, subject: id, author: 'a', time: '' }))
    if (!first || !bad || !newest) throw new Error('there are three')
    const desired = { ...revision('shop', 'new'), origin: { commit: newest } }
    const rejected = { hash: 'new', reason: 'Unhealthy', message: '', generation: 5, restored: true, commit: bad }
    const commit = (state: StackState) => statusOf([state], snapshot, [], noon)[0]?.commit?.id
    expect(commit(appliedStack('shop'))).toBeUndefined()
    expect(commit(appliedStack('shop', { desired }))).toBe('3')
    expect(commit(appliedStack('shop', { desired }, { rejected }))).toBe('2')
    expect(commit(appliedStack('shop', { desired }, { rejected: { ...rejected, hash: 'old' } }))).toBe('3')
    expect(commit(appliedStack('shop', { desired, missingSince: first }, { rejected }))).toBe('1')
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

describe('the containers of a stack', () => {
  const at = new Date(noon.wall.getTime() - 2000).toISOString()
  const of = (actual: Parameters<typeof ownedContainer>[1], isWatched = false) => {
    const one = ownedContainer(containerSpec({ mem_limit: 64 * 2 ** 20 }), actual)
    const observations = new Map([['shop/container/web', one] as const])
    const [status] = statusOf([appliedStack('shop')], { ...snapshot, observations }, [], noon, isWatched)
    const [ready, degraded] = status?.conditions ?? []
    return [ready?.status, degraded?.status ? degraded.reason : '', ready?.message]
  }

  it('are not ready in a crash loop: not while one waits, and not while it runs for a moment', () => {
    const nextStart = { number: 4, at }
    expect(of({ state: 'restarting', restarts: 3, exitCode: 4, nextStart })).toEqual([
      false,
      'CrashLoop',
      'web exited with code 4 and waits for its restart, restart 4.',
    ])
    expect(of({ state: 'running', restarts: 3, startedAt: at })).toEqual([
      false,
      'CrashLoop',
      'web was started 4 times and does not stay up.',
    ])
    const longAgo = new Date(noon.wall.getTime() - 11_000).toISOString()
    expect(of({ state: 'running', restarts: 2, startedAt: at }).slice(0, 2)).toEqual([false, 'Restarting'])
    expect(of({ state: 'running', restarts: 1, startedAt: at })[0]).toBe(true)
    expect(of({ state: 'running', restarts: 3, startedAt: longAgo })[0]).toBe(true)
  })

  it('are not ready while one waits for its first restart', () =>
    expect(of({ state: 'restarting', restarts: 1, exitCode: 1 }).slice(0, 2)).toEqual([false, 'Restarting']))

  it('name an exit, and a lack of memory with the limit', () => {
    expect(of({ state: 'exited', exitCode: 3 }).slice(1)).toEqual(['ContainerExited', 'web has exited with code 3.'])
    expect(of({ state: 'exited', exitCode: 137, outOfMemory: true }).slice(1)).toEqual([
      'OutOfMemory',
      'web was killed because it reached its memory limit of 64M: raise `mem_limit`.',
    ])
  })

  it('name processes that were killed while their container runs on', () =>
    expect(of({ state: 'running', memoryKills: 1 }, true)).toEqual([
      true,
      '',
      'Generation 4 is applied and healthy; web: 1 process killed: out of memory (limit 64M).',
    ]))

  it('are not called healthy while nothing checks them', () => {
    expect(of({ state: 'running', health: 'starting' })).toEqual([
      true,
      '',
      'Generation 4 is applied. 1 container has a health check that is not running: start `heropods watch` or use `heropods apply --wait`.',
    ])
    expect(of({ state: 'running', health: 'starting' }, true)[2]).toBe('Generation 4 is applied and healthy.')
  })
})
