import { type Address, type Kind, parseAddress } from '../model/address.ts'
import type { ContainerSpec } from '../model/kinds/container.ts'
import type { Observation } from '../model/observation.ts'
import { bind } from './bind.ts'
import { rotateLog } from './container/logs.ts'
import { type ContainerProviderOptions, makeContainerProvider } from './container/provider.ts'
import { sweepEnded } from './container/sweep.ts'
import { imageProvider } from './image/provider.ts'
import { networkProvider } from './network/provider.ts'
import type { Provider, WriteContext } from './provider.ts'
import { volumeProvider } from './volume/provider.ts'

/** The one place that names every kind. */
export interface Registry {
  readonly providers: Readonly<Record<Kind, Provider>>
  readonly bind: typeof bind
  /** What is to be done now and then whatever the plan says. */
  upkeep(write: Pick<WriteContext, 'host' | 'paths'>, observed: ReadonlyMap<Address, Observation>): Promise<void>
}

export const makeRegistry = (options: ContainerProviderOptions): Registry => ({
  providers: {
    network: networkProvider as Provider,
    image: imageProvider as Provider,
    volume: volumeProvider as Provider,
    container: makeContainerProvider(options) as Provider,
  },
  bind,
  async upkeep(write, observed) {
    await sweepEnded(write)
    for (const [address, one] of observed) {
      if (parseAddress(address).kind === 'container' && one.presence === 'owned' && one.spec !== undefined)
        await rotateLog(write, address, (one.spec as ContainerSpec).logging)
    }
  },
})
