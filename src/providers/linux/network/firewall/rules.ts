import { shortHash } from '../../../../host/files/paths.ts'
import type { Address } from '../../../../model/address.ts'
import { parseCidr, toNumber, toText } from '../../../../model/ip/ipv4.ts'
import type { Member, NetworkSpec, PublishedPort } from '../../../../model/kinds/network.ts'
import { interfaceName, portNumber, protocolName, safeLine } from './rule-values.ts'

export const tables = ['raw', 'filter', 'nat'] as const
export type Table = (typeof tables)[number]

/** A chain with all its rules, each as iptables-restore takes it, without the `-A CHAIN`. */
export interface Chain {
  readonly table: Table
  readonly name: string
  readonly rules: readonly string[]
  /** The network whose chain it is; undefined: the instance's own. */
  readonly network?: Address
}

/** A jump from a built-in chain into one of ours. */
export interface Jump {
  readonly table: Table
  readonly from: string
  readonly rule: string
}

/** All that an instance has in iptables. */
export interface Ruleset {
  readonly chains: readonly Chain[]
  readonly jumps: readonly Jump[]
}

/** iptables allows 28 characters in a chain's name. */
export const chainPrefix = (instance: string): string => `HEROPODS-${instance}-`
export const networkChain = (instance: string, network: Address, letter: string): string =>
  `${chainPrefix(instance)}${shortHash(network, 8)}${letter}`

/** Chains and jumps for the networks of one instance; none for none. Throws on a value that is not of its type. Pure and in a stable order. */
export const renderRules = (instance: string, networks: ReadonlyMap<Address, NetworkSpec>): Ruleset =>
  networks.size === 0 ? { chains: [], jumps: [] } : renderAll(instance, networks)

/** The same with the instance's own chains and jumps in any case. */
export function renderAll(instance: string, networks: ReadonlyMap<Address, NetworkSpec>): Ruleset {
  const all = [...networks]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([at, spec]) => [at, { ...spec, bridge: interfaceName(spec.bridge) }] as const)
  const own = (letter: string): string => `${chainPrefix(instance)}${letter}`
  const chains: Chain[] = [
    {
      table: 'raw',
      name: own('RAW'),
      rules: all.flatMap(([, spec]) => ['-d', '-s'].map((end) => `${end} 127.0.0.0/8 -i ${spec.bridge} -j DROP`)),
    },
    {
      table: 'filter',
      name: own('FORWARD'),
      rules: [
        // Before all else: what a published port translates would lead out of an internal network.
        ...all.flatMap(([, spec]) => (spec.internal ? [`-i ${spec.bridge} ! -o ${spec.bridge} -j DROP`] : [])),
        ...all.map(([at, spec]) => `-o ${spec.bridge} -j ${networkChain(instance, at, 'F')}`),
        // Bridges of other instances are theirs to open.
        ...['hp+', 'heropods0'].map((bridge) => `-o ${bridge} -j RETURN`),
        ...all.flatMap(([, spec]) => (spec.internal ? [] : [`-i ${spec.bridge} -j ACCEPT`])),
      ],
    },
    { table: 'nat', name: own('DNAT'), rules: all.map(([at]) => `-j ${networkChain(instance, at, 'D')}`) },
    { table: 'nat', name: own('SNAT'), rules: all.map(([at]) => `-j ${networkChain(instance, at, 'S')}`) },
    ...all.flatMap(([network, spec]): Chain[] => [
      { table: 'filter', name: networkChain(instance, network, 'F'), rules: entering(spec), network },
      {
        table: 'nat',
        name: networkChain(instance, network, 'D'),
        rules: spec.members.flatMap((member) => member.ports.map((port) => forwardPort(member, port))),
        network,
      },
      { table: 'nat', name: networkChain(instance, network, 'S'), rules: masquerade(spec), network },
    ]),
  ]
  const local = `-m addrtype --dst-type LOCAL -j ${own('DNAT')}`
  const jumps: Jump[] = [
    { table: 'raw', from: 'PREROUTING', rule: `-j ${own('RAW')}` },
    { table: 'filter', from: 'FORWARD', rule: `-j ${own('FORWARD')}` },
    { table: 'nat', from: 'PREROUTING', rule: local },
    { table: 'nat', from: 'OUTPUT', rule: local },
    { table: 'nat', from: 'POSTROUTING', rule: `-j ${own('SNAT')}` },
  ]
  for (const chain of chains) chain.rules.forEach(safeLine)
  return { chains, jumps }
}

/** An address of a member, from the number that it is. */
const addressText = (ip: string): string => toText(toNumber(ip))

/** What may come onto a bridge: answers, published ports, its own members; nothing that merely knows a route. */
const entering = (spec: NetworkSpec): readonly string[] => [
  `-o ${spec.bridge} -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT`,
  ...spec.members.flatMap((member) =>
    member.ports.map(({ protocol, target }) => {
      const to = `-d ${addressText(member.ip)}/32 -o ${spec.bridge}`
      const name = protocolName(protocol)
      return `${to} -p ${name} -m ${name} --dport ${portNumber(target)} -m conntrack --ctstate DNAT -j ACCEPT`
    }),
  ),
  `-i ${spec.bridge} -o ${spec.bridge} -j ACCEPT`,
  `-o ${spec.bridge} -j DROP`,
]

const anyAddress = '0.0.0.0'

function forwardPort(member: Member, port: PublishedPort): string {
  const destination = port.host_ip === anyAddress ? '' : `-d ${addressText(port.host_ip)}/32 `
  const name = protocolName(port.protocol)
  const leads = `-j DNAT --to-destination ${addressText(member.ip)}:${portNumber(port.target)}`
  return `${destination}-p ${name} -m ${name} --dport ${portNumber(port.published)} ${leads}`
}

/** The uplink is not named, so a changed default route needs no change here. Clients from outside keep their address. */
function masquerade(spec: NetworkSpec): readonly string[] {
  const cidr = parseCidr(spec.subnet)
  const subnet = `${toText(cidr.base)}/${cidr.prefix}`
  const published = spec.members.some((member) => member.ports.length > 0)
  return [
    ...(published
      ? [
          `-s 127.0.0.0/8 -o ${spec.bridge} -m conntrack --ctstate DNAT -j MASQUERADE`,
          `-s ${subnet} -o ${spec.bridge} -m conntrack --ctstate DNAT -j MASQUERADE`,
        ]
      : []),
    ...(spec.internal ? [] : [`-s ${subnet} ! -o ${spec.bridge} -j MASQUERADE`]),
  ]
}
