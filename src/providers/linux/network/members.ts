import type { ContainerSpec, ExtraHosts } from '../../../model/kinds/container.ts'
import type { Member, NetworkSpec } from '../../../model/kinds/network.ts'
import { containerOfSlot, parseResourceAddress, type ResourceAddress } from '../../../model/resource-address.ts'
import { hostsKey, renderHosts, visibleMembers } from './names/render-hosts.ts'

export interface Derived {
  readonly members: readonly Member[]
  /** Contents of shared hosts files, by key: for the sets of networks in which this network comes first by name. */
  readonly hosts: Readonly<Record<string, string>>
}

/**
 * The host name `app-1` for the replica `app.1`. The first replica has the host name `app`, since its process may have started before the
 * container had replicas.
 */
const replicaHost = (name: string): readonly string[] => (/\.\d+$/.test(name) ? [name.replace(/[._]/g, '-')] : [])

/**
 * Members and hosts files of each network, derived from the containers on it. `awaited`: members and hosts files of containers that do not
 * exist yet. A container that exists has precedence for an address. Pure.
 */
export function deriveMembers(
  containers: readonly { readonly address: ResourceAddress; readonly spec: ContainerSpec }[],
  networks: ReadonlyMap<ResourceAddress, NetworkSpec>,
  awaited: ReadonlyMap<ResourceAddress, Derived> = new Map(),
): ReadonlyMap<ResourceAddress, Derived> {
  const members = new Map<ResourceAddress, Member[]>()
  const sets = new Map<string, { networks: readonly ResourceAddress[]; extra: ExtraHosts }>()
  for (const container of [...containers].sort((left, right) => (left.address < right.address ? -1 : 1))) {
    const { networks: joined, ports, hostname, extra_hosts: extra } = container.spec
    const publishing = joined.find((one) => networks.get(one.network)?.internal === false)?.network
    for (const one of joined) {
      const { name } = parseResourceAddress(containerOfSlot(container.address))
      const names = [...new Set([name, container.spec.service, hostname, ...replicaHost(name), ...one.aliases])]
      const member = {
        container: container.address,
        ip: one.ipv4_address,
        mac: one.mac,
        names,
        ports: one.network === publishing ? ports : [],
      }
      members.set(one.network, [...(members.get(one.network) ?? []), member])
    }
    const set = joined.map((one) => one.network).sort()
    if (set.length > 0) sets.set(hostsKey(set, extra), { networks: set, extra })
  }
  const specs = new Map(
    [...networks].map(([address, spec]) => [
      address,
      { ...spec, members: withAwaited(members.get(address) ?? [], awaited.get(address)?.members ?? []) },
    ]),
  )
  return new Map(
    [...specs].map(([address, spec]) => {
      const first = [...sets]
        .filter(([, set]) => set.networks[0] === address)
        .sort(([left], [right]) => (left < right ? -1 : 1))
      return [
        address,
        {
          members: spec.members,
          hosts: {
            ...awaited.get(address)?.hosts,
            ...Object.fromEntries(
              first.map(([key, set]) => [key, renderHosts(visibleMembers(set.networks, specs), set.extra)]),
            ),
          },
        },
      ]
    }),
  )
}

function withAwaited(members: readonly Member[], awaited: readonly Member[]): readonly Member[] {
  const free = awaited.filter(({ ip }) => members.every((one) => one.ip !== ip))
  if (free.length === 0) return members
  return [...members, ...free].sort((left, right) => (left.container < right.container ? -1 : 1))
}

/**
 * The members of recorded networks whose containers do not exist yet, because a run of their stack failed: the next run of that stack
 * creates or removes them, and no other run changes them. `isAwaited`: whether that holds for a container that does not exist. Pure.
 */
export const awaitedMembers = (
  recorded: ReadonlyMap<ResourceAddress, NetworkSpec>,
  isAwaited: (container: ResourceAddress) => boolean,
): ReadonlyMap<ResourceAddress, Derived> =>
  new Map(
    [...recorded].flatMap(([address, { members, hosts }]) => {
      const awaited = members.filter(({ container }) => isAwaited(container))
      return awaited.length === 0 ? [] : [[address, { members: awaited, hosts }] as const]
    }),
  )
