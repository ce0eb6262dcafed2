import { isIPv4 } from '../../../../model/ip/text.ts'
import type { NetworkSpec } from '../../../../model/kinds/network.ts'
import { anyAddress } from '../../../../model/kinds/published-ports.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import { groupBy } from '../../../../model/values/group-by.ts'

/**
 * The kernel applies NAT rules to the first datagram of a flow and stores the result in its connection table. A client that still sends
 * from the same port would reach a removed container. So entries are deleted together with the rules that made them. Others stay.
 */

export type Networks = ReadonlyMap<ResourceAddress, NetworkSpec>

/** A published udp port and its destination. */
export interface Forwarding {
  readonly host_ip: string
  readonly published: number
  readonly ip: string
  readonly target: number
}

/** Forwardings and container addresses that were removed since stale entries were last deleted. */
export interface Removed {
  readonly ports: readonly Forwarding[]
  readonly ips: readonly string[]
}

/** An entry of the connection table. `answer` is the sender of the replies. */
export interface Flow {
  readonly src: string
  readonly dst: string
  readonly sport: number
  readonly dport: number
  readonly answer: { readonly src: string; readonly sport: number }
}

export const udpForwardings = (networks: Networks): readonly Forwarding[] =>
  [...networks.values()].flatMap(({ members }) =>
    members.flatMap(({ ip, ports }) =>
      ports
        .filter((port) => port.protocol === 'udp')
        .map(({ host_ip, published, target }) => ({ host_ip, published, ip, target })),
    ),
  )

const memberIps = (networks: Networks): ReadonlySet<string> =>
  new Set([...networks.values()].flatMap(({ members }) => members.map(({ ip }) => ip)))

const keyOf = (one: Forwarding): string => `${one.host_ip} ${one.published} ${one.ip} ${one.target}`

/** The difference between two states of the networks; undefined: it makes no entry stale. Pure. */
export function removedBetween(before: Networks, after: Networks): Removed | undefined {
  const [earlier, later] = [udpForwardings(before), udpForwardings(after)]
  const [known, desired] = [new Set(earlier.map(keyOf)), new Set(later.map(keyOf))]
  const ips = memberIps(after)
  const removed = {
    ports: earlier.filter((one) => !desired.has(keyOf(one))),
    ips: [...memberIps(before)].filter((ip) => !ips.has(ip)),
  }
  const isAdded = later.some((one) => !known.has(keyOf(one)))
  return isAdded || removed.ports.length > 0 || removed.ips.length > 0 ? removed : undefined
}

/** Entries that no present rule would make. Pure. */
export function staleFlows(
  flows: readonly Flow[],
  networks: Networks,
  removed: Removed,
  isLocal: (ip: string) => boolean,
): readonly Flow[] {
  const present = groupBy(udpForwardings(networks), (one) => one.published)
  const earlier = groupBy(removed.ports, (one) => one.published)
  const ips = memberIps(networks)
  const removedIps = new Set(removed.ips.filter((ip) => !ips.has(ip)))
  const isOn = ({ host_ip }: Forwarding, dst: string): boolean =>
    host_ip === anyAddress.ipv4 ? isLocal(dst) : host_ip === dst
  return flows.filter((flow) => {
    if (removedIps.has(flow.src) || removedIps.has(flow.answer.src)) return true
    const forwarding = present.get(flow.dport)?.find((one) => isOn(one, flow.dst))
    if (forwarding) return !isAnswered(flow, forwarding)
    return earlier.get(flow.dport)?.some((one) => isAnswered(flow, one)) ?? false
  })
}

const isAnswered = ({ answer }: Flow, { ip, target }: Forwarding): boolean =>
  answer.src === ip && answer.sport === target

const entry =
  / src=(?<src>\S+) dst=(?<dst>\S+) sport=(?<sport>\d+) dport=(?<dport>\d+) .*?src=(?<answerer>\S+) dst=\S+ sport=(?<from>\d+) /

/** Reads the output of `conntrack -L`. Entries of zones belong to other software. Pure. */
export const parseFlows = (text: string): readonly Flow[] =>
  text.split('\n').flatMap((line): Flow[] => {
    const { src = '', dst = '', sport, dport, answerer = '', from } = entry.exec(line)?.groups ?? {}
    if (![src, dst, answerer].every(isIPv4) || line.includes(' zone')) return []
    return [{ src, dst, sport: Number(sport), dport: Number(dport), answer: { src: answerer, sport: Number(from) } }]
  })
