import type { Paths } from '../../host/files/paths.ts'
import type { HostReader } from '../../host/host.ts'
import type { Address } from '../../model/address.ts'
import type { ContainerSpec } from '../../model/kinds/container.ts'
import { hostAccess } from '../../providers/linux/container/host-access.ts'
import { readPrivileges } from '../../providers/linux/container/oci/privileges.ts'
import { listContainers, readRecord } from '../../providers/linux/container/record.ts'

/** Whether limits of containers may be above the hard limits of this process. */
export const mayRaiseLimits = async (host: HostReader): Promise<boolean> =>
  (await readPrivileges(host)).rlimitBounds.mayRaise

/** Binds of the instance's containers by which the host itself is reached, links followed. Needs no session. */
export async function hostReach(
  host: HostReader,
  paths: Paths,
): Promise<readonly { readonly container: Address; readonly bind: string }[]> {
  const read = { host, paths }
  const records = await Promise.all(
    (await listContainers(read)).map((container) => readRecord(read.host, paths, container)),
  )
  const found: { readonly container: Address; readonly bind: string }[] = []
  for (const { spec, owner } of records.filter((record) => record !== undefined)) {
    const targets = await Promise.all(
      bindSources(spec).map(async (path) => [path, await host.resolveInRoot('/', path)] as const),
    )
    const resolved = new Map(targets)
    found.push(...hostAccess(spec, (path) => resolved.get(path) ?? path).map((bind) => ({ container: owner, bind })))
  }
  return found
}

const bindSources = ({ mounts }: ContainerSpec): readonly string[] =>
  mounts.flatMap((mount) => (mount.type === 'bind' ? [mount.source] : []))
