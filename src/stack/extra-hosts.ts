/** `extra_hosts` as written. */
export type ExtraHostsInput = Readonly<Record<string, string | readonly string[]>> | readonly string[]

/**
 * Addresses of each name under `extra_hosts`, in the order in which they are written: lines `NAME=IP` or `NAME:IP`, a name any number of
 * times, or a map with an address or several for each name. Brackets around an IPv6 address are taken off. Pure.
 */
export function hostAddresses(stated: ExtraHostsInput | undefined): Readonly<Record<string, readonly string[]>> {
  const found = new Map<string, string[]>()
  const add = (name: string, ip: string): unknown =>
    found.set(name, [...new Set([...(found.get(name) ?? []), plain(ip)])])
  for (const [name, ip] of isList(stated) ? stated.map(parts) : pairs(stated ?? {})) add(name, ip)
  return Object.fromEntries(found)
}

const isList = (stated: ExtraHostsInput | undefined): stated is readonly string[] => Array.isArray(stated)

const pairs = (stated: Readonly<Record<string, string | readonly string[]>>): [string, string][] =>
  Object.entries(stated).flatMap(([name, ips]) => [ips].flat().map((ip): [string, string] => [name, ip]))

function parts(line: string): [string, string] {
  const at = line.search(/[=:]/)
  return at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + 1)]
}

const plain = (ip: string): string => ip.replace(/^\[(.*)\]$/, '$1')
