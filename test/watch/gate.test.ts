import { expect, it } from 'vitest'
import type { Address } from '../../src/model/address.ts'
import type { Observation } from '../../src/model/observation.ts'
import { type Gate, judge } from '../../src/watch/gate.ts'

const [well, sick]: readonly Address[] = ['shop/container/db', 'shop/container/web']
const container = (health: string): Observation =>
  ({ presence: 'owned', actual: { state: 'running', health, incarnation: 1 } }) as unknown as Observation

it('a change that takes too long names the container that it waits for', () => {
  const gate: Gate = {
    hash: 'h',
    generation: 2,
    startedAt: 0,
    containers: [well as Address, sick as Address],
    starts: new Map(),
  }
  const observed = new Map([
    [well as Address, container('healthy')],
    [sick as Address, container('starting')],
  ])
  const limits = { timeout: 3000, monitor: 500 }
  expect(judge(gate, observed, new Set(), limits, 2999).result).toBe('pending')
  expect(judge(gate, observed, new Set(), limits, 3000)).toEqual({
    result: 'failed',
    code: 'timeout',
    message: 'After 3 s web is not healthy yet.',
    container: sick,
  })
})
