import { onUnhealthy } from '../../model/kinds/on-unhealthy.ts'
import { isOwned, type Observation } from '../../model/observation.ts'
import { parseResourceAddress, type ResourceAddress } from '../../model/resource-address.ts'
import { isSuspended, type StackState } from '../stacks/stack-state.ts'

/**
 * Unhealthy containers to restart now, as `on_unhealthy` of each allows. Those of a change that is being verified are left to the
 * verification. `now`: monotonic clock. Pure.
 */
export function unhealthyToRestart(
  states: readonly StackState[],
  observed: ReadonlyMap<ResourceAddress, Observation>,
  now: number,
): readonly ResourceAddress[] {
  const healed = new Map(
    states.filter((state) => state.settings.mode === 'heal' && !isSuspended(state)).map((state) => [state.name, state]),
  )
  return [...observed].flatMap(([address, one]) => {
    const state = healed.get(parseResourceAddress(address).stack)
    if (state === undefined || state.verification?.containers.includes(address)) return []
    if (!isOwned(one, 'container') || one.spec === undefined || one.actual.health !== 'unhealthy') return []
    const restarts = state.unhealthyRestarts.get(address) ?? []
    return onUnhealthy(one.spec, restarts, now) === 'restart' ? [address] : []
  })
}
