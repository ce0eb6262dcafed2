/** The forms of `extra_hosts`. */
export type ExtraHostsInput = Readonly<Record<string, string | readonly string[]>> | readonly string[]

/**
 * The addresses of each name in `extra_hosts`, in the order of the file: lines `NAME=IP` or `NAME:IP`, where a name may be repeated, or a
 * map with one or more addresses per name. Brackets around an IPv6 address are removed. Pure.
 */
export function hostAddresses(declared: ExtraHostsInput | undefined): Readonly<Record<string, readonly string[]>> {
  const found = new Map<string, string[]>()
  const add = (name: string, ip: string): unknown =>
    found.set(name, [...new Set([...(found.get(name) ?? []), plain(ip)])])
  for (const [name, ip] of isList(declared) ? declared.map(parts) : pairs(declared ?? {})) add(name, ip)
  return Object.fromEntries(found)
}

const isList = (declared: ExtraHostsInput | undefined): declared is readonly string[] => Array.isArray(declared)

const pairs = (declared: Readonly<Record<string, string | readonly string[]>>): [string, string][] =>
  Object.entries(declared).flatMap(([name, ips]) => [ips].flat().map((ip): [string, string] => [name, ip]))

function parts(line: string): [string, string] {
  const position = line.search(/[=:]/)
  return position < 0 ? [line, ''] : [line.slice(0, position), line.slice(position + 1)]
}

const plain = (ip: string): string => ip.replace(/^\[(.*)\]$/, '$1')
