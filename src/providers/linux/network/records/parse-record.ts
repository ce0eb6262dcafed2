import { isHostAddress } from '../../../../model/ip/prefix.ts'
import { isIPv4, parseIp, parsePrefix } from '../../../../model/ip/text.ts'
import type { Member, NetworkSpec, PublishedPort } from '../../../../model/kinds/network.ts'
import { defaultDriver } from '../../../../model/kinds/network-driver.ts'
import { isResourceAddress, parseResourceAddress } from '../../../../model/resource-address.ts'
import { isRecord } from '../../../../model/values/unknown.ts'
import { interfaceName, portNumber, protocolName } from '../firewall/rule-values.ts'

/**
 * Parses the record of a network and checks every value. A record may be of an earlier version, edited or incomplete, and its values become
 * parts of rules, file names and lines of `ip`. Raises an Error with the fault as text. Pure.
 */
export function parseNetworkRecord(value: unknown): NetworkSpec {
  const spec = mapOf(value, 'the spec')
  const subnet = text(spec.subnet, 'subnet')
  const prefix = parsePrefix(subnet, 'ipv4')
  const inside = (ip: string): string => {
    if (!isHostAddress(prefix, parseIp(ip))) throw new Error(`${ip} is not in ${subnet}`)
    return ip
  }
  const dns = mapOf(spec.dns, 'dns')
  return {
    driver: driverName(spec.driver ?? defaultDriver),
    bridge: interfaceName(text(spec.bridge, 'bridge')),
    subnet,
    gateway: inside(ipv4(spec.gateway)),
    internal: spec.internal === true,
    mtu: integer(spec.mtu, 'mtu'),
    dns: { servers: listOf(dns.servers, 'dns.servers').map(ipv4), search: listOf(dns.search, 'dns.search').map(line) },
    exclude: listOf(spec.exclude, 'exclude').map((one) => text(one, 'exclude')),
    labels: texts(spec.labels, 'labels'),
    members: listOf(spec.members, 'members').map((one) => member(one, inside)),
    hosts: Object.fromEntries(
      Object.entries(texts(spec.hosts, 'hosts')).map(([key, content]) => [fileName(key), content] as const),
    ),
  }
}

function member(value: unknown, inside: (ip: string) => string): Member {
  const one = mapOf(value, 'members')
  const container = text(one.container, 'members.container')
  const { stack, kind, name } = parseResourceAddress(container)
  if (!isResourceAddress(container) || kind !== 'container' || stack === '' || name === '')
    throw new Error(`${shown(container)} is not a container`)
  return {
    container,
    ip: inside(ipv4(one.ip)),
    mac: text(one.mac, 'members.mac'),
    names: listOf(one.names, 'members.names').map(line),
    ports: listOf(one.ports, 'members.ports').map(port),
  }
}

function port(value: unknown): PublishedPort {
  const one = mapOf(value, 'ports')
  return {
    host_ip: ipv4(one.host_ip),
    published: portNumber(one.published),
    target: portNumber(one.target),
    protocol: protocolName(one.protocol),
  }
}

const shown = (value: unknown): string => JSON.stringify(value)?.slice(0, 60) ?? 'nothing'

function mapOf(value: unknown, field: string): Readonly<Record<string, unknown>> {
  if (!isRecord(value)) throw new Error(`${field} is not a map`)
  return value
}

function listOf(value: unknown, field: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error(`${field} is not a list`)
  return value
}

function text(value: unknown, field: string): string {
  if (typeof value !== 'string') throw new Error(`${field} is not a string`)
  return value
}

const texts = (value: unknown, field: string): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(mapOf(value, field)).map(([key, one]) => [key, text(one, `${field}.${key}`)]))

function line(value: unknown): string {
  const found = text(value, 'a name')
  if (/[\0\n\r]/.test(found)) throw new Error(`${shown(found)} is not one line`)
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

function driverName(value: unknown): string {
  if (typeof value !== 'string' || !/^[a-z][a-z0-9-]*$/.test(value)) throw new Error(`${shown(value)} is not a driver`)
  return value
}

/** The name of a hosts file is a hash. */
function fileName(key: string): string {
  if (!/^[0-9a-f]{1,64}$/.test(key)) throw new Error(`${shown(key)} is not the name of a hosts file`)
  return key
}
