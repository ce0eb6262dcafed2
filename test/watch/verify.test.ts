import { expect, it } from 'vitest'
import type { Address } from '../../src/model/address.ts'
import type { HealthStatus } from '../../src/model/kinds/container.ts'
import { type Verification, verify } from '../../src/watch/rollout/verify.ts'
import { containerSpec, ownedContainer } from '../specs.ts'

const well: Address = 'shop/container/db'
const sick: Address = 'shop/container/web'
const container = (health: HealthStatus) => ownedContainer(containerSpec(), { health })

it('a change that takes too long names the container that it waits for', () => {
  const gate: Verification = {
    hash: 'h',
    generation: 2,
    startedAt: 0,
    containers: [well, sick],
    starts: new Map(),
  }
  const observed = new Map([
    [well, container('healthy')],
    [sick, container('starting')],
  ])
  const limits = { timeout: 3000, monitor: 500 }
  expect(verify(gate, observed, new Set(), limits, 2999).result).toBe('pending')
  expect(verify(gate, observed, new Set(), limits, 3000)).toEqual({
    result: 'failed',
    code: 'timeout',
    message: 'After 3 s web is not healthy yet.',
    container: sick,
  })
})
