import type { Diagnostic } from '../../../../model/errors.ts'
import { macOf } from '../../../../model/ip/mac.ts'
import { isHostAddress } from '../../../../model/ip/prefix.ts'
import { parseIp, parsePrefix } from '../../../../model/ip/text.ts'
import { defaultNetwork, type NetworkSpec } from '../../../../model/kinds/network.ts'
import type { Lease } from '../../../../model/lease.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import { replicaSlot } from '../../../../model/run.ts'
import { groupBy } from '../../../../model/values/group-by.ts'
import { AddressPool } from './address-pool.ts'

/** A container that needs an address on a network. */
export interface AddressRequest {
  readonly container: ResourceAddress
  readonly network: ResourceAddress
  /** The declared address, or ''. */
  readonly ip: string
}

interface Allocation {
  readonly leases: readonly Lease[]
  readonly errors: readonly Diagnostic[]
}

/**
 * Gives every request an address: the declared one, else that of its lease, else the lowest free one. Excluded addresses are given only if
 * declared. The addresses of the gateway, the network, the broadcast and other containers are never given. Pure.
 */
export function allocate(
  networks: ReadonlyMap<ResourceAddress, NetworkSpec>,
  requests: readonly AddressRequest[],
  existingLeases: readonly Lease[],
): Allocation {
  const byNetwork = groupBy(requests, (one) => one.network)
  const leasesOf = groupBy(existingLeases, (one) => one.network)
  const allocations = [...networks].map(([address, spec]) =>
    allocateOn(address, spec, byNetwork.get(address) ?? [], leasesOf.get(address) ?? []),
  )
  return {
    leases: allocations.flatMap(({ leases }) => leases),
    errors: [
      ...allocations.flatMap(({ errors }) => errors),
      ...requests.flatMap((one) => (networks.has(one.network) ? [] : [unknownNetworkError(one, [...networks.keys()])])),
    ],
  }
}

function allocateOn(
  network: ResourceAddress,
  spec: NetworkSpec,
  requests: readonly AddressRequest[],
  existingLeases: readonly Lease[],
): Allocation {
  const leases: Lease[] = []
  const errors: Diagnostic[] = []
  // A container keeps the MAC address of its lease, which an earlier version may have chosen by another rule.
  const macs = new Map(existingLeases.map((lease) => [leaseKey(lease.container, lease.ip), lease.mac]))
  const pool = new AddressPool(spec, requests, existingLeases)
  for (const one of requests) {
    const ip = one.ip === '' ? pool.allocate(one.container) : one.ip
    const fault = one.ip === '' ? undefined : addressError(one, spec, requests)
    if (fault) errors.push(fault)
    else if (ip === undefined) errors.push(exhaustedError(one, spec))
    else {
      const mac = macs.get(leaseKey(one.container, ip)) || macOf(ip)
      leases.push({ network, ip, mac, container: one.container })
    }
  }
  return { leases, errors }
}

const leaseKey = (container: ResourceAddress, ip: string): string => `${replicaSlot(container)} ${ip}`

/** The error of a declared address that a container cannot have; undefined: it can have it. */
function addressError(
  request: AddressRequest,
  spec: NetworkSpec,
  all: readonly AddressRequest[],
): Diagnostic | undefined {
  const { container, network, ip } = request
  const why = conflictText(request, spec, all)
  if (why === undefined) return undefined
  return {
    code: 'bad-address',
    message: `${container} declares ${ip} on ${network}, ${why}.`,
    hint: 'Choose another address, or remove `ipv4_address`.',
    address: container,
  }
}

function conflictText(
  { container, ip }: AddressRequest,
  { subnet, gateway }: NetworkSpec,
  all: readonly AddressRequest[],
): string | undefined {
  if (!isHostAddress(parsePrefix(subnet), parseIp(ip))) return `which is not an address for containers in ${subnet}`
  if (ip === gateway) return 'which is the gateway'
  const other = all.find((one) => one.ip === ip && one.container !== container)
  return other && `which ${other.container} declares too`
}

const exhaustedError = (request: AddressRequest, spec: NetworkSpec): Diagnostic => ({
  code: 'network-subnet-exhausted',
  message: `${request.network} (${spec.subnet}) has no address left for ${request.container}.`,
  hint: 'Give the network a shorter prefix, or remove containers from it.',
  address: request.container,
})

const unknownNetworkError = (request: AddressRequest, networks: readonly ResourceAddress[]): Diagnostic => {
  const known = networks.filter((address) => address !== defaultNetwork)
  return {
    code: 'unknown-network',
    message: `${request.container} joins ${request.network}, which does not exist.`,
    hint: `Apply the stack that declares it first. ${known.length === 0 ? 'No stack has a network.' : `Known: ${known.join(', ')}.`}`,
    address: request.container,
  }
}
