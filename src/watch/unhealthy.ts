import type { Address } from '../model/address.ts'
import type { ContainerSpec } from '../model/kinds/container.ts'
import type { Observation } from '../model/observation.ts'
import { onUnhealthy } from '../providers/container/health/on-unhealthy.ts'
import type { ContainerActual } from '../providers/container/observe.ts'

/** Which unhealthy containers are to be started anew, by what each states of limit and window. */
export class Unhealthy {
  private readonly restarts = new Map<Address, readonly number[]>()

  due(resources: ReadonlyMap<Address, Observation>, now: number): readonly Address[] {
    return [...resources].flatMap(([address, one]) => {
      if (one.presence !== 'owned' || (one.actual as ContainerActual).health !== 'unhealthy') return []
      const spec = one.spec as ContainerSpec | undefined
      const restarts = this.restarts.get(address) ?? []
      return spec && onUnhealthy(spec, restarts, now) === 'restart' ? [address] : []
    })
  }

  restarted(address: Address, now: number): void {
    this.restarts.set(address, [...(this.restarts.get(address) ?? []).slice(-100), now])
  }
}
