import { bind } from './bind.ts'
import { type ContainerProviderOptions, makeContainerProvider } from './container/provider.ts'
import { imageProvider } from './image/provider.ts'
import { networkProvider } from './network/provider.ts'
import type { Kind, Provider } from './provider.ts'
import { volumeProvider } from './volume/provider.ts'

/** The one place that names every kind. */
export interface Registry {
  readonly providers: Readonly<Record<Kind, Provider>>
  readonly bind: typeof bind
}

export const makeRegistry = (options: ContainerProviderOptions): Registry => ({
  providers: {
    network: networkProvider as Provider,
    image: imageProvider as Provider,
    volume: volumeProvider as Provider,
    container: makeContainerProvider(options) as Provider,
  },
  bind,
})
