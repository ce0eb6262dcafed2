import type { Prefix } from '../../../../model/ip/prefix.ts'
import { parseIp, parsePrefix } from '../../../../model/ip/text.ts'
import type { Member, NetworkSpec, PublishedPort } from '../../../../model/kinds/network.ts'
import { anyAddress } from '../../../../model/kinds/published-ports.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import { chainPrefix, networkChain } from './chain-names.ts'
import type { Chain, Interface, Jump, Rule, Ruleset, Verdict } from './rule.ts'
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
  const zones = [...networks]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([address, spec]) => zoneOf(address, spec))
  const own = (name: string): string => `${chainPrefix(instance)}${name}`
  return {
    family: 'ipv4',
    chains: [
      { table: 'raw', name: own('RAW'), rules: zones.flatMap(loopbackOnly) },
      { table: 'filter', name: own('FORWARD'), rules: forwardRules(instance, zones) },
      {
        table: 'nat',
        name: own('DNAT'),
        rules: zones.map(({ address }) => jump(networkChain(instance, address, 'D'))),
      },
      {
        table: 'nat',
        name: own('SNAT'),
        rules: zones.map(({ address }) => jump(networkChain(instance, address, 'S'))),
      },
      ...zones.flatMap((zone) => chainsOf(instance, zone)),
    ],
    jumps: jumpsInto(own),
  }
}

function zoneOf(address: ResourceAddress, { bridge, subnet, internal, members }: NetworkSpec): ValidatedNetwork {
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
const ourBridges: readonly Interface[] = [{ name: 'hp', match: 'prefix' }, on('heropods0')]

/** With route_localnet on, the kernel would route packets with loopback addresses from a bridge. */
const loopbackOnly = ({ bridge }: ValidatedNetwork): readonly Rule[] => [
  { match: { destination: loopback, input: on(bridge) }, verdict: drop },
  { match: { source: loopback, input: on(bridge) }, verdict: drop },
]

function forwardRules(instance: string, zones: readonly ValidatedNetwork[]): readonly Rule[] {
  const [internal, outward] = [zones.filter((zone) => zone.internal), zones.filter((zone) => !zone.internal)]
  return [
    // These rules come first: a published port would otherwise allow traffic out of an internal network.
    ...internal.map(({ bridge }): Rule => ({ match: { input: on(bridge), output: notOn(bridge) }, verdict: drop })),
    ...zones.map(
      ({ address, bridge }): Rule => ({ ...jump(networkChain(instance, address, 'F')), match: { output: on(bridge) } }),
    ),
    // Traffic to a bridge of another instance is decided by its own rules.
    ...ourBridges.map((output): Rule => ({ match: { output }, verdict: { type: 'return' } })),
    ...outward.map(({ bridge }): Rule => ({ match: { input: on(bridge) }, verdict: accept })),
  ]
}

const chainsOf = (instance: string, zone: ValidatedNetwork): readonly Chain[] => [
  {
    table: 'filter',
    name: networkChain(instance, zone.address, 'F'),
    rules: ingressRules(zone),
    network: zone.address,
  },
  { table: 'nat', name: networkChain(instance, zone.address, 'D'), rules: translations(zone), network: zone.address },
  {
    table: 'nat',
    name: networkChain(instance, zone.address, 'S'),
    rules: masqueradeRules(zone),
    network: zone.address,
  },
]

const jumpsInto = (own: (name: string) => string): readonly Jump[] => [
  { table: 'raw', hook: 'prerouting', rule: jump(own('RAW')) },
  { table: 'filter', hook: 'forward', rule: jump(own('FORWARD')) },
  { table: 'nat', hook: 'prerouting', rule: { ...jump(own('DNAT')), match: { destination: 'local' } } },
  { table: 'nat', hook: 'output', rule: { ...jump(own('DNAT')), match: { destination: 'local' } } },
  { table: 'nat', hook: 'postrouting', rule: jump(own('SNAT')) },
]

const dnatState = ['dnat'] as const

/** Only replies, published ports and its own members may enter a bridge. A route to the subnet is not enough. */
const ingressRules = ({ bridge, members }: ValidatedNetwork): readonly Rule[] => [
  { match: { output: on(bridge), states: ['related', 'established'] }, verdict: accept },
  ...members.flatMap(({ ip, ports }) =>
    ports.map(({ protocol, target }): Rule => {
      const port = { protocol: protocolName(protocol), number: portNumber(target) }
      const match = { destination: parseIp(ip, 'ipv4'), output: on(bridge), port, states: dnatState }
      return { match, verdict: accept }
    }),
  ),
  { match: { input: on(bridge), output: on(bridge) }, verdict: accept },
  { match: { output: on(bridge) }, verdict: drop },
]

const translations = ({ members }: ValidatedNetwork): readonly Rule[] =>
  members.flatMap(({ ip, ports }) => ports.map((port) => translation(ip, port)))

function translation(ip: string, { host_ip, published, protocol, target }: PublishedPort): Rule {
  const port = { protocol: protocolName(protocol), number: portNumber(published) }
  const to = { type: 'dnat', address: parseIp(ip, 'ipv4'), port: portNumber(target) } as const
  if (host_ip === anyAddress.ipv4) return { match: { port }, verdict: to }
  return { match: { destination: parseIp(host_ip, 'ipv4'), port }, verdict: to }
}

/** The rules do not name the uplink, so a new default route changes none. External clients keep their source address. */
function masqueradeRules({ bridge, subnet, internal, members }: ValidatedNetwork): readonly Rule[] {
  const isPublished = members.some(({ ports }) => ports.length > 0)
  const back = (source: Prefix): Rule => ({
    match: { source, output: on(bridge), states: dnatState },
    verdict: masquerade,
  })
  return [
    ...(isPublished ? [back(loopback), back(subnet)] : []),
    ...(internal ? [] : [{ match: { source: subnet, output: notOn(bridge) }, verdict: masquerade }]),
  ]
}
