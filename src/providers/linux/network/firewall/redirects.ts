import type { PublishedPort } from '../../../../model/kinds/network.ts'
import { anyAddress, familyOfBinding } from '../../../../model/kinds/published-ports.ts'

interface PortRange {
  readonly from: number
  readonly to: number
}

/** A rule that translates the destination of connections to ports of this host. */
export interface Redirect {
  readonly chain: string
  readonly protocol: string
  /** The destination that it translates; undefined: any address. */
  readonly destination: string | undefined
  readonly ports: readonly PortRange[]
  /** The new destination, if the rule names one. */
  readonly target: string | undefined
}

/** True if connections to a published port go through this rule. Pure. */
export const redirectsPort = (redirect: Redirect, port: PublishedPort): boolean =>
  redirect.protocol === port.protocol &&
  (redirect.destination === undefined || redirect.destination === port.host_ip || isOnAll(port)) &&
  redirect.ports.some(({ from, to }) => from <= port.published && port.published <= to)

const isOnAll = (port: PublishedPort): boolean => port.host_ip === anyAddress[familyOfBinding(port)]
