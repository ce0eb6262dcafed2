import { isRange } from '../../../../model/ip/network-faults.ts'
import { isHostAddress } from '../../../../model/ip/prefix.ts'
import { isIPv4, parseIp, parsePrefix } from '../../../../model/ip/text.ts'
import type { Member, NetworkSpec, PublishedPort } from '../../../../model/kinds/network.ts'
import { defaultDriver } from '../../../../model/kinds/network-driver.ts'
import { isResourceAddress, parseResourceAddress } from '../../../../model/resource-address.ts'
import { isRecord } from '../../../../model/values/unknown.ts'
import { interfaceName, portNumber, protocolName } from '../firewall/rule-values.ts'

/**
 * Parses the spec in the record of a network and checks every value. A record may be of an earlier version, edited or incomplete, and its
 * values become parts of rules, file names and `ip -batch` commands. Throws an Error with the fault as text. Pure.
 */
export function parseNetworkSpec(value: unknown): NetworkSpec {
  const spec = requireMap(value, 'the spec')
  const subnet = requireString(spec.subnet, 'subnet')
  const prefix = parsePrefix(subnet, 'ipv4')
  const hostAddress = (ip: string): string => {
    if (!isHostAddress(prefix, parseIp(ip))) throw new Error(`${ip} is not a host address of ${subnet}`)
    return ip
  }
  const dns = requireMap(spec.dns, 'dns')
  return {
    driver: driverName(spec.driver ?? defaultDriver),
    bridge: interfaceName(requireString(spec.bridge, 'bridge')),
    subnet,
    gateway: hostAddress(ipv4(spec.gateway)),
    internal: spec.internal === true,
    mtu: integer(spec.mtu, 'mtu'),
    dns: {
      servers: requireList(dns.servers, 'dns.servers').map(ipv4),
      search: requireList(dns.search, 'dns.search').map((one) => singleLine(one, 'dns.search')),
    },
    exclude: requireList(spec.exclude, 'exclude').map(addressRange),
    labels: stringMap(spec.labels, 'labels'),
    members: requireList(spec.members, 'members').map((one) => member(one, hostAddress)),
    hosts: Object.fromEntries(
      Object.entries(stringMap(spec.hosts, 'hosts')).map(([key, content]) => [fileName(key), content] as const),
    ),
  }
}

function member(value: unknown, hostAddress: (ip: string) => string): Member {
  const one = requireMap(value, 'members')
  const container = requireString(one.container, 'members.container')
  const { stack, kind, name } = parseResourceAddress(container)
  if (!isResourceAddress(container) || kind !== 'container' || stack === '' || name === '')
    throw new Error(`${shown(container)} is not a container`)
  return {
    container,
    ip: hostAddress(ipv4(one.ip)),
    mac: macAddress(one.mac),
    names: requireList(one.names, 'members.names').map((one) => singleLine(one, 'members.names')),
    ports: requireList(one.ports, 'members.ports').map(port),
  }
}

function port(value: unknown): PublishedPort {
  const one = requireMap(value, 'ports')
  return {
    host_ip: ipv4(one.host_ip),
    published: portNumber(one.published),
    target: portNumber(one.target),
    protocol: protocolName(one.protocol),
  }
}

const shown = (value: unknown): string => JSON.stringify(value)?.slice(0, 60) ?? 'nothing'

function requireMap(value: unknown, field: string): Readonly<Record<string, unknown>> {
  if (!isRecord(value)) throw new Error(`${field} is not a map`)
  return value
}

function requireList(value: unknown, field: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error(`${field} is not a list`)
  return value
}

function requireString(value: unknown, field: string): string {
  if (typeof value !== 'string') throw new Error(`${field} is not a string`)
  return value
}

const stringMap = (value: unknown, field: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(requireMap(value, field)).map(([key, one]) => [key, requireString(one, `${field}.${key}`)]),
  )

function singleLine(value: unknown, field: string): string {
  const found = requireString(value, field)
  if (/[\0\n\r]/.test(found)) throw new Error(`${field} ${shown(found)} is not one line`)
  return found
}

function integer(value: unknown, field: string): number {
  if (!Number.isInteger(value)) throw new Error(`${field} is not an integer`)
  return Number(value)
}

function ipv4(value: unknown): string {
  if (typeof value !== 'string' || !isIPv4(value)) throw new Error(`${shown(value)} is not an IPv4 address`)
  return value
}

function addressRange(value: unknown): string {
  if (typeof value !== 'string' || !isRange(value)) throw new Error(`${shown(value)} is not a range of IPv4 addresses`)
  return value
}

function macAddress(value: unknown): string {
  if (typeof value !== 'string' || !/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i.test(value))
    throw new Error(`${shown(value)} is not a MAC address`)
  return value
}

function driverName(value: unknown): string {
  if (typeof value !== 'string' || !/^[a-z][a-z0-9-]*$/.test(value)) throw new Error(`${shown(value)} is not a driver`)
  return value
}

/** The name of a hosts file is a hash. */
function fileName(key: string): string {
  if (!/^[0-9a-f]{1,64}$/.test(key)) throw new Error(`${shown(key)} is not the name of a hosts file`)
  return key
}
