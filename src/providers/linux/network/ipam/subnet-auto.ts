import type { Address } from '../../../../model/address.ts'
import type { Diagnostic } from '../../../../model/errors.ts'
import { type Cidr, overlaps, parseCidr, toText } from '../../../../model/ip/ipv4.ts'
import type { NetworkSpec } from '../../../../model/kinds/network.ts'
import type { ReadContext } from '../../../provider.ts'
import { readRoutes } from '../links.ts'

type Networks = ReadonlyMap<Address, NetworkSpec>

/** Where `subnet: auto` looks, in this order: /24 after /24. */
const pools = ['10.89.0.0/16', '10.90.0.0/15', '172.20.0.0/14', '192.168.0.0/16']

/** Gives every `subnet: auto` the one it has, else the first /24 that neither a route of the host nor another network covers. */
export async function resolveAutoSubnets(
  read: ReadContext,
  networks: Networks,
  recorded: Networks,
): Promise<{ networks: Networks; errors: readonly Diagnostic[] }> {
  const autos = [...networks].filter(([, spec]) => spec.subnet === 'auto')
  if (autos.length === 0) return { networks, errors: [] }
  const bound = new Map(networks)
  const errors: Diagnostic[] = []
  const routes = (await readRoutes(read)).map((route) => route.cidr)
  const taken = [
    ...routes,
    ...[...networks.values()].filter((spec) => spec.subnet !== 'auto').map((spec) => parseCidr(spec.subnet)),
  ]
  for (const [at, spec] of autos) {
    const known = recorded.get(at)
    const chosen = known ? parseCidr(known.subnet) : firstFree(taken)
    if (chosen === undefined) {
      errors.push({
        code: 'no-free-subnet',
        message: `No /24 is free for ${at} that this host does not route elsewhere.`,
        hint: 'State its subnet.',
        address: at,
      })
      bound.delete(at)
      continue
    }
    taken.push(chosen)
    const gateway = known?.gateway ?? (spec.gateway || toText(chosen.base + 1))
    bound.set(at, { ...spec, subnet: `${toText(chosen.base)}/${chosen.prefix}`, gateway })
  }
  return { networks: bound, errors }
}

/** The first /24 of the pools that overlaps nothing. Pure. */
export function firstFree(taken: readonly Cidr[]): Cidr | undefined {
  for (const pool of pools.map(parseCidr)) {
    for (let base = pool.base; base < pool.base + 2 ** (32 - pool.prefix); base += 256) {
      const candidate = { base, prefix: 24 }
      if (!taken.some((other) => overlaps(other, candidate))) return candidate
    }
  }
  return undefined
}
