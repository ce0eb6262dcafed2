import type { Change } from '../../../model/change.ts'
import { parsePrefix } from '../../../model/ip/text.ts'
import type { ContainerActual, ContainerSpec } from '../../../model/kinds/container.ts'
import type { NetworkSpec } from '../../../model/kinds/network.ts'
import type { ObservationOf } from '../../../model/observation.ts'
import type { ResourceAddress } from '../../../model/resource-address.ts'
import type { Attachment } from '../network/driver.ts'

/** Interfaces of a container, eth0 ... in the order of its networks. Unknown networks are left out. Pure. */
export function attachmentOf(
  container: ResourceAddress,
  spec: ContainerSpec,
  networks: ReadonlyMap<ResourceAddress, NetworkSpec>,
): Attachment {
  const outward = spec.networks.find((one) => networks.get(one.network)?.internal === false)?.network
  const interfaces = spec.networks.flatMap((one, index) => {
    const network = networks.get(one.network)
    if (network === undefined) return []
    return [
      {
        name: `eth${index}`,
        network: one.network,
        driver: network.driver,
        bridge: network.bridge,
        ip: one.ipv4_address,
        prefix: parsePrefix(network.subnet).length,
        mac: one.mac,
        mtu: network.mtu,
        ...(one.network === outward && { gateway: network.gateway }),
      },
    ]
  })
  return { container, interfaces }
}

/** True if a container gets a new network namespace: it has none, its links change, or its net.* sysctls change. Pure. */
export function rebuildsNamespace(changes: readonly Change[], actual: ContainerActual | undefined): boolean {
  const fields = ['networks', 'network_mode', 'sysctls']
  const changed = changes.some(
    (change) => fields.includes(change.path.split('/')[1] ?? '') && change.class === 'recreate',
  )
  return actual === undefined || changed || actual.needsNamespace
}

/** The change of the containers that share this one's network namespace, if it gets a new one. Pure. */
export function changeForSharers(
  container: ResourceAddress,
  changes: readonly Change[],
  observed: ObservationOf<'container'> | undefined,
): Change | undefined {
  const actual = observed?.presence === 'owned' ? observed.actual : undefined
  if (!rebuildsNamespace(changes, actual)) return undefined
  const drift = `${container} gets a new network namespace`
  return { path: '/host/network', before: drift, after: undefined, class: 'recreate', drift }
}

/** True if a container has its own network namespace. Pure. */
export const ownsNamespace = (spec: Pick<ContainerSpec, 'network_mode'>): boolean =>
  spec.network_mode === 'bridge' || spec.network_mode === 'none'
