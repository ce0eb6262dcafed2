import type { Paths } from '../../../../host/files/paths.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import { replicaSlot } from '../../../../model/run.ts'
import { hostLink, netnsName } from '../../run-names.ts'
import type { Interface } from '../driver.ts'
import type { Link } from '../links.ts'
import { ownerAlias } from '../records/owner-alias.ts'

/** A pair of virtual Ethernet devices: one end is a port of the bridge, the other an interface of the container. */
export function connectPort(paths: Paths, container: ResourceAddress, one: Interface): readonly string[] {
  const link = hostLink(paths, container, one.network)
  const netns = netnsName(paths, container)
  return [
    `link add name ${link} mtu ${one.mtu} type veth peer name ${one.name} address ${one.mac} mtu ${one.mtu} netns ${netns}`,
    `link set dev ${link} alias ${ownerAlias(paths, replicaSlot(container))}`,
    `link set dev ${link} master ${one.bridge} up`,
    `link set dev ${link} type bridge_slave hairpin on`,
  ]
}

export const configurePort = ({ name, ip, prefix, gateway }: Interface): readonly string[] => [
  `address add ${ip}/${prefix} dev ${name}`,
  `link set dev ${name} up`,
  ...(gateway === undefined ? [] : [`route add default via ${gateway} dev ${name}`]),
]

export const routePort = ({ name, gateway }: Interface): readonly string[] => [
  gateway === undefined ? `route delete default dev ${name}` : `route replace default via ${gateway} dev ${name}`,
]

/** Flushing the addresses also removes the routes. */
export const clearPort = ({ name }: Interface): readonly string[] => [`-4 address flush dev ${name}`]

export function portDrift(
  paths: Paths,
  container: ResourceAddress,
  one: Interface,
  links: ReadonlyMap<string, Link>,
): string | undefined {
  const link = links.get(hostLink(paths, container, one.network))
  if (link === undefined) return `its link to ${one.network} is gone`
  if (link.master !== one.bridge) return `its link is not on the bridge ${one.bridge}`
  if (!link.flags.includes('UP')) return `its link to ${one.network} is down`
  return link.linkinfo?.info_slave_data?.hairpin === true
    ? undefined
    : `its link to ${one.network} has hairpin mode off`
}
