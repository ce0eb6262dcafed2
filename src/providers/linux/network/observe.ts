import type { NetworkSpec } from '../../../model/kinds/network.ts'
import { defaultNetwork } from '../../../model/kinds/network.ts'
import type { ObservationOf } from '../../../model/observation.ts'
import type { ResourceAddress } from '../../../model/resource-address.ts'
import type { ReadContext } from '../../provider.ts'
import { type NetworkDrift, networkDrift } from './drift.ts'
import type { DriverTable } from './driver.ts'
import { type Link, readLinks } from './links.ts'
import { ownerFromAlias } from './records/owner-alias.ts'
import { readNetworkRecords, readUnusableRecords } from './records/records.ts'

type Observed = ObservationOf<'network'>
type Networks = ReadonlyMap<ResourceAddress, NetworkSpec>

/** Observes every network of the instance, and other links with the name of a desired bridge. Runs two commands for any number of bridges. */
export async function observeNetworks(
  drivers: DriverTable,
  read: ReadContext,
  desired: Networks,
): Promise<ReadonlyMap<ResourceAddress, Observed>> {
  const records = await read.once('network-records', () => readNetworkRecords(read.host, read.paths))
  const unusableRecords = await readUnusableRecords(read.host, read.paths, records)
  const found = new Map<ResourceAddress, Observed>(
    await observeRecorded(drivers, read, records, [...unusableRecords.keys()]),
  )
  for (const [address, fault] of unusableRecords)
    found.set(address, unusableNetwork('', `its record cannot be used: ${fault}`))
  for (const [address, name] of await ownedLinks(drivers, read))
    if (!found.has(address)) found.set(address, unusableNetwork(name, 'its record is lost'))
  const links = await readLinks(read)
  for (const [address, { bridge }] of desired)
    if (!found.has(address) && isUnmanaged(address, links.get(bridge)))
      found.set(address, { kind: 'network', presence: 'unmanaged', actual: { bridge, drift: [] } })
  return found
}

/**
 * True for a link of another owner with the bridge name of a network. For the default network, a link of another instance does not count:
 * the plan then chooses another bridge for the network.
 */
const isUnmanaged = (address: ResourceAddress, link: Link | undefined): boolean =>
  link !== undefined && (address !== defaultNetwork || ownerFromAlias(link.ifalias) === undefined)

/** A network of this instance whose record cannot be used. The next apply of its stack writes the record. */
const unusableNetwork = (bridge: string, why: string): Observed => ({
  kind: 'network',
  presence: 'owned',
  spec: undefined,
  actual: { bridge, drift: [why] },
})

async function ownedLinks(drivers: DriverTable, read: ReadContext): Promise<ReadonlyMap<ResourceAddress, string>> {
  const found = await Promise.all(Object.values(drivers).map((driver) => driver.owned(read)))
  return new Map(found.flatMap((some) => [...some]))
}

async function observeRecorded(
  drivers: DriverTable,
  read: ReadContext,
  records: Networks,
  unusable: readonly ResourceAddress[],
): Promise<readonly (readonly [ResourceAddress, Observed])[]> {
  const drift = await networkDrift(drivers, read, records, unusable)
  return [...records].map(([address, spec]) => [address, observed(spec, drift.get(address))] as const)
}

function observed(spec: NetworkSpec, drift: NetworkDrift | undefined): Observed {
  if (drift === undefined) return unusableNetwork(spec.bridge, `its driver ${spec.driver} is unknown`)
  const { texts, lostPorts } = drift
  const actual = { bridge: spec.bridge, drift: texts, ...(lostPorts.length > 0 && { lostPorts }) }
  return { kind: 'network', presence: 'owned', spec, actual }
}
