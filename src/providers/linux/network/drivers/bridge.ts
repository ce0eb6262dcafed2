import type { Paths } from '../../../../host/files/paths.ts'
import { HeroPodsError } from '../../../../model/errors.ts'
import { macOf } from '../../../../model/ip/mac.ts'
import { parsePrefix } from '../../../../model/ip/text.ts'
import type { NetworkSpec } from '../../../../model/kinds/network.ts'
import { bridgeTraits } from '../../../../model/kinds/network-driver.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import type { ReadContext, WriteContext } from '../../../provider.ts'
import { ipBatch } from '../commands/ip-batch.ts'
import type { DriverDrift, Failures, NetworkDriver, NetworkTarget } from '../driver.ts'
import { type Link, readLinks } from '../links.ts'
import { ownerAlias, ownerFromAlias, ownerOf } from '../records/owner-alias.ts'
import { clearPort, configurePort, connectPort, portDrift, routePort } from './bridge-ports.ts'

/** A network is a bridge of the kernel with the gateway as its address; interfaces are virtual Ethernet devices. */
export const bridge: NetworkDriver = {
  traits: bridgeTraits,
  owned: async (read) => ownBridges(read.paths, await readLinks(read)),
  observe,
  ensure,
  remove,
  connect: connectPort,
  configure: configurePort,
  route: routePort,
  clear: clearPort,
  interfaceDrift: portDrift,
}

type Links = ReadonlyMap<string, Link>

const ownBridges = (paths: Paths, links: Links): ReadonlyMap<ResourceAddress, string> =>
  new Map(
    [...links.values()].flatMap((link): [ResourceAddress, string][] => {
      const owner = link.linkinfo?.info_kind === 'bridge' ? ownerOf(paths, link.ifalias) : undefined
      return owner === undefined ? [] : [[owner, link.ifname]]
    }),
  )

async function observe(
  read: ReadContext,
  networks: ReadonlyMap<ResourceAddress, NetworkSpec>,
): Promise<ReadonlyMap<ResourceAddress, DriverDrift>> {
  const links = await readLinks(read)
  const found = [...networks].map(async ([address, spec]) => {
    const drift = { links: bridgeDrift(read.paths, address, spec, links), settings: await settingsDrift(read, spec) }
    return [address, drift] as const
  })
  return new Map(await Promise.all(found))
}

function bridgeDrift(paths: Paths, address: ResourceAddress, spec: NetworkSpec, links: Links): readonly string[] {
  const link = links.get(spec.bridge)
  if (link === undefined) return [`bridge ${spec.bridge} is gone`]
  const checks: readonly (readonly [boolean, string])[] = [
    [ownerOf(paths, link.ifalias) === address, 'is no longer marked as an object of HeroPods'],
    [link.flags.includes('UP'), 'is down'],
    [link.mtu === spec.mtu, `has mtu ${link.mtu} instead of ${spec.mtu}`],
    [hasAddress(link, gatewayOf(spec)), `does not have the address ${gatewayOf(spec)}`],
  ]
  return checks.flatMap(([isRight, text]) => (isRight ? [] : [`bridge ${spec.bridge} ${text}`]))
}

const localnetPath = (name: string): string => `/proc/sys/net/ipv4/conf/${name}/route_localnet`

async function settingsDrift({ host }: ReadContext, spec: NetworkSpec): Promise<readonly string[]> {
  const localnet = await host.readFile(localnetPath(spec.bridge))
  // Without the bridge the setting does not exist. The missing bridge is reported as another drift.
  return localnet === undefined || localnet.trim() === '1' ? [] : [`route_localnet is off on ${spec.bridge}`]
}

/** The gateway's address on the bridge, with the length of its prefix. */
const gatewayOf = ({ gateway, subnet }: NetworkSpec): string => `${gateway}/${parsePrefix(subnet).length}`

const hasAddress = (link: Link, address: string): boolean =>
  link.addr_info.some((one) => `${one.local}/${one.prefixlen}` === address)

/** Makes all bridges in one batch, and then checks which of them are up. */
async function ensure(write: WriteContext, networks: readonly NetworkTarget[]): Promise<Failures> {
  const links = await readLinks(write)
  await ipBatch(
    write,
    networks.flatMap((one) => bridgeLines(write.paths, one, links.get(one.spec.bridge))),
  )
  const now = await readLinks(write)
  const failed = new Map<ResourceAddress, HeroPodsError>()
  for (const one of networks) {
    if (isMade(write.paths, one, now.get(one.spec.bridge))) await setKernel(write, one.spec.bridge)
    else failed.set(one.address, notMadeError(one))
  }
  return failed
}

function bridgeLines(paths: Paths, { address, spec }: NetworkTarget, link: Link | undefined): readonly string[] {
  // A bridge of another instance is not changed. It was made after the plan, which checks for such bridges.
  if ((ownerFromAlias(link?.ifalias)?.instance ?? paths.id) !== paths.id) return []
  const alias = ownerAlias(paths, address)
  const { bridge: name, gateway, mtu } = spec
  const expected = gatewayOf(spec)
  return [
    ...macLines(name, macOf(gateway), link),
    ...(link?.ifalias === alias ? [] : [`link set dev ${name} alias ${alias}`]),
    ...(link?.mtu === mtu ? [] : [`link set dev ${name} mtu ${mtu}`]),
    ...strayAddresses(link, expected).map((one) => `address delete ${one} dev ${name}`),
    ...(link && hasAddress(link, expected) ? [] : [`address add ${expected} dev ${name}`]),
    ...(link?.flags.includes('UP') ? [] : [`link set dev ${name} up`]),
  ]
}

const strayAddresses = (link: Link | undefined, expected: string): readonly string[] =>
  (link?.addr_info ?? [])
    .filter(({ family }) => family === 'inet')
    .map(({ local, prefixlen }) => `${local}/${prefixlen}`)
    .filter((one) => one !== expected)

/** Lines that fix the MAC of a bridge. Without one, the bridge uses the MAC of a port and changes it with the ports: members lose their gateway. */
function macLines(name: string, expected: string, link: Link | undefined): readonly string[] {
  if (link === undefined) return [`link add name ${name} address ${expected} type bridge forward_delay 0`]
  // Members have cached the present MAC, so this one is made permanent.
  return link.address === expected ? [] : [`link set dev ${name} address ${link.address}`]
}

const isMade = (paths: Paths, { address, spec }: NetworkTarget, link: Link | undefined): boolean =>
  link !== undefined &&
  ownerOf(paths, link.ifalias) === address &&
  link.flags.includes('UP') &&
  hasAddress(link, gatewayOf(spec))

const notMadeError = ({ address, spec }: NetworkTarget): HeroPodsError =>
  new HeroPodsError({
    code: 'network-not-made',
    message: `The bridge ${spec.bridge} of ${address} could not be made with the address ${gatewayOf(spec)}.`,
    hint: 'Check `ip -d address show` and the kernel’s bridge support; `heropods doctor` checks it.',
    address,
  })

/** Sets kernel parameters of a bridge. Ports published on 127.0.0.1 need route_localnet. IPv6 is off: it would bypass the rules. */
async function setKernel({ host }: WriteContext, name: string): Promise<void> {
  await host.writeKernel(localnetPath(name), '1')
  const withoutIpv6 = `/proc/sys/net/ipv6/conf/${name}/disable_ipv6`
  if (await host.stat(withoutIpv6)) await host.writeKernel(withoutIpv6, '1')
}

async function remove(write: WriteContext, networks: readonly ResourceAddress[]): Promise<Failures> {
  const bridges = ownBridges(write.paths, await readLinks(write))
  await ipBatch(
    write,
    networks.flatMap((address) => (bridges.has(address) ? [`link delete dev ${bridges.get(address)}`] : [])),
  )
  const left = ownBridges(write.paths, await readLinks(write))
  return new Map(
    networks.flatMap((address) =>
      left.has(address) ? [[address, notRemovedError(address, left.get(address))] as const] : [],
    ),
  )
}

const notRemovedError = (address: ResourceAddress, name: string | undefined): HeroPodsError =>
  new HeroPodsError({
    code: 'network-not-removed',
    message: `The bridge ${name} of ${address} is still there.`,
    hint: 'Run it again; `ip link delete` shows the reason.',
    retryable: true,
    address,
  })
