import type { Address } from '../../model/address.ts'
import { isOwned, type Observation } from '../../model/observation.ts'
import type { Providers } from '../by-kind.ts'
import type { WriteContext } from '../provider.ts'
import { rotateLog } from './container/process/logs.ts'
import { type ContainerProviderOptions, makeContainerProvider } from './container/provider.ts'
import { sweepEnded } from './container/sweep.ts'
import { imageProvider } from './image/provider.ts'
import { networkProvider } from './network/provider.ts'
import { resolve } from './resolve.ts'
import { volumeProvider } from './volume/provider.ts'

/** The one place that names every kind. */
export interface Registry {
  readonly providers: Providers
  readonly resolve: typeof resolve
  /** What is to be done now and then whatever the plan says. */
  maintain(write: Pick<WriteContext, 'host' | 'paths'>, observed: ReadonlyMap<Address, Observation>): Promise<void>
}

export const makeRegistry = (options: ContainerProviderOptions): Registry => ({
  providers: {
    network: networkProvider,
    image: imageProvider,
    volume: volumeProvider,
    container: makeContainerProvider(options),
  },
  resolve: resolve,
  maintain: maintain,
})

/** Forgets ended runs, and moves logs that have grown aside. */
export async function maintain(
  write: Pick<WriteContext, 'host' | 'paths'>,
  observed: ReadonlyMap<Address, Observation>,
): Promise<void> {
  await sweepEnded(write)
  for (const [address, one] of observed) {
    if (isOwned(one, 'container') && one.spec !== undefined) await rotateLog(write, address, one.spec.logging)
  }
}
