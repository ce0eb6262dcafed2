import type { Paths } from '../../host/files/paths.ts'
import type { HostReader } from '../../host/host.ts'
import type { ResourceAddress } from '../../model/resource-address.ts'
import type { ContainerRun } from '../../providers/operations.ts'
import { localRuntime } from '../runtime-registry.ts'

export type { ContainerRun } from '../../providers/operations.ts'

/** The last runs of a container, the oldest first: at most five that have ended, and the current one. Needs no session. */
export const containerRuns = (
  host: HostReader,
  paths: Paths,
  container: ResourceAddress,
): Promise<readonly ContainerRun[]> => localRuntime().containers.runs({ host, paths }, container)
