import { sortedBy } from '../values/sorted.ts'
import type { PublishedPort } from './network.ts'

/** The address that means all addresses of the host. */
export const everywhere = '0.0.0.0'

/** The address and port of the host that a published port or a listener uses. */
export interface Binding {
  readonly host_ip: string
  readonly published: number
  readonly protocol: string
}

/** Published ports in canonical order: the order in a stack file has no meaning. */
export const sortedPorts = (ports: readonly PublishedPort[]): readonly PublishedPort[] =>
  sortedBy(ports, ({ protocol, host_ip, published }) => `${String(published).padStart(5, '0')} ${protocol} ${host_ip}`)

/** True if two use the same address and port of the host. */
export const clash = (left: Binding, right: Binding): boolean =>
  left.published === right.published &&
  left.protocol === right.protocol &&
  (left.host_ip === right.host_ip || left.host_ip === everywhere || right.host_ip === everywhere)
