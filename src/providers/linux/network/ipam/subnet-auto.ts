import type { Diagnostic } from '../../../../model/errors.ts'
import { hostRange, type Prefix, subnets } from '../../../../model/ip/prefix.ts'
import { PrefixIndex } from '../../../../model/ip/prefix-index.ts'
import { formatIp, formatPrefix, parsePrefix } from '../../../../model/ip/text.ts'
import type { NetworkSpec } from '../../../../model/kinds/network.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import type { ReadContext } from '../../../provider.ts'
import { readRoutes } from '../links.ts'

type Networks = ReadonlyMap<ResourceAddress, NetworkSpec>

/** Ranges for `subnet: auto`, in the order of the search. */
const pools = ['10.89.0.0/16', '10.90.0.0/15', '172.20.0.0/14', '192.168.0.0/16'].map((text) => parsePrefix(text))
const subnetLength = 24

/** Gives every `subnet: auto` its recorded subnet, else the first /24 that neither a route of the host nor another network overlaps. */
export async function resolveAutoSubnets(
  read: ReadContext,
  networks: Networks,
  recorded: Networks,
): Promise<{ networks: Networks; errors: readonly Diagnostic[] }> {
  const autos = [...networks].filter(([, spec]) => spec.subnet === 'auto')
  if (autos.length === 0) return { networks, errors: [] }
  const resolved = new Map(networks)
  const errors: Diagnostic[] = []
  const taken = takenPrefixes([...networks.values()], await readRoutes(read))
  const free = freeSubnets(taken)
  for (const [address, spec] of autos) {
    const known = recorded.get(address)
    const chosen = known ? parsePrefix(known.subnet) : free.next().value
    if (chosen === undefined) {
      errors.push(noneFree(address))
      resolved.delete(address)
      continue
    }
    taken.add(chosen, undefined)
    const gateway = known?.gateway ?? (spec.gateway || formatIp(hostRange(chosen).first))
    resolved.set(address, { ...spec, subnet: formatPrefix(chosen), gateway })
  }
  return { networks: resolved, errors }
}

function takenPrefixes(
  networks: readonly NetworkSpec[],
  routes: readonly { readonly prefix: Prefix }[],
): PrefixIndex<undefined> {
  const taken = new PrefixIndex<undefined>()
  for (const { prefix } of routes) taken.add(prefix, undefined)
  for (const { subnet } of networks) if (subnet !== 'auto') taken.add(parsePrefix(subnet), undefined)
  return taken
}

/** The subnets of the pools that overlap nothing in an index. Each is checked when it is requested. */
export function* freeSubnets(taken: PrefixIndex<unknown>): Generator<Prefix, undefined> {
  for (const pool of pools) for (const subnet of subnets(pool, subnetLength)) if (!taken.overlaps(subnet)) yield subnet
}

const noneFree = (address: ResourceAddress): Diagnostic => ({
  code: 'no-free-subnet',
  message: `No free /24 is left for ${address} that this host does not route elsewhere.`,
  hint: 'Set its `subnet`.',
  address,
})
