import { firstOf, hostRange, ipOf, isHostAddress, lastOf, type Prefix } from '../../../../model/ip/prefix.ts'
import { formatIp, parseIp, parsePrefix, parseRange } from '../../../../model/ip/text.ts'
import type { NetworkSpec } from '../../../../model/kinds/network.ts'
import type { Lease } from '../../../../model/lease.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import type { AddressRequest } from './allocate.ts'

interface Range {
  readonly first: bigint
  readonly last: bigint
}

/** The free addresses of one network, in order. They are computed and never listed, since a subnet may have 2^64 of them. */
export class AddressPool {
  private readonly subnet: Prefix
  /** Where the next search for a free address starts. */
  private next: bigint
  private readonly last: bigint
  private readonly taken: Set<bigint>
  private readonly excluded: readonly Range[]
  private readonly leased = new Map<ResourceAddress, bigint>()

  constructor({ subnet, gateway, exclude }: NetworkSpec, requests: readonly AddressRequest[], held: readonly Lease[]) {
    this.subnet = parsePrefix(subnet)
    const { first, last } = hostRange(this.subnet)
    this.next = first.bits
    this.last = last.bits
    const named = requests.flatMap(({ ip }) => (ip === '' ? [] : [ip]))
    this.taken = new Set([gateway, ...named].map((ip) => parseIp(ip).bits))
    this.excluded = exclude.map(rangeOf)
    const asking = new Set(requests.filter(({ ip }) => ip === '').map(({ container }) => container))
    for (const lease of held) if (lease.ip !== '' && asking.has(lease.container)) this.reserve(lease)
  }

  /** The address of the container's lease, or the lowest free one; undefined: none is left. */
  allocate(container: ResourceAddress): string | undefined {
    const bits = this.leased.get(container) ?? this.lowest()
    return bits === undefined ? undefined : formatIp(ipOf(this.subnet.family, bits))
  }

  /** Reserves the address of a lease. A lease of an earlier subnet, or of a taken address, is ignored. */
  private reserve({ container, ip }: Lease): void {
    const address = parseIp(ip)
    const { bits } = address
    if (!isHostAddress(this.subnet, address) || this.taken.has(bits) || this.exclusionOf(bits)) return
    this.leased.set(container, bits)
    this.taken.add(bits)
  }

  private lowest(): bigint | undefined {
    while (this.next <= this.last) {
      const exclusion = this.exclusionOf(this.next)
      const bits = this.next
      this.next = (exclusion?.last ?? bits) + 1n
      if (exclusion || this.taken.has(bits)) continue
      this.taken.add(bits)
      return bits
    }
    return undefined
  }

  private exclusionOf(bits: bigint): Range | undefined {
    return this.excluded.find(({ first, last }) => bits >= first && bits <= last)
  }
}

function rangeOf(text: string): Range {
  const range = parseRange(text)
  return { first: firstOf(range).bits, last: lastOf(range).bits }
}
