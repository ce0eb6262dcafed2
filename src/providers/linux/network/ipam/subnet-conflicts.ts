import type { Diagnostic } from '../../../../model/errors.ts'
import type { Prefix } from '../../../../model/ip/prefix.ts'
import { PrefixIndex } from '../../../../model/ip/prefix-index.ts'
import { parsePrefix } from '../../../../model/ip/text.ts'
import type { NetworkSpec } from '../../../../model/kinds/network.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import type { Route } from '../links.ts'

export interface SubnetUse {
  /** All networks of the instance after the change. */
  readonly networks: ReadonlyMap<ResourceAddress, NetworkSpec>
  /** Routes of the host. */
  readonly routes: readonly Route[]
  /** Owners of the bridges of other instances, as text. */
  readonly owners: ReadonlyMap<string, string>
  /** True for networks that exist already. */
  readonly exists: (network: ResourceAddress) => boolean
}

interface Subnet {
  readonly network: ResourceAddress
  readonly text: string
  readonly prefix: Prefix
}

/** New networks whose subnets overlap other networks or routes of the host. Pure. */
export function subnetConflicts(added: readonly ResourceAddress[], use: SubnetUse): readonly Diagnostic[] {
  const subnets = new Map([...use.networks].map(([address, spec]) => [address, subnetOf(address, spec)]))
  const index = new PrefixIndex<Subnet>()
  for (const one of subnets.values()) index.add(one.prefix, one)
  const routes = routesOfOthers(use)
  return added.flatMap((address) => {
    const own = subnets.get(address)
    if (own === undefined) return []
    const rival = rivalNetwork(own, index, use) ?? rivalRoute(own, routes, use)
    return rival === undefined ? [] : [conflict(own, rival)]
  })
}

const subnetOf = (network: ResourceAddress, { subnet }: NetworkSpec): Subnet => ({
  network,
  text: subnet,
  prefix: parsePrefix(subnet),
})

/** Routes of the host without the default route and the routes of our bridges. */
function routesOfOthers({ networks, routes }: SubnetUse): PrefixIndex<Route> {
  const bridges = new Set([...networks.values()].map(({ bridge }) => bridge))
  const index = new PrefixIndex<Route>()
  for (const one of routes) if (!bridges.has(one.device) && one.prefix.length > 0) index.add(one.prefix, one)
  return index
}

/** The network that a new one overlaps, as text. Of two new networks only one is an error, and never the existing one. */
function rivalNetwork(own: Subnet, index: PrefixIndex<Subnet>, { exists }: SubnetUse): string | undefined {
  const rival = index
    .overlapping(own.prefix)
    .find(({ network }) => network !== own.network && (network < own.network || exists(network)))
  return rival && `${rival.network} (${rival.text})`
}

function rivalRoute(own: Subnet, routes: PrefixIndex<Route>, { owners }: SubnetUse): string | undefined {
  const route = routes.firstOverlapping(own.prefix)
  return route && (owners.get(route.device) ?? `the route to ${route.destination} on ${route.device}`)
}

const conflict = ({ network, text }: Subnet, rival: string): Diagnostic => ({
  code: 'network-subnet-overlap',
  message: `${network} (${text}) overlaps ${rival}.`,
  hint: 'Set another subnet, or `subnet: auto`.',
  address: network,
})
