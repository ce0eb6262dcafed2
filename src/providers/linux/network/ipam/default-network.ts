import { type NetworkSettings, readInstanceSettings } from '../../../../host/files/instance-settings.ts'
import { shortHash } from '../../../../host/files/paths.ts'
import { hostRange, overlaps } from '../../../../model/ip/prefix.ts'
import { formatIp, formatPrefix, parsePrefix } from '../../../../model/ip/text.ts'
import { defaultNetwork, type NetworkSpec } from '../../../../model/kinds/network.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import type { ReadContext } from '../../../provider.ts'
import { type Link, readLinks, readRoutes } from '../links.ts'
import { ownerFromAlias, ownerOf } from '../records/owner-alias.ts'

type Networks = ReadonlyMap<ResourceAddress, NetworkSpec>

/**
 * Resolves bridge, subnet and name servers of the default network. No stack file declares it, so they are settings of the instance. Without
 * a setting they can be replaced: if another instance has the bridge `heropods0`, it gets a generated bridge name; if its subnet is in
 * use, it gets the next free one. Once made, bridge and subnet do not change.
 */
export async function resolveDefaultNetwork(
  read: ReadContext,
  networks: Networks,
  recorded: Networks,
): Promise<Networks> {
  const declared = networks.get(defaultNetwork)
  if (declared === undefined) return networks
  const { network: settings = {} } = await readInstanceSettings(read.host, read.paths)
  const spec = withSettings(declared, settings)
  const place = recorded.get(defaultNetwork) ?? (await freeBridgeAddresses(read, spec, networks, settings))
  const { bridge, subnet, gateway } = place
  return new Map(networks).set(defaultNetwork, { ...spec, bridge, subnet, gateway })
}

/** The default network with the settings of its instance. Pure. */
export function withSettings(spec: NetworkSpec, { bridge, subnet, gateway, dns }: NetworkSettings): NetworkSpec {
  const ownGateway = subnet === undefined ? spec.gateway : formatIp(hostRange(parsePrefix(subnet)).first)
  return {
    ...spec,
    bridge: bridge ?? spec.bridge,
    subnet: subnet ?? spec.subnet,
    gateway: gateway ?? ownGateway,
    dns: { ...spec.dns, servers: dns ?? spec.dns.servers },
  }
}

type BridgeAddresses = Pick<NetworkSpec, 'bridge' | 'subnet' | 'gateway'>

async function freeBridgeAddresses(
  read: ReadContext,
  spec: NetworkSpec,
  networks: Networks,
  settings: NetworkSettings,
): Promise<BridgeAddresses> {
  const links = await readLinks(read)
  const existing = [...links.values()].find((link) => ownerOf(read.paths, link.ifalias) === defaultNetwork)
  if (existing) return bridgeAddressesOf(existing, spec)
  const isOthers = settings.bridge === undefined && ownerFromAlias(links.get(spec.bridge)?.ifalias) !== undefined
  const bridge = isOthers ? `hp${shortHash(`${read.paths.id} ${defaultNetwork}`)}` : spec.bridge
  if (spec.subnet === 'auto' || settings.subnet !== undefined) return { ...spec, bridge }
  const own = parsePrefix(spec.subnet)
  const declared = [...networks].filter(([address, other]) => address !== defaultNetwork && other.subnet !== 'auto')
  const taken = [
    ...(await readRoutes(read)).map(({ prefix }) => prefix).filter(({ length }) => length > 0),
    ...declared.map(([, other]) => parsePrefix(other.subnet)),
  ]
  const isFree = !taken.some((other) => overlaps(other, own))
  return isFree ? { ...spec, bridge } : { bridge, subnet: 'auto', gateway: '' }
}

/** Bridge and subnet of a network whose record is lost. */
function bridgeAddressesOf(link: Link, spec: NetworkSpec): BridgeAddresses {
  const ip = link.addr_info.find((one) => one.family === 'inet')
  if (ip === undefined) return { ...spec, bridge: link.ifname }
  const subnet = formatPrefix(parsePrefix(`${ip.local}/${ip.prefixlen}`))
  return { bridge: link.ifname, subnet, gateway: ip.local }
}
