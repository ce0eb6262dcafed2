import { sortedBy } from '../values/sorted.ts'
import type { PublishedPort } from './network.ts'

/** The address that stands for all of the host's. */
export const everywhere = '0.0.0.0'

/** What a published port or a listener takes of the host. */
export interface Binding {
  readonly host_ip: string
  readonly published: number
  readonly protocol: string
}

/** Published ports in one order: in which one they are written has no meaning. */
export const sortedPorts = (ports: readonly PublishedPort[]): readonly PublishedPort[] =>
  sortedBy(ports, ({ protocol, host_ip, published }) => `${String(published).padStart(5, '0')} ${protocol} ${host_ip}`)

/** Whether two take the same of the host. */
export const clash = (left: Binding, right: Binding): boolean =>
  left.published === right.published &&
  left.protocol === right.protocol &&
  (left.host_ip === right.host_ip || left.host_ip === everywhere || right.host_ip === everywhere)
