import type { Address } from '../../../model/address.ts'
import type { Diagnostic } from '../../../model/errors.ts'
import { type Cidr, overlaps, parseCidr } from '../../../model/ip/ipv4.ts'
import type { NetworkSpec } from '../../../model/kinds/network.ts'
import { PortIndex } from '../../../model/kinds/port-index.ts'
import type { ObservationOf } from '../../../model/observation.ts'
import type { ReadContext } from '../../provider.ts'
import { type DriverTable, driverOf } from './driver.ts'
import { firewallBackend } from './firewall/backends.ts'
import { type Redirect, redirectsPort } from './firewall/redirects.ts'
import { keptFlows } from './flows/udp-flows.ts'
import { otherOwnerOfIp, otherOwners } from './ipam/other-instances.ts'
import { type Route, readRoutes } from './links.ts'
import { type Listener, listenerName, readListeners } from './ports/listeners.ts'
import { doublePorts, identityOf, nameOf, type Published, publishedPorts, taken } from './ports/published.ts'

type Networks = ReadonlyMap<Address, NetworkSpec>

type Observed = ReadonlyMap<Address, ObservationOf<'network'>>

/**
 * What the host would not allow: subnets routed elsewhere, crowded bridges, ports that are taken. What stands already was looked
 * at when it was made. Reads only.
 */
export async function networkPreflight(
  drivers: DriverTable,
  read: ReadContext,
  networks: Networks,
  observed: Observed,
): Promise<readonly Diagnostic[]> {
  const standing = standingNetworks(observed)
  const fresh = [...networks].filter(([at, spec]) => standing.get(at)?.subnet !== spec.subnet)
  const published = publishedPorts(networks)
  const known = new Set(publishedPorts(standing).map(identityOf))
  const added = published.filter((one) => !known.has(identityOf(one)))
  const [routes, others, listeners, rules] = await Promise.all([
    fresh.length > 0 ? readRoutes(read) : [],
    fresh.length > 0 ? otherOwners(read) : new Map<string, string>(),
    added.length > 0 ? readListeners(read) : [],
    firewallBackend.read(read, 'ipv4'),
  ])
  const subnets = subnetsOf(fresh.length > 0 ? networks : new Map())
  const listening = indexOf(listeners)
  const redirects = rules.redirects(read.paths.id)
  return [
    ...fresh.flatMap(([at, spec]) => bridgeTaken(at, spec, others)),
    ...fresh.flatMap(([at]) => overlapsOf(at, subnets, routes, others, (other) => standing.has(other))),
    ...[...networks].flatMap(([at, spec]) => crowded(drivers, at, spec)),
    ...doublePorts(added, published),
    ...(await Promise.all(added.map((one) => takenBy(read, one, listening, redirects)))).flat(),
  ]
}

/** What existing networks do not do as their users expect. */
export const networkWarnings = async (read: ReadContext, observed: Observed): Promise<readonly Diagnostic[]> => [
  ...(await shadowedListeners(read, observed)),
  ...(await keptFlows(read.host, standingNetworks(observed))),
]

/** Who has begun to listen on a published port since: DNAT reserves nothing, and that process is never reached through it. */
async function shadowedListeners(read: ReadContext, observed: Observed): Promise<readonly Diagnostic[]> {
  const published = publishedPorts(standingNetworks(observed))
  const listening = indexOf(published.length > 0 ? await readListeners(read) : [])
  const shadowed = published.flatMap((one) => {
    const { value: listener } = listening.clashing(one.port).next()
    return listener ? [{ one, listener }] : []
  })
  return Promise.all(
    shadowed.map(async ({ one, listener }) => ({
      code: 'port-shadowed',
      message: `${nameOf(one)} leads to ${one.member.container}, and ${await listenerName(read, listener)} listens on it too.`,
      hint: 'Publish another port, or stop the other one: what comes in reaches the container.',
      address: one.member.container,
    })),
  )
}

const standingNetworks = (observed: Observed): Networks =>
  new Map([...observed].flatMap(([at, one]) => (one.presence === 'owned' && one.spec ? [[at, one.spec] as const] : [])))

/** A network's subnet, read once: each is held against each. */
interface Subnet {
  readonly text: string
  readonly cidr: Cidr
}

interface Subnets {
  readonly all: ReadonlyMap<Address, Subnet>
  readonly bridges: ReadonlySet<string>
}

const subnetsOf = (networks: Networks): Subnets => ({
  all: new Map([...networks].map(([at, { subnet }]) => [at, { text: subnet, cidr: parseCidr(subnet) }])),
  bridges: new Set([...networks.values()].map((network) => network.bridge)),
})

function overlapsOf(
  at: Address,
  { all, bridges }: Subnets,
  routes: readonly Route[],
  others: ReadonlyMap<string, string>,
  stands: (other: Address) => boolean,
): Diagnostic[] {
  const own = all.get(at)
  if (own === undefined) return []
  // Of two new ones one is told; of a new one and one that stands the new one.
  const other = [...all].find(
    ([name, { cidr }]) => name !== at && (name < at || stands(name)) && overlaps(cidr, own.cidr),
  )
  const route = routes.find((one) => !bridges.has(one.device) && one.cidr.prefix > 0 && overlaps(one.cidr, own.cidr))
  const rival = other
    ? `${other[0]} (${other[1].text})`
    : route && (others.get(route.device) ?? `the route to ${route.destination} on ${route.device}`)
  return rival === undefined
    ? []
    : [
        {
          code: 'network-subnet-overlap',
          message: `${at} (${own.text}) overlaps ${rival}.`,
          hint: 'Give it another subnet, or `subnet: auto`.',
          address: at,
        },
      ]
}

/** Only the default network's has a name that another instance may want. */
const bridgeTaken = (at: Address, { bridge }: NetworkSpec, others: ReadonlyMap<string, string>): Diagnostic[] =>
  others.has(bridge)
    ? [
        {
          code: 'foreign-object',
          message: `The bridge ${bridge} of ${at} is that of ${others.get(bridge)}.`,
          hint: 'Plan again: another one is taken.',
          address: at,
        },
      ]
    : []

function crowded(drivers: DriverTable, at: Address, { driver, members }: NetworkSpec): Diagnostic[] {
  const maxMembers = driverOf(drivers, driver)?.traits.maxMembers
  if (maxMembers === undefined || members.length <= maxMembers) return []
  return [
    {
      code: 'network-too-many-members',
      message: `${at} would have ${members.length} members; a ${driver} takes ${maxMembers}.`,
      hint: 'Spread the containers over several networks.',
      address: at,
    },
  ]
}

function indexOf(listeners: readonly Listener[]): PortIndex<Listener> {
  const index = new PortIndex<Listener>()
  for (const one of listeners) index.add(one, one)
  return index
}

/** A published port reserves nothing: listeners of the host and redirects of others are searched. */
async function takenBy(
  read: ReadContext,
  one: Published,
  listening: PortIndex<Listener>,
  redirects: readonly Redirect[],
): Promise<Diagnostic[]> {
  const { value: listener } = listening.clashing(one.port).next()
  if (listener) return [taken(one, await listenerName(read, listener))]
  const redirect = redirects.find((other) => redirectsPort(other, one.port))
  if (redirect === undefined) return []
  const { target, chain } = redirect
  const owner = target === undefined ? undefined : await otherOwnerOfIp(read, target)
  return [taken(one, owner ? `${target} on ${owner}` : `a rule in the chain ${chain}`)]
}
