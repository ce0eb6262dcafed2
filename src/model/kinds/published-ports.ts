import type { Family } from '../ip/prefix.ts'
import { isIPv6 } from '../ip/text.ts'
import { sortedBy } from '../values/sorted.ts'
import type { PublishedPort } from './network.ts'

/** The address of each family that means all addresses of the host. */
export const anyAddress: Readonly<Record<Family, string>> = { ipv4: '0.0.0.0', ipv6: '::' }

/** The address and port of the host that a published port or a listener uses. */
export interface Binding {
  readonly host_ip: string
  readonly published: number
  readonly protocol: string
}

/** Sorts published ports: their order in a stack file has no meaning. */
export const sortedPorts = (ports: readonly PublishedPort[]): readonly PublishedPort[] =>
  sortedBy(ports, ({ protocol, host_ip, published }) => `${String(published).padStart(5, '0')} ${protocol} ${host_ip}`)

/** The family of an address of the host. A reference that a plan still has to resolve always means an IPv4 address. */
export const familyOfBinding = ({ host_ip }: Binding): Family =>
  host_ip.includes(':') && isIPv6(host_ip) ? 'ipv6' : 'ipv4'

/** True if two use the same address and port of the host. */
export function bindingsClash(left: Binding, right: Binding): boolean {
  const family = familyOfBinding(left)
  const ips = [left.host_ip, right.host_ip]
  return (
    left.published === right.published &&
    left.protocol === right.protocol &&
    family === familyOfBinding(right) &&
    (left.host_ip === right.host_ip || ips.includes(anyAddress[family]))
  )
}
