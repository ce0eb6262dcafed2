import type { HostPlaces } from '../../providers/operations.ts'
import type { InstanceReader } from '../../providers/provider.ts'
import { localRuntime } from '../runtime-registry.ts'

export type { ContainerOnHost, HostPlaces } from '../../providers/operations.ts'

/** Where an instance is on this host, for those who watch it for changes. Needs no session. */
export const hostPlaces = (read: InstanceReader): Promise<HostPlaces> => localRuntime().hostPlaces(read)
