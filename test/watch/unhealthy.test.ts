import { describe, expect, it } from 'vitest'
import { defaultReconcile } from '../../src/model/reconcile-settings.ts'
import type { ResourceAddress } from '../../src/model/resource-address.ts'
import { unhealthyToRestart } from '../../src/watch/controller/unhealthy.ts'
import type { StackState } from '../../src/watch/stacks/stack-state.ts'
import { containerSpec, ownedContainer } from '../specs.ts'
import { appliedStack, verificationOf } from './builders.ts'

const web: ResourceAddress = 'shop/container/web'
const now = 100_000
const restarting = containerSpec({ on_unhealthy: { action: 'restart', limit: 2, window: 60_000 } })
const unhealthy = ownedContainer(restarting, { health: 'unhealthy' })
const due = (state: StackState, one = unhealthy): readonly ResourceAddress[] =>
  unhealthyToRestart([state], new Map([[web, one]]), now)
const restartedAt = (...times: readonly number[]): StackState =>
  appliedStack('shop', { unhealthyRestarts: new Map([[web, times]]) })

describe('an unhealthy container', () => {
  it('is restarted as often as it allows', () => {
    expect(due(restartedAt())).toEqual([web])
    expect(due(restartedAt(50_000))).toEqual([web])
    expect(due(restartedAt(50_000, 60_000))).toEqual([])
    // Only restarts within its window count.
    expect(due(restartedAt(30_000, 60_000))).toEqual([web])
  })

  it.each<readonly [what: string, state: StackState]>([
    ['its mode is warn', appliedStack('shop', { settings: { ...defaultReconcile, mode: 'warn' } })],
    ['its stack is suspended', appliedStack('shop', {}, { suspended: true })],
    ['its change is being verified', appliedStack('shop', { verification: verificationOf({ containers: [web] }) })],
    ['its stack is not watched', appliedStack('mail')],
  ])('is left if %s', (_, state) => expect(due(state)).toEqual([]))

  it.each([
    ['does not ask for it', ownedContainer(containerSpec(), { health: 'unhealthy' })],
    ['is healthy', ownedContainer(restarting, { health: 'healthy' })],
  ])('is left if it %s', (_, one) => expect(due(restartedAt(), one)).toEqual([]))
})
