import type { Diagnostic } from '../../errors.ts'
import type { Address, Observation, ReadContext } from '../provider.ts'
import { overlaps, parseCidr } from './ipv4.ts'
import { type Listener, listenerName, readListeners } from './listeners.ts'
import type { NetworkActual } from './observe.ts'
import { type Route, readRoutes } from './observe-links.ts'
import { otherOwnerOfIp, otherOwners } from './other-instances.ts'
import { readRules, type SavedRules, translates } from './parse-rules.ts'
import { chainPrefix } from './rules.ts'
import { type Member, mostMembers, type NetworkSpec, type PublishedPort } from './spec.ts'
import { keptFlows } from './udp-flows.ts'

type Networks = ReadonlyMap<Address, NetworkSpec>

type Observed = ReadonlyMap<Address, Observation<NetworkSpec, NetworkActual>>

/**
 * What the host would not allow: subnets routed elsewhere, crowded bridges, ports that are taken. What stands already was looked
 * at when it was made. Reads only.
 */
export async function networkPreflight(
  read: ReadContext,
  networks: Networks,
  observed: Observed,
): Promise<readonly Diagnostic[]> {
  const standing = standingNetworks(observed)
  const fresh = [...networks].filter(([at, spec]) => standing.get(at)?.subnet !== spec.subnet)
  const published = publishedPorts(networks)
  const known = new Set(publishedPorts(standing).map(identity))
  const added = published.filter((one) => !known.has(identity(one)))
  const [routes, others, listeners, saved] = await Promise.all([
    fresh.length > 0 ? readRoutes(read) : [],
    fresh.length > 0 ? otherOwners(read) : new Map<string, string>(),
    added.length > 0 ? readListeners(read) : [],
    readRules(read),
  ])
  return [
    ...fresh.flatMap(([at, spec]) => bridgeTaken(at, spec, others)),
    ...fresh.flatMap(([at, spec]) => overlapsOf(at, spec, networks, routes, others, (other) => standing.has(other))),
    ...[...networks].filter(([, spec]) => spec.members.length > mostMembers).map(([at, spec]) => crowded(at, spec)),
    ...doublePorts(added, published),
    ...(await Promise.all(added.map((one) => takenBy(read, one, listeners, saved)))).flat(),
  ]
}

/** What existing networks do not do as their users expect. */
export const networkNotices = async (read: ReadContext, observed: Observed): Promise<readonly Diagnostic[]> => [
  ...(await shadowedListeners(read, observed)),
  ...keptFlows(standingNetworks(observed)),
]

/** Who has begun to listen on a published port since: DNAT reserves nothing, and that process is never reached through it. */
async function shadowedListeners(read: ReadContext, observed: Observed): Promise<readonly Diagnostic[]> {
  const published = publishedPorts(standingNetworks(observed))
  const listeners = published.length > 0 ? await readListeners(read) : []
  const shadowed = published.flatMap((one) => {
    const listener = listeners.find((other) => clash(one.port, other))
    return listener ? [{ one, listener }] : []
  })
  return Promise.all(
    shadowed.map(async ({ one, listener }) => ({
      code: 'port-shadowed',
      message: `${name(one)} leads to ${one.member.container}, and ${await listenerName(read, listener)} listens on it too.`,
      hint: 'Publish another port, or stop the other one: what comes in reaches the container.',
      address: one.member.container,
    })),
  )
}

const standingNetworks = (observed: Observed): Networks =>
  new Map([...observed].flatMap(([at, one]) => (one.presence === 'owned' && one.spec ? [[at, one.spec] as const] : [])))

function overlapsOf(
  at: Address,
  spec: NetworkSpec,
  networks: Networks,
  routes: readonly Route[],
  others: ReadonlyMap<string, string>,
  stands: (other: Address) => boolean,
): Diagnostic[] {
  const own = parseCidr(spec.subnet)
  const bridges = new Set([...networks.values()].map((network) => network.bridge))
  // Of two new ones one is told; of a new one and one that stands the new one.
  const other = [...networks].find(
    ([name, network]) => name !== at && (name < at || stands(name)) && overlaps(parseCidr(network.subnet), own),
  )
  const route = routes.find((one) => !bridges.has(one.device) && one.cidr.prefix > 0 && overlaps(one.cidr, own))
  const rival = other
    ? `${other[0]} (${other[1].subnet})`
    : route && (others.get(route.device) ?? `the route to ${route.destination} on ${route.device}`)
  return rival === undefined
    ? []
    : [
        {
          code: 'network-subnet-overlap',
          message: `${at} (${spec.subnet}) overlaps ${rival}.`,
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

const crowded = (at: Address, spec: NetworkSpec): Diagnostic => ({
  code: 'network-too-many-members',
  message: `${at} would have ${spec.members.length} members; a bridge takes ${mostMembers}.`,
  hint: 'Spread the containers over several networks.',
  address: at,
})

interface Published {
  readonly member: Member
  readonly port: PublishedPort
}

const publishedPorts = (networks: Networks): readonly Published[] =>
  [...networks.values()].flatMap((spec) =>
    spec.members.flatMap((member) => member.ports.map((port) => ({ member, port }))),
  )

const name = ({ port }: Published): string => `${port.host_ip}:${port.published}/${port.protocol}`

/** A port that moves to another container is looked at anew. */
const identity = (one: Published): string => `${one.member.container} ${name(one)}`

const clash = (
  left: PublishedPort,
  right: { readonly host_ip: string; readonly published: number; readonly protocol: string },
): boolean =>
  left.published === right.published &&
  left.protocol === right.protocol &&
  (left.host_ip === right.host_ip || left.host_ip === '0.0.0.0' || right.host_ip === '0.0.0.0')

const taken = (one: Published, by: string): Diagnostic => ({
  code: 'port-taken',
  message: `${one.member.container} wants to publish ${name(one)}, which is taken by ${by}.`,
  hint: 'Publish another port, or stop the one that has it.',
  address: one.member.container,
})

/** Of two new ones the later is told; of a new one and one that stands the new one. */
const doublePorts = (added: readonly Published[], published: readonly Published[]): Diagnostic[] =>
  added.flatMap((one, index) => {
    const later = added.slice(index + 1)
    return published
      .filter((other) => other !== one && !later.includes(other) && clash(one.port, other.port))
      .map((other) => taken(one, other.member.container))
  })

/** DNAT reserves nothing, so what listens already, and what others translate, is asked for. */
async function takenBy(
  read: ReadContext,
  one: Published,
  listeners: readonly Listener[],
  saved: SavedRules,
): Promise<Diagnostic[]> {
  const listener = listeners.find((other) => clash(one.port, other))
  if (listener) return [taken(one, await listenerName(read, listener))]
  const rule = [...saved]
    .filter(([key]) => key.startsWith('nat ') && !key.includes(chainPrefix(read.paths.id)))
    .flatMap(([key, rules]) => rules.map((text) => ({ key, text })))
    .find(({ text }) => translates(text, one.port))
  if (rule === undefined) return []
  const ip = /--to-destination ([\d.]+)/.exec(rule.text)?.[1]
  const owner = ip === undefined ? undefined : await otherOwnerOfIp(read, ip)
  return [taken(one, owner ? `${ip} on ${owner}` : `a rule in the chain ${rule.key.split(' ')[1]}`)]
}
