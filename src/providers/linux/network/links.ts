import type { Prefix } from '../../../model/ip/prefix.ts'
import { parseRange } from '../../../model/ip/text.ts'
import type { ReadContext } from '../../provider.ts'

/** A link of the host, as `ip -j -d addr show` tells. */
export interface Link {
  readonly ifname: string
  readonly ifalias?: string
  readonly mtu: number
  /** Its MAC. */
  readonly address: string
  readonly flags: readonly string[]
  readonly master?: string
  readonly addr_info: readonly { readonly family: string; readonly local: string; readonly prefixlen: number }[]
  readonly linkinfo?: { readonly info_kind?: string; readonly info_slave_data?: { readonly hairpin?: boolean } }
}

export interface Route {
  readonly prefix: Prefix
  readonly destination: string
  readonly device: string
}

/** All links with their addresses, in one command. */
export const readLinks = (read: ReadContext): Promise<ReadonlyMap<string, Link>> =>
  read.once('links', async () => {
    const { stdout } = await read.host.query({ program: 'ip', args: ['-json', '-details', 'address', 'show'] })
    const links = (stdout.trim() === '' ? [] : JSON.parse(stdout)) as readonly Link[]
    return new Map(links.map((link) => [link.ifname, link]))
  })

/** IPv4 routes of all tables but the host's own addresses and the default route. */
export const readRoutes = (read: ReadContext): Promise<readonly Route[]> =>
  read.once('routes', async () => {
    const { stdout } = await read.host.query({ program: 'ip', args: ['-json', '-4', 'route', 'show', 'table', 'all'] })
    const routes = (stdout.trim() === '' ? [] : JSON.parse(stdout)) as readonly {
      dst: string
      dev?: string
      type?: string
    }[]
    return routes
      .filter(
        (route) => route.dst !== 'default' && !['local', 'broadcast', 'multicast'].includes(route.type ?? 'unicast'),
      )
      .map((route) => ({
        prefix: parseRange(route.dst),
        destination: route.dst,
        device: route.dev ?? '',
      }))
  })
