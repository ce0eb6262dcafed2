import { type CgroupHost, controllerDir } from '../../host/cgroup.ts'
import type { Paths } from '../../host/files/paths.ts'
import type { HostReader } from '../../host/host.ts'
import type { Address } from '../../model/address.ts'
import { noLimits } from '../../model/kinds/limits.ts'
import { cgroupOf, containerLayout, exitFolder } from '../../providers/linux/container/layout.ts'
import { cgroupFiles } from '../../providers/linux/container/oci/limits.ts'
import { listContainers, readRunning } from '../../providers/linux/container/record.ts'
import { netnsFolder, netnsPrefix } from '../../providers/linux/network/attach.ts'
import { readNetworkRecords } from '../../providers/linux/network/records.ts'

/** A container as its files show it. */
export interface ContainerOnHost {
  readonly address: Address
  /** Name of its last run; undefined: it was never started since the host was. */
  readonly id: string | undefined
  readonly conmon: number | undefined
}

export async function containersOnHost(host: HostReader, paths: Paths): Promise<readonly ContainerOnHost[]> {
  const found: ContainerOnHost[] = []
  for (const address of await listContainers({ host, paths })) {
    const running = await readRunning(host, paths, address)
    found.push({ address, id: running?.id, conmon: running?.conmon?.pid })
  }
  return found
}

/** Folders in which a container's records, its run and its files are. */
export function containerFolders(paths: Paths, container: Address): readonly string[] {
  const { data, run, files } = containerLayout(paths, container)
  return [data, run, files]
}

/** Folder in which exit codes arrive. */
export const exitCodesFolder = (paths: Paths): string => exitFolder(paths)

/** How the paths of the instance's network namespaces begin. */
export const namespacePath = (paths: Paths): string => `${netnsFolder}/${netnsPrefix(paths)}`

/** Bridges that the instance's networks have. */
export const bridgesOf = async (host: HostReader, paths: Paths): Promise<readonly string[]> =>
  [...(await readNetworkRecords(host, paths)).values()].map(({ bridge }) => bridge)

/** The folder of a controller in which the limits of a run are. */
export const limitsFolder = (cgroups: CgroupHost, controller: string, paths: Paths, id: string): string =>
  controllerDir(cgroups, controller, cgroupOf(paths, id))

/** Names of the files that hold limits, with their controllers. */
export const limitFiles = (
  mode: CgroupHost['mode'],
): readonly { readonly controller: string; readonly file: string }[] =>
  cgroupFiles(mode, noLimits, '').map(({ controller, file }) => ({ controller, file }))
