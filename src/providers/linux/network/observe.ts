import type { Address } from '../../../model/address.ts'
import type { NetworkSpec } from '../../../model/kinds/network.ts'
import { defaultNetwork } from '../../../model/kinds/network.ts'
import type { ObservationOf } from '../../../model/observation.ts'
import type { ReadContext } from '../../provider.ts'
import { networkDrift } from './drift.ts'
import type { DriverTable } from './driver.ts'
import { type Link, readLinks } from './links.ts'
import { markedOwner } from './records/owner-mark.ts'
import { readNetworkRecords, readUnusableRecords } from './records/records.ts'

type Observed = ObservationOf<'network'>
type Networks = ReadonlyMap<Address, NetworkSpec>

/** Observes every network of the instance, and other links with the name of a desired bridge. Runs two commands for any number of bridges. */
export async function observeNetworks(
  drivers: DriverTable,
  read: ReadContext,
  desired: Networks,
): Promise<ReadonlyMap<Address, Observed>> {
  const records = await read.once('network-records', () => readNetworkRecords(read.host, read.paths))
  const faults = await readUnusableRecords(read.host, read.paths, records)
  const found = new Map<Address, Observed>(await observeRecorded(drivers, read, records, [...faults.keys()]))
  for (const [at, fault] of faults) found.set(at, unusable('', `its record cannot be used: ${fault}`))
  for (const [at, name] of await ownedLinks(drivers, read))
    if (!found.has(at)) found.set(at, unusable(name, 'its record is lost'))
  const links = await readLinks(read)
  for (const [at, { bridge }] of desired)
    if (!found.has(at) && isUnmanaged(at, links.get(bridge)))
      found.set(at, { kind: 'network', presence: 'unmanaged', actual: { bridge, drift: [] } })
  return found
}

/**
 * True for a link of another owner in the place of a network. For the default network, a link of another instance does not count: the plan
 * then gives it another bridge.
 */
const isUnmanaged = (at: Address, link: Link | undefined): boolean =>
  link !== undefined && (at !== defaultNetwork || markedOwner(link.ifalias) === undefined)

/** A network of this instance whose record cannot be used. The next apply of its stack writes the record. */
const unusable = (bridge: string, why: string): Observed => ({
  kind: 'network',
  presence: 'owned',
  spec: undefined,
  actual: { bridge, drift: [why] },
})

async function ownedLinks(drivers: DriverTable, read: ReadContext): Promise<ReadonlyMap<Address, string>> {
  const found = await Promise.all(Object.values(drivers).map((driver) => driver.owned(read)))
  return new Map(found.flatMap((some) => [...some]))
}

async function observeRecorded(
  drivers: DriverTable,
  read: ReadContext,
  records: Networks,
  unreadable: readonly Address[],
): Promise<readonly (readonly [Address, Observed])[]> {
  const drift = await networkDrift(drivers, read, records, unreadable)
  return [...records].map(([at, spec]) => [at, observed(spec, drift.get(at))] as const)
}

function observed(spec: NetworkSpec, drift: readonly string[] | undefined): Observed {
  if (drift === undefined) return unusable(spec.bridge, `its driver ${spec.driver} is unknown`)
  return { kind: 'network', presence: 'owned', spec, actual: { bridge: spec.bridge, drift } }
}
