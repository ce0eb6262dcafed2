import { type Address, replicaSlot } from '../../../../model/address.ts'
import type { Diagnostic } from '../../../../model/errors.ts'
import { hostRange, parseCidr, toNumber, toText } from '../../../../model/ip/ipv4.ts'
import { macOf } from '../../../../model/ip/mac.ts'
import type { NetworkSpec } from '../../../../model/kinds/network.ts'
import type { Lease } from '../../../../model/lease.ts'

export interface AddressRequest {
  readonly container: Address
  readonly network: Address
  /** Stated by the user or fixed otherwise, or ''. */
  readonly ip: string
}

/**
 * An address for every wish: the stated one, else the one it has, else the lowest free one. Excluded addresses are for stating; the
 * gateway's, the network's own, broadcast and another container's are for nobody. Pure.
 */
export function allocate(
  networks: ReadonlyMap<Address, NetworkSpec>,
  wishes: readonly AddressRequest[],
  held: readonly Lease[],
): { readonly leases: readonly Lease[]; readonly errors: readonly Diagnostic[] } {
  const leases: Lease[] = []
  const errors: Diagnostic[] = []
  // Earlier versions made others.
  const macs = new Map(held.map((lease) => [placeOf(lease, lease.ip), lease.mac]))
  for (const [at, spec] of networks) {
    const own = wishes.filter((wish) => wish.network === at)
    const pool = new Pool(at, spec, held, own)
    for (const wish of own) {
      const ip = pool.take(wish)
      const fault = wish.ip === '' ? undefined : faultOf(wish, spec, own)
      if (fault) errors.push(fault)
      else if (ip === undefined) errors.push(exhausted(wish, spec))
      else leases.push({ network: at, ip, mac: macs.get(placeOf(wish, ip)) || macOf(ip), container: wish.container })
    }
  }
  for (const wish of wishes) if (!networks.has(wish.network)) errors.push(unknownNetwork(wish))
  return { leases, errors }
}

const placeOf = ({ container, network }: Pick<AddressRequest, 'container' | 'network'>, ip: string): string =>
  `${replicaSlot(container)} ${network} ${ip}`

class Pool {
  private readonly taken = new Set<number>()
  private readonly kept = new Map<Address, number>()
  private next: number
  private readonly last: number

  constructor(at: Address, spec: NetworkSpec, held: readonly Lease[], wishes: readonly AddressRequest[]) {
    const { first, last } = hostRange(parseCidr(spec.subnet))
    this.next = first
    this.last = last
    this.taken.add(toNumber(spec.gateway))
    for (const excluded of spec.exclude) {
      const part = excluded.includes('/') ? parseCidr(excluded) : { base: toNumber(excluded), prefix: 32 }
      for (let value = part.base; value < part.base + 2 ** (32 - part.prefix); value += 1) this.taken.add(value)
    }
    for (const wish of wishes) if (wish.ip !== '') this.taken.add(toNumber(wish.ip))
    const wanting = new Set(wishes.filter((wish) => wish.ip === '').map((wish) => wish.container))
    for (const lease of held) {
      const value = lease.ip === '' ? undefined : toNumber(lease.ip)
      if (
        lease.network !== at ||
        value === undefined ||
        !wanting.has(lease.container) ||
        // Of an earlier subnet.
        value < first ||
        value > last ||
        this.taken.has(value)
      )
        continue
      this.kept.set(lease.container, value)
      this.taken.add(value)
    }
  }

  take(wish: AddressRequest): string | undefined {
    if (wish.ip !== '') return wish.ip
    const kept = this.kept.get(wish.container)
    if (kept !== undefined) return toText(kept)
    while (this.next <= this.last && this.taken.has(this.next)) this.next += 1
    if (this.next > this.last) return undefined
    this.taken.add(this.next)
    return toText(this.next)
  }
}

/** Why a stated address cannot be had. */
function faultOf(wish: AddressRequest, spec: NetworkSpec, all: readonly AddressRequest[]): Diagnostic | undefined {
  const rival = all.find((other) => other.ip === wish.ip && other.container !== wish.container)
  const cidr = parseCidr(spec.subnet)
  const { first, last } = hostRange(cidr)
  const value = toNumber(wish.ip)
  const why =
    value < first || value > last
      ? `which is no address for a container in ${spec.subnet}`
      : wish.ip === spec.gateway
        ? 'which is the gateway'
        : rival && `as does ${rival.container}`
  if (why === undefined) return undefined
  return {
    code: 'bad-address',
    message: `${wish.container} states ${wish.ip} on ${wish.network}, ${why}.`,
    hint: 'Take another address, or leave `ipv4_address` out.',
    address: wish.container,
  }
}

const exhausted = (wish: AddressRequest, spec: NetworkSpec): Diagnostic => ({
  code: 'network-subnet-exhausted',
  message: `${wish.network} (${spec.subnet}) has no address left for ${wish.container}.`,
  hint: 'Give the network a shorter prefix, or take containers off it.',
  address: wish.container,
})

const unknownNetwork = (wish: AddressRequest): Diagnostic => ({
  code: 'unknown-network',
  message: `${wish.container} wants to join ${wish.network}, which does not exist.`,
  hint: 'Apply the stack that states it first.',
  address: wish.container,
})
