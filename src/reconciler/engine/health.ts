import type { Paths } from '../../host/files/paths.ts'
import type { Host } from '../../host/host.ts'
import type { ResourceAddress } from '../../model/resource-address.ts'
import type { AwaitHealthOptions, HealthOutcome } from '../../providers/operations.ts'
import { localRuntime } from '../runtime-registry.ts'

export type { HealthOutcome, NotReadyContainer } from '../../providers/operations.ts'

/**
 * Waits until every container is ready: it runs, and is healthy if it has a check. Needs no session and no lock, so that others can work on the
 * instance meanwhile. Raises when `signal` ends it.
 */
export const awaitHealth = (
  host: Host,
  paths: Paths,
  containers: readonly ResourceAddress[],
  options: AwaitHealthOptions,
): Promise<HealthOutcome> => localRuntime().containers.awaitHealth({ host, paths }, containers, options)
