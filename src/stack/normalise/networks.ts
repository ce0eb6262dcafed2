import type { Network } from '../../generated/stack-file.ts'
import { shortHash } from '../../host/files/paths.ts'
import { defaultSettings } from '../../model/instance/settings.ts'
import { gatewayFault, isRange, subnetFault } from '../../model/ip/network-faults.ts'
import { hostRange } from '../../model/ip/prefix.ts'
import { PrefixIndex } from '../../model/ip/prefix-index.ts'
import { formatIp, parsePrefix } from '../../model/ip/text.ts'
import type { NetworkSpec } from '../../model/kinds/network.ts'
import { bridgeTraits, defaultDriver } from '../../model/kinds/network-driver.ts'
import { parseResourceAddress, type ResourceAddress, resourceAddress } from '../../model/resource-address.ts'
import { ownValue } from '../../model/values/own-value.ts'
import { type Context, labels } from './context.ts'

const { bridge_name, subnet, gateway_ip, dns_servers: publicServers } = defaultSettings

/** The network of containers whose stack declares none. The settings of the instance replace its bridge, addresses and name servers in a plan. */
export const heropods0: NetworkSpec = {
  driver: defaultDriver,
  bridge: bridge_name,
  subnet,
  gateway: gateway_ip,
  internal: false,
  mtu: bridgeTraits.defaultMtu,
  dns: { servers: publicServers, search: [] },
  exclude: [],
  labels: {},
  members: [],
  hosts: {},
}

/** The address of a network of the stack, or of the network of another stack to which it refers. */
export function networkAddress(context: Context, name: string): ResourceAddress {
  const declared = ownValue(context.data.networks, name)
  if (!declared?.external) return resourceAddress(context.stack, 'network', name)
  const [stack = '', key = ''] = (declared.name ?? '').split('/')
  return resourceAddress(stack, 'network', key)
}

/** The canonical networks of the stack, without external ones. */
export function normaliseNetworks(context: Context, instanceId: string): ReadonlyMap<ResourceAddress, NetworkSpec> {
  const specs = new Map<ResourceAddress, NetworkSpec>()
  for (const [name, declared] of Object.entries(context.data.networks ?? {})) {
    if (name.startsWith('x-')) continue
    const network: NonNullable<Network> = declared ?? {}
    if (network.external) requireName(context, name, network)
    else specs.set(resourceAddress(context.stack, 'network', name), normaliseOne(context, name, network, instanceId))
  }
  reportOverlaps(context, specs)
  return specs
}

function requireName(context: Context, name: string, network: NonNullable<Network>): void {
  const others = Object.keys(network).filter((key) => !['external', 'name'].includes(key))
  if (network.name === undefined)
    context.problems.add(
      'invalid',
      ['networks', name],
      `The external network "${name}" needs \`name: STACK/KEY\`.`,
      'Write e.g. `name: shop/backend`: the stack and the key of the network in it.',
    )
  for (const key of others)
    context.problems.add(
      'invalid',
      ['networks', name, key],
      `An external network cannot have \`${key}\`: its own stack declares it.`,
      'Remove it here.',
      true,
    )
}

function normaliseOne(context: Context, name: string, network: NonNullable<Network>, instanceId: string): NetworkSpec {
  const path = ['networks', name]
  const subnet =
    network.subnet === undefined || network.subnet === 'auto' ? 'auto' : checkedSubnet(context, path, network.subnet)
  const internal = network.internal ?? false
  const spec = {
    driver: defaultDriver,
    bridge: `hp${shortHash(`${instanceId} ${context.stack}/network/${name}`)}`,
    subnet,
    gateway: network.gateway ?? (subnet === 'auto' ? '' : formatIp(hostRange(parsePrefix(subnet)).first)),
    internal,
    mtu: network.mtu ?? bridgeTraits.defaultMtu,
    dns: { servers: network.dns?.servers ?? (internal ? [] : publicServers), search: network.dns?.search ?? [] },
    exclude: network.exclude ?? [],
    labels: labels(context, [...path, 'labels'], network.labels),
    members: [],
    hosts: {},
  }
  if (network.gateway !== undefined) checkGateway(context, path, network.gateway, subnet)
  for (const [index, range] of spec.exclude.entries()) {
    if (!isRange(range))
      context.problems.add(
        'bad-address',
        [...path, 'exclude', index],
        `"${range}" is not an IPv4 address or range.`,
        'Write 10.1.2.3 or 10.1.2.0/28.',
      )
  }
  return spec
}

function checkedSubnet(context: Context, path: readonly string[], text: string): string {
  const fault = subnetFault(text)
  if (fault === undefined) return text
  context.problems.add('bad-subnet', [...path, 'subnet'], `The subnet ${text} ${fault.why}.`, fault.hint)
  return 'auto'
}

function checkGateway(context: Context, path: readonly string[], gateway: string, subnet: string): void {
  const why = gatewayFault(gateway, subnet)
  if (why === undefined) return
  const hint = 'Remove it to use the first address of the subnet.'
  context.problems.add('bad-gateway', [...path, 'gateway'], `The gateway ${gateway} ${why}.`, hint)
}

function reportOverlaps(context: Context, specs: ReadonlyMap<ResourceAddress, NetworkSpec>): void {
  const known = new PrefixIndex<{ name: string; subnet: string }>()
  for (const [address, { subnet }] of specs) {
    if (subnet === 'auto') continue
    const { name } = parseResourceAddress(address)
    const prefix = parsePrefix(subnet)
    const other = known.firstOverlapping(prefix)
    if (other)
      context.problems.add(
        'network-subnet-overlap',
        ['networks', name, 'subnet'],
        `The subnet ${subnet} of "${name}" overlaps ${other.subnet} of "${other.name}".`,
        'Set subnets that do not overlap, or `subnet: auto`.',
      )
    known.add(prefix, { name, subnet })
  }
}
