import type { Address } from '../../../../model/address.ts'
import { isIPv4 } from '../../../../model/ip/text.ts'
import type { NetworkSpec } from '../../../../model/kinds/network.ts'
import { anyAddress } from '../../../../model/kinds/published-ports.ts'

/**
 * The kernel looks at NAT rules for the first datagram of a flow and keeps in its connection table what came of it: whoever goes on sending
 * from the same port stays with a container that has gone. So entries go with the rules that they came from, and no others.
 */

export type Networks = ReadonlyMap<Address, NetworkSpec>

/** A published udp port, and where it leads. */
export interface Led {
  readonly host_ip: string
  readonly published: number
  readonly ip: string
  readonly target: number
}

/** What has gone since entries were last looked at: ports with where they led, and addresses of containers. */
export interface Gone {
  readonly ports: readonly Led[]
  readonly ips: readonly string[]
}

/** An entry of the connection table: what was sent where, and who answers. */
export interface Flow {
  readonly src: string
  readonly dst: string
  readonly sport: number
  readonly dport: number
  readonly answer: { readonly src: string; readonly sport: number }
}

export const ledPorts = (networks: Networks): readonly Led[] =>
  [...networks.values()].flatMap(({ members }) =>
    members.flatMap(({ ip, ports }) =>
      ports
        .filter((port) => port.protocol === 'udp')
        .map(({ host_ip, published, target }) => ({ host_ip, published, ip, target })),
    ),
  )

const addresses = (networks: Networks): ReadonlySet<string> =>
  new Set([...networks.values()].flatMap(({ members }) => members.map(({ ip }) => ip)))

/** What goes between two states of the networks; undefined: no entry is wrong after it. Pure. */
export function goneBetween(before: Networks, after: Networks): Gone | undefined {
  const text = (one: Led): string => `${one.host_ip} ${one.published} ${one.ip} ${one.target}`
  const [was, is] = [ledPorts(before), ledPorts(after)]
  const [old, now] = [new Set(was.map(text)), new Set(is.map(text))]
  const kept = addresses(after)
  const gone = {
    ports: was.filter((one) => !now.has(text(one))),
    ips: [...addresses(before)].filter((ip) => !kept.has(ip)),
  }
  const came = is.some((one) => !old.has(text(one)))
  return came || gone.ports.length > 0 || gone.ips.length > 0 ? gone : undefined
}

function byPort(ports: readonly Led[]): ReadonlyMap<number, readonly Led[]> {
  const found = new Map<number, Led[]>()
  for (const one of ports) found.set(one.published, [...(found.get(one.published) ?? []), one])
  return found
}

/** Entries that no rule would make any more. Pure. */
export function staleFlows(
  flows: readonly Flow[],
  networks: Networks,
  gone: Gone,
  isLocal: (ip: string) => boolean,
): readonly Flow[] {
  const [now, was] = [byPort(ledPorts(networks)), byPort(gone.ports)]
  const kept = addresses(networks)
  const left = new Set(gone.ips.filter((ip) => !kept.has(ip)))
  const find = (ports: ReadonlyMap<number, readonly Led[]>, { dst, dport }: Flow): Led | undefined =>
    ports.get(dport)?.find(({ host_ip }) => (host_ip === anyAddress.ipv4 ? isLocal(dst) : host_ip === dst))
  const leads = ({ answer }: Flow, led: Led): boolean => answer.src === led.ip && answer.sport === led.target
  return flows.filter((flow) => {
    if (left.has(flow.src) || left.has(flow.answer.src)) return true
    const led = find(now, flow)
    if (led) return !leads(flow, led)
    return was.get(flow.dport)?.some((one) => leads(flow, one)) ?? false
  })
}

const entry =
  / src=(?<src>\S+) dst=(?<dst>\S+) sport=(?<sport>\d+) dport=(?<dport>\d+) .*?src=(?<answerer>\S+) dst=\S+ sport=(?<from>\d+) /

/** What `conntrack -L` prints. Entries of other zones are none of ours. Pure. */
export const parseFlows = (text: string): readonly Flow[] =>
  text.split('\n').flatMap((line): Flow[] => {
    const { src = '', dst = '', sport, dport, answerer = '', from } = entry.exec(line)?.groups ?? {}
    if (![src, dst, answerer].every(isIPv4) || line.includes(' zone')) return []
    return [{ src, dst, sport: Number(sport), dport: Number(dport), answer: { src: answerer, sport: Number(from) } }]
  })
