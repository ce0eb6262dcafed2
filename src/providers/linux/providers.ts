import { isOwned, type Observation } from '../../model/observation.ts'
import type { ResourceAddress } from '../../model/resource-address.ts'
import type { Providers } from '../by-kind.ts'
import type { InstanceWriter } from '../provider.ts'
import type { RuntimeOptions } from '../runtime.ts'
import { rerouteContainers } from './container/apply/reroute.ts'
import { recordExit } from './container/process/exit-record.ts'
import { rotateLog } from './container/process/logs.ts'
import { makeContainerProvider } from './container/provider.ts'
import { sweepEnded } from './container/sweep.ts'
import { imageProvider } from './image/provider.ts'
import { networkDrivers } from './network/driver-registry.ts'
import { networkProviderOf } from './network/provider.ts'
import { volumeProvider } from './volume/provider.ts'

/** The providers of all kinds on this host. */
export const linuxProviders = (options: RuntimeOptions): Providers => ({
  network: networkProviderOf(networkDrivers, rerouteContainers),
  image: imageProvider,
  volume: volumeProvider,
  container: makeContainerProvider(options),
})

/** Removes files of ended runs, rotates large logs, and stores the exits of jobs. */
export async function maintain(
  write: InstanceWriter,
  observed: ReadonlyMap<ResourceAddress, Observation>,
): Promise<void> {
  await sweepEnded(write)
  for (const [address, one] of observed) {
    if (isOwned(one, 'container') && one.spec !== undefined) await rotateLog(write, address, one.spec.logging)
  }
  await recordJobs(write, observed)
}

/** Stores the exits of jobs that are done, so that they do not run again after a reboot. */
export async function recordJobs(
  write: InstanceWriter,
  observed: ReadonlyMap<ResourceAddress, Observation>,
): Promise<void> {
  for (const [address, one] of observed)
    if (isOwned(one, 'container') && one.actual.state === 'completed') await recordExit(write, address)
}
