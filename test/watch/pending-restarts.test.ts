import { describe, expect, it } from 'vitest'
import type { ContainerActual, ContainerSpec } from '../../src/model/kinds/container.ts'
import type { Observation } from '../../src/model/observation.ts'
import type { ResourceAddress } from '../../src/model/resource-address.ts'
import type { Instant } from '../../src/watch/clock.ts'
import {
  isPending,
  observePendingRestarts,
  type PendingRestarts,
  pendingUntil,
} from '../../src/watch/controller/pending-restarts.ts'
import { containerActual, containerSpec, ownedContainer } from '../specs.ts'
import { noon } from './builders.ts'

const web: ResourceAddress = 's/container/web'
const always = { restart: { policy: 'always', max_retries: 0 } } as const
const exited = (
  actual: Partial<ContainerActual> = {},
  spec: Partial<ContainerSpec> = always,
): ReadonlyMap<ResourceAddress, Observation> =>
  new Map([[web, ownedContainer(containerSpec(spec), { state: 'exited', exitCode: 1, ...actual })]])

const instant = (monotonic: number): Instant => ({ monotonic, wall: noon.wall })

/** Observations at these times, and whether the exit was pending at each. */
function observe(
  ...all: readonly (readonly [now: number, observed: ReadonlyMap<ResourceAddress, Observation>])[]
): boolean[] {
  let restarts: PendingRestarts = new Map()
  return all.map(([now, observed]) => {
    restarts = observePendingRestarts(restarts, observed, instant(now))
    return isPending(restarts, web, now)
  })
}

describe('a container that has exited', () => {
  it('is left to its policy for three seconds, then it is drift', () =>
    expect(observe([1000, exited()], [3999, exited()], [4000, exited()], [9000, exited()])).toEqual([
      true,
      true,
      false,
      false,
    ]))

  it('is left to it again after the policy has started it', () =>
    expect(observe([0, exited()], [5000, exited()], [6000, exited({ run: 2 })])).toEqual([true, false, true]))

  it('is left to it again if it ran in between, or did not exist', () => {
    expect(observe([0, exited()], [2000, exited({ state: 'running' })], [5000, exited()])).toEqual([true, false, true])
    expect(observe([0, exited()], [2000, new Map()], [5000, exited()])).toEqual([true, false, true])
  })

  it.each<readonly [what: string, observed: ReadonlyMap<ResourceAddress, Observation>, answer: boolean]>([
    ['with always', exited(), true],
    ['that has no policy, with a code', exited({}, { restart: { policy: 'no', max_retries: 0 } }), false],
    [
      'that has no policy, before its code is written',
      new Map([
        [web, ownedContainer(containerSpec({ restart: { policy: 'no', max_retries: 0 } }), { state: 'exited' })],
      ]),
      true,
    ],
    ['with on-failure and a failure', exited({}, { restart: { policy: 'on-failure', max_retries: 0 } }), true],
    [
      'with on-failure and success',
      exited({ exitCode: 0 }, { restart: { policy: 'on-failure', max_retries: 0 } }),
      false,
    ],
    ['with tries left', exited({ restarts: 1 }, { restart: { policy: 'on-failure', max_retries: 2 } }), true],
    ['with no tries left', exited({ restarts: 2 }, { restart: { policy: 'on-failure', max_retries: 2 } }), false],
    ['with no', exited({}, { restart: { policy: 'no', max_retries: 0 } }), false],
    ['with keep_alive and success', exited({ exitCode: 0 }, { keep_alive: true }), true],
    ['with keep_alive and a failure', exited({}, { keep_alive: true }), false],
    ['and was stopped', exited({ state: 'stopped' }), false],
    [
      'and is unmanaged',
      new Map([[web, { kind: 'container', presence: 'unmanaged', actual: containerActual({ state: 'exited' }) }]]),
      false,
    ],
    [
      'and whose record is lost',
      new Map([
        [web, { kind: 'container', presence: 'owned', spec: undefined, actual: containerActual({ state: 'exited' }) }],
      ]),
      false,
    ],
  ])('%s', (_, observed, answer) => expect(observe([0, observed])).toEqual([answer]))

  it('names the time when it becomes drift', () =>
    expect(pendingUntil(observePendingRestarts(new Map(), exited(), instant(1000)))).toEqual([4000]))

  it('counts how long the run lasted by the system time of the observation', () => {
    const policy = { restart: { policy: 'on-failure', max_retries: 1 } } as const
    const at = (ranMs: number) => new Date(noon.wall.getTime() - ranMs).toISOString()
    const pending = (ranMs: number) => observe([0, exited({ restarts: 1, startedAt: at(ranMs) }, policy)])
    expect(pending(1000)).toEqual([false])
    expect(pending(3_600_000)).toEqual([true])
  })

  it('leaves the value before it unchanged', () => {
    const before: PendingRestarts = new Map()
    observePendingRestarts(before, exited(), instant(0))
    expect(before.size).toBe(0)
  })
})
