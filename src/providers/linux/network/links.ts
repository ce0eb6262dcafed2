import type { Prefix } from '../../../model/ip/prefix.ts'
import { parseRange } from '../../../model/ip/text.ts'
import type { ReadContext } from '../../provider.ts'

/** A link of the host, as `ip -j -d addr show` prints it. */
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
    const links = await query<Link>(read, ['-json', '-details', 'address', 'show'])
    return new Map(links.map((link) => [link.ifname, link]))
  })

interface PrintedRoute {
  readonly dst: string
  readonly dev?: string
  readonly type?: string
}

/** IPv4 routes of all tables, without the host's own addresses and the default route. */
export const readRoutes = (read: ReadContext): Promise<readonly Route[]> =>
  read.once('routes', async () => {
    const routes = await query<PrintedRoute>(read, ['-json', '-4', 'route', 'show', 'table', 'all'])
    return routes
      .filter(({ dst, type = 'unicast' }) => dst !== 'default' && !ownTypes.includes(type))
      .map(({ dst, dev = '' }) => ({ prefix: parseRange(dst), destination: dst, device: dev }))
  })

const ownTypes: readonly string[] = ['local', 'broadcast', 'multicast']

/** The list that `ip -json` prints. It prints nothing instead of an empty list. */
async function query<T>(read: ReadContext, args: readonly string[]): Promise<readonly T[]> {
  const { stdout } = await read.host.query({ program: 'ip', args })
  return stdout.trim() === '' ? [] : JSON.parse(stdout)
}
