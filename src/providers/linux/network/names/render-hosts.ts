import { join } from 'node:path'
import { type Paths, shortHash } from '../../../../host/files/paths.ts'
import type { ExtraHosts } from '../../../../model/kinds/container.ts'
import type { Member, NetworkSpec } from '../../../../model/kinds/network.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'

/** Path of the hosts file that all containers with exactly these networks and extra names share. */
export const hostsPath = (paths: Paths, networks: readonly ResourceAddress[], extra: ExtraHosts): string =>
  join(paths.run, 'hosts', hostsKey(networks, extra))

/** Key of a set of networks and extra names. The order of the networks does not matter. */
export const hostsKey = (networks: readonly ResourceAddress[], extra: ExtraHosts): string =>
  shortHash(
    [
      ...[...networks].sort(),
      ...Object.entries(extra)
        .map(([name, ips]) => `${name}=${[ips].flat().join(',')}`)
        .sort(),
    ].join('\n'),
  )

const fixed = [
  '127.0.0.1\tlocalhost',
  '::1\tlocalhost ip6-localhost ip6-loopback',
  'ff02::1\tip6-allnodes',
  'ff02::2\tip6-allrouters',
]

/** Content of a hosts(5) file: one line for each address, with all its names. Pure. */
export function renderHosts(members: readonly Pick<Member, 'ip' | 'names'>[], extra: ExtraHosts): string {
  const byIp = new Map<string, Set<string>>()
  for (const { ip, names } of members) byIp.set(ip, new Set([...(byIp.get(ip) ?? []), ...names]))
  const lines = [...byIp].map(([ip, names]) => `${ip}\t${[...names].join(' ')}`)
  return `${[...fixed, ...lines, ...extraLines(extra)].join('\n')}\n`
}

/** Lines of hosts(5), sorted by name. The addresses of one name stay in their order, which has a meaning. */
export const extraLines = (extra: ExtraHosts): readonly string[] =>
  Object.entries(extra)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([name, ips]) => [ips].flat().map((ip) => `${ip}\t${name}`))

/** Members of several networks, for the hosts file of one container. */
export const visibleMembers = (
  networks: readonly ResourceAddress[],
  specs: ReadonlyMap<ResourceAddress, NetworkSpec>,
): readonly Member[] => [...networks].sort().flatMap((network) => specs.get(network)?.members ?? [])
