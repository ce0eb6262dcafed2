import { resolveInRoot } from '../../host/files/in-root.ts'
import type { Paths } from '../../host/files/paths.ts'
import { LocalReader } from '../../host/local.ts'
import type { Address } from '../../model/address.ts'
import { hostAccess } from '../../providers/linux/container/host-access.ts'
import { readPrivileges } from '../../providers/linux/container/process/privileges.ts'
import { listContainers, readRecord } from '../../providers/linux/container/record.ts'

/** Whether limits of containers may be above the hard limits of this process. */
export const mayRaiseLimits = async (): Promise<boolean> =>
  (await readPrivileges(new LocalReader())).rlimitBounds.mayRaise

/** Binds of the instance's containers by which the host itself is reached, links followed. Needs no session. */
export async function hostReach(
  paths: Paths,
): Promise<readonly { readonly container: Address; readonly bind: string }[]> {
  const read = { host: new LocalReader(), paths }
  const records = await Promise.all(
    (await listContainers(read)).map((container) => readRecord(read.host, paths, container)),
  )
  return records
    .filter((record) => record !== undefined)
    .flatMap(({ spec, owner }) =>
      hostAccess(spec, (path) => resolveInRoot('/', path)).map((bind) => ({ container: owner, bind })),
    )
}
