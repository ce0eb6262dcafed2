import { sortedBy } from '../../model/sorted.ts'
import type { PublishedPort } from './spec.ts'

/** Published ports in one order: in which one they are written has no meaning. */
export const sortedPorts = (ports: readonly PublishedPort[]): readonly PublishedPort[] =>
  sortedBy(ports, ({ protocol, host_ip, published }) => `${String(published).padStart(5, '0')} ${protocol} ${host_ip}`)
