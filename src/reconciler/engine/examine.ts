import type { Paths } from '../../host/files/paths.ts'
import type { HostReader } from '../../host/host.ts'
import type { ResourceAddress } from '../../model/resource-address.ts'
import type { StoredTwice } from '../../providers/image-operations.ts'
import { localRuntime } from '../runtime-registry.ts'

export type { StoredTwice }

/** True if limits of containers may be above the hard limits of this process. */
export const mayRaiseLimits = (host: HostReader): Promise<boolean> => localRuntime().containers.mayRaiseLimits(host)

/** Bind mounts by which the instance's containers reach the host itself, with links followed. Needs no session. */
export const hostReach = (
  host: HostReader,
  paths: Paths,
): Promise<readonly { readonly container: ResourceAddress; readonly bind: string }[]> =>
  localRuntime().containers.hostReach({ host, paths })

/** The instance's unpacked images of which podman has a copy in its own storage. Needs no session. */
export const imagesStoredTwice = (host: HostReader, paths: Paths): Promise<readonly StoredTwice[]> =>
  localRuntime().images.storedTwice({ host, paths })
