import type { HostReader } from '../../../../host/host.ts'
import type { ContainerSpec } from '../../../../model/kinds/container.ts'
import { hostAccess } from '../../../../model/kinds/host-access.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import type { InstanceReader } from '../../../provider.ts'
import { readPrivileges } from '../oci/privileges.ts'
import { listContainers, readRecord } from '../record.ts'

/** True if limits of containers may exceed the hard limits of this process. */
export const mayRaiseLimits = async (host: HostReader): Promise<boolean> =>
  (await readPrivileges(host)).rlimitBounds.mayRaise

/** Bind mounts by which containers of the instance reach the host itself, with links followed. */
export async function hostReach(
  read: InstanceReader,
): Promise<readonly { readonly container: ResourceAddress; readonly bind: string }[]> {
  const containers = await listContainers(read)
  const records = await Promise.all(containers.map((container) => readRecord(read.host, read.paths, container)))
  const found: { readonly container: ResourceAddress; readonly bind: string }[] = []
  for (const { spec, owner } of records.filter((record) => record !== undefined)) {
    const targets = await Promise.all(
      bindSources(spec).map(async (path) => [path, await read.host.resolveInRoot('/', path)] as const),
    )
    const resolved = new Map(targets)
    found.push(...hostAccess(spec, (path) => resolved.get(path) ?? path).map((bind) => ({ container: owner, bind })))
  }
  return found
}

const bindSources = ({ mounts }: ContainerSpec): readonly string[] =>
  mounts.flatMap((mount) => (mount.type === 'bind' ? [mount.source] : []))
