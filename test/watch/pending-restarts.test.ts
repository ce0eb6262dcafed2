import { describe, expect, it } from 'vitest'
import type { Address } from '../../src/model/address.ts'
import type { ContainerActual, ContainerSpec } from '../../src/model/kinds/container.ts'
import type { Observation } from '../../src/model/observation.ts'
import { PendingRestarts } from '../../src/watch/controller/pending-restarts.ts'
import { containerActual, containerSpec, ownedContainer } from '../specs.ts'

const web: Address = 's/container/web'
const always = { restart: { policy: 'always', max_retries: 0 } } as const
const seen = (
  actual: Partial<ContainerActual> = {},
  spec: Partial<ContainerSpec> = always,
): ReadonlyMap<Address, Observation> =>
  new Map([[web, ownedContainer(containerSpec(spec), { state: 'exited', exitCode: 1, ...actual })]])

/** Looks at these times, and what was left to the policy after each. */
function looks(...all: readonly (readonly [now: number, observed: ReadonlyMap<Address, Observation>])[]): boolean[] {
  const left = new PendingRestarts()
  return all.map(([now, observed]) => {
    left.update(observed, now)
    return left.isPending(web)
  })
}

describe('a container that has exited', () => {
  it('is left to its policy for three seconds, then it is drift', () =>
    expect(looks([1000, seen()], [3999, seen()], [4000, seen()], [9000, seen()])).toEqual([true, true, false, false]))

  it('is left anew after its policy has started it', () =>
    expect(looks([0, seen()], [5000, seen()], [6000, seen({ run: 2 })])).toEqual([true, false, true]))

  it('is left anew where it ran in between, or was not there', () => {
    expect(looks([0, seen()], [2000, seen({ state: 'running' })], [5000, seen()])).toEqual([true, false, true])
    expect(looks([0, seen()], [2000, new Map()], [5000, seen()])).toEqual([true, false, true])
  })

  it.each<readonly [what: string, observed: ReadonlyMap<Address, Observation>, answer: boolean]>([
    ['with always', seen(), true],
    ['with on-failure and a failure', seen({}, { restart: { policy: 'on-failure', max_retries: 0 } }), true],
    [
      'with on-failure and success',
      seen({ exitCode: 0 }, { restart: { policy: 'on-failure', max_retries: 0 } }),
      false,
    ],
    ['with tries left', seen({ restarts: 1 }, { restart: { policy: 'on-failure', max_retries: 2 } }), true],
    ['with no tries left', seen({ restarts: 2 }, { restart: { policy: 'on-failure', max_retries: 2 } }), false],
    ['with no', seen({}, { restart: { policy: 'no', max_retries: 0 } }), false],
    ['with keep_alive and success', seen({ exitCode: 0 }, { keep_alive: true }), true],
    ['with keep_alive and a failure', seen({}, { keep_alive: true }), false],
    ['and was stopped', seen({ state: 'stopped' }), false],
    [
      'and is somebody else’s',
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
  ])('%s', (_, observed, answer) => expect(looks([0, observed])).toEqual([answer]))

  it('is looked at again when its time is over', () => {
    const left = new PendingRestarts()
    left.update(seen(), 1000)
    expect(left.dueTimes(2000)).toEqual([4000])
    left.update(seen(), 4000)
    expect(left.dueTimes(4000)).toEqual([])
  })
})
