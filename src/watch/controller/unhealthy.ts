import type { Address } from '../../model/address.ts'
import { onUnhealthy } from '../../model/kinds/on-unhealthy.ts'
import { isOwned, type Observation } from '../../model/observation.ts'

/** Which unhealthy containers are to be started anew, by what each states of limit and window. */
export class Unhealthy {
  private readonly restarts = new Map<Address, readonly number[]>()

  due(resources: ReadonlyMap<Address, Observation>, now: number): readonly Address[] {
    return [...resources].flatMap(([address, one]) => {
      if (!isOwned(one, 'container') || one.actual.health !== 'unhealthy') return []
      const restarts = this.restarts.get(address) ?? []
      return one.spec && onUnhealthy(one.spec, restarts, now) === 'restart' ? [address] : []
    })
  }

  restarted(address: Address, now: number): void {
    this.restarts.set(address, [...(this.restarts.get(address) ?? []).slice(-100), now])
  }
}
