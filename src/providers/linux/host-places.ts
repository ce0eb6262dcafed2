import { controllerDir } from '../../host/cgroup.ts'
import type { Paths } from '../../host/files/paths.ts'
import { noLimits } from '../../model/kinds/limits.ts'
import type { ResourceAddress } from '../../model/resource-address.ts'
import type { ContainerOnHost, ContainerPlaces, HostPlaces } from '../operations.ts'
import type { InstanceReader } from '../provider.ts'
import { containerLayout, exitFolder } from './container/layout.ts'
import { cgroupFiles } from './container/oci/limits.ts'
import { listContainers, readRunning } from './container/record.ts'
import { firewallBackend } from './network/firewall/backend-registry.ts'
import { netnsFolder } from './network/namespaces.ts'
import { readNetworkRecords } from './network/records/records.ts'
import { cgroupOf, netnsName, netnsPrefix } from './run-names.ts'

/** Where the instance is on this host. */
export const hostPlaces = (read: InstanceReader): HostPlaces => ({
  containers: () => containersOnHost(read),
  containerFolders(container) {
    const { data, run, files } = containerLayout(read.paths, container)
    return [data, run, files]
  },
  exitCodes: exitFolder(read.paths),
  namespaces: `${netnsFolder}/${netnsPrefix(read.paths)}`,
  bridges: async () => [...(await readNetworkRecords(read.host, read.paths)).values()].map(({ bridge }) => bridge),
  ruleMonitor: () => firewallBackend.monitor(read.host),
  limitsFolder: (cgroups, controller, id) => controllerDir(cgroups, controller, cgroupOf(read.paths, id)),
  limitFiles: (mode) => cgroupFiles(mode, noLimits, '').map(({ controller, file }) => ({ controller, file })),
})

async function containersOnHost({ host, paths }: InstanceReader): Promise<readonly ContainerOnHost[]> {
  const found: ContainerOnHost[] = []
  for (const address of await listContainers({ host, paths })) {
    const running = await readRunning(host, paths, address)
    found.push({ address, id: running?.id, conmon: running?.conmon?.pid })
  }
  return found
}

/** Where a container is on this host. `id`: the id of its last run for the runtime. Pure. */
export function placesOf(paths: Paths, container: ResourceAddress, id: string | undefined): ContainerPlaces {
  const { root, bundle, log } = containerLayout(paths, container)
  return { netns: netnsName(paths, container), cgroup: id ? cgroupOf(paths, id) : null, root, bundle, log }
}
