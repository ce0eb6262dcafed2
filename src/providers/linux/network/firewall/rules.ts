import type { Prefix } from '../../../../model/ip/prefix.ts'
import { parseIp, parsePrefix } from '../../../../model/ip/text.ts'
import type { Member, NetworkSpec, PublishedPort } from '../../../../model/kinds/network.ts'
import { anyAddress } from '../../../../model/kinds/published-ports.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import { chainPrefix, networkChain } from './chain-names.ts'
import type { Chain, Interface, Jump, PublishedAt, Rule, Ruleset, Verdict } from './rule.ts'
import { interfaceName, portNumber, protocolName } from './rule-values.ts'

type Networks = ReadonlyMap<ResourceAddress, NetworkSpec>

/** A network whose values are checked. */
interface ValidatedNetwork {
  readonly address: ResourceAddress
  readonly bridge: string
  readonly subnet: Prefix
  readonly internal: boolean
  readonly members: readonly Member[]
}

/** Rules for the networks of one instance, in a stable order; empty without networks. Pure. Raises on an invalid value. */
export const firewallRules = (instance: string, networks: Networks): Ruleset =>
  networks.size === 0 ? { family: 'ipv4', chains: [], jumps: [] } : instanceRules(instance, networks)

/** The same, but with the instance's own chains and jumps even without networks. */
export function instanceRules(instance: string, networks: Networks): Ruleset {
  const validated = [...networks]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([address, spec]) => validatedNetwork(address, spec))
  const chainName = (name: string): string => `${chainPrefix(instance)}${name}`
  return {
    family: 'ipv4',
    chains: [
      { table: 'raw', name: chainName('RAW'), rules: validated.flatMap(loopbackOnly) },
      { table: 'filter', name: chainName('FORWARD'), rules: forwardRules(instance, validated) },
      {
        table: 'nat',
        name: chainName('DNAT'),
        rules: validated.map((network) => ({
          ...jump(networkChain(instance, network.address, 'D')),
          publishes: publishedOn(network),
        })),
      },
      {
        table: 'nat',
        name: chainName('SNAT'),
        rules: validated.map(({ address }) => jump(networkChain(instance, address, 'S'))),
      },
      ...validated.flatMap((network) => chainsOf(instance, network)),
    ],
    jumps: jumpsInto(chainName, validated.flatMap(publishedOn)),
  }
}

function validatedNetwork(
  address: ResourceAddress,
  { bridge, subnet, internal, members }: NetworkSpec,
): ValidatedNetwork {
  return { address, bridge: interfaceName(bridge), subnet: parsePrefix(subnet, 'ipv4'), internal, members }
}

const loopback = parsePrefix('127.0.0.0/8')
const [accept, drop, masquerade]: readonly [Verdict, Verdict, Verdict] = [
  { type: 'accept' },
  { type: 'drop' },
  { type: 'masquerade' },
]
const jump = (chain: string): Rule => ({ match: {}, verdict: { type: 'jump', chain } })
const on = (name: string): Interface => ({ name, match: 'exact' })
const notOn = (name: string): Interface => ({ name, match: 'except' })

/** Bridges of every instance of HeroPods on this host. */
const bridgesOfAllInstances: readonly Interface[] = [{ name: 'hp', match: 'prefix' }, on('heropods0')]

/** With route_localnet on, the kernel would route packets with loopback addresses from a bridge. */
const loopbackOnly = ({ bridge }: ValidatedNetwork): readonly Rule[] => [
  { match: { destination: loopback, input: on(bridge) }, verdict: drop },
  { match: { source: loopback, input: on(bridge) }, verdict: drop },
]

function forwardRules(instance: string, networks: readonly ValidatedNetwork[]): readonly Rule[] {
  const [internal, outward] = [networks.filter((one) => one.internal), networks.filter((one) => !one.internal)]
  return [
    // These rules come first: a published port would otherwise allow traffic out of an internal network.
    ...internal.map(({ bridge }): Rule => ({ match: { input: on(bridge), output: notOn(bridge) }, verdict: drop })),
    ...networks.map(
      ({ address, bridge }): Rule => ({ ...jump(networkChain(instance, address, 'F')), match: { output: on(bridge) } }),
    ),
    // Traffic to a bridge of another instance is decided by its own rules.
    ...bridgesOfAllInstances.map((output): Rule => ({ match: { output }, verdict: { type: 'return' } })),
    ...outward.map(({ bridge }): Rule => ({ match: { input: on(bridge) }, verdict: accept })),
  ]
}

const chainsOf = (instance: string, network: ValidatedNetwork): readonly Chain[] => [
  {
    table: 'filter',
    name: networkChain(instance, network.address, 'F'),
    rules: ingressRules(network),
    network: network.address,
  },
  {
    table: 'nat',
    name: networkChain(instance, network.address, 'D'),
    rules: dnatRules(network),
    network: network.address,
  },
  {
    table: 'nat',
    name: networkChain(instance, network.address, 'S'),
    rules: masqueradeRules(network),
    network: network.address,
  },
]

const publishedOn = ({ members }: Pick<ValidatedNetwork, 'members'>): readonly PublishedAt[] =>
  members.flatMap(({ container, ports }) => ports.map((port) => ({ container, port })))

const jumpsInto = (chainName: (name: string) => string, publishes: readonly PublishedAt[]): readonly Jump[] => [
  { table: 'raw', hook: 'prerouting', rule: jump(chainName('RAW')) },
  { table: 'filter', hook: 'forward', rule: jump(chainName('FORWARD')) },
  {
    table: 'nat',
    hook: 'prerouting',
    rule: { ...jump(chainName('DNAT')), match: { destination: 'local' }, publishes },
  },
  { table: 'nat', hook: 'output', rule: { ...jump(chainName('DNAT')), match: { destination: 'local' }, publishes } },
  { table: 'nat', hook: 'postrouting', rule: jump(chainName('SNAT')) },
]

const dnatState = ['dnat'] as const

/** Only replies, published ports and its own members may enter a bridge. A route to the subnet is not enough. */
const ingressRules = ({ bridge, members }: ValidatedNetwork): readonly Rule[] => [
  { match: { output: on(bridge), states: ['related', 'established'] }, verdict: accept },
  ...members.flatMap(({ container, ip, ports }) =>
    ports.map((published): Rule => {
      const port = { protocol: protocolName(published.protocol), number: portNumber(published.target) }
      const match = { destination: parseIp(ip, 'ipv4'), output: on(bridge), port, states: dnatState }
      return { match, verdict: accept, publishes: [{ container, port: published }] }
    }),
  ),
  { match: { input: on(bridge), output: on(bridge) }, verdict: accept },
  { match: { output: on(bridge) }, verdict: drop },
]

const dnatRules = ({ members }: ValidatedNetwork): readonly Rule[] =>
  members.flatMap(({ container, ip, ports }) =>
    ports.map((port) => ({ ...dnatRule(ip, port), publishes: [{ container, port }] })),
  )

function dnatRule(ip: string, { host_ip, published, protocol, target }: PublishedPort): Rule {
  const port = { protocol: protocolName(protocol), number: portNumber(published) }
  const to = { type: 'dnat', address: parseIp(ip, 'ipv4'), port: portNumber(target) } as const
  if (host_ip === anyAddress.ipv4) return { match: { port }, verdict: to }
  return { match: { destination: parseIp(host_ip, 'ipv4'), port }, verdict: to }
}

/** The rules do not name the uplink, so a new default route changes none. External clients keep their source address. */
function masqueradeRules({ bridge, subnet, internal, members }: ValidatedNetwork): readonly Rule[] {
  const isPublished = members.some(({ ports }) => ports.length > 0)
  // A client on the host or in the network itself: the reply must pass the host again (hairpin NAT).
  const hairpin = (source: Prefix): Rule => ({
    match: { source, output: on(bridge), states: dnatState },
    verdict: masquerade,
  })
  return [
    ...(isPublished ? [hairpin(loopback), hairpin(subnet)] : []),
    ...(internal ? [] : [{ match: { source: subnet, output: notOn(bridge) }, verdict: masquerade }]),
  ]
}
