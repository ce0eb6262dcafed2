import type { Address } from '../../../model/address.ts'
import type { NetworkSpec } from '../../../model/kinds/network.ts'
import { defaultNetwork } from '../../../model/kinds/network.ts'
import type { ObservationOf } from '../../../model/observation.ts'
import type { ReadContext } from '../../provider.ts'
import { driverDrift, flowDrift, ruleDrift, rulesOf } from './drift.ts'
import type { DriverTable } from './driver.ts'
import { type Link, readLinks } from './links.ts'
import { hostsDrift } from './names/write-hosts.ts'
import { markedOwner } from './records/owner-mark.ts'
import { readNetworkRecords, readUnusableRecords } from './records/records.ts'

type Observed = ObservationOf<'network'>
export type Networks = ReadonlyMap<Address, NetworkSpec>

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
  if (records.size === 0) return []
  const [ofDrivers, ofRules, ofInstance, isForwarding] = await Promise.all([
    driverDrift(drivers, read, records),
    ruleDrift(read, records, unreadable),
    flowDrift(read),
    forwards(read),
  ])
  const [first] = [...records.keys()].sort()
  return Promise.all(
    [...records].map(async ([at, spec]) => {
      const own = ofDrivers.get(at)
      if (own === undefined) return [at, unusable(spec.bridge, `its driver ${spec.driver} is unknown`)] as const
      const drift = [
        ...own.links,
        ...rulesOf(at, ofRules, at === first),
        ...(at === first ? ofInstance : []),
        ...(isForwarding ? [] : ['ip_forward is off']),
        ...own.settings,
        ...(await hostsDrift(read, spec.hosts)),
      ]
      return [at, { kind: 'network', presence: 'owned', spec, actual: { bridge: spec.bridge, drift } }] as const
    }),
  )
}

const forwards = async ({ host }: ReadContext): Promise<boolean> =>
  (await host.readFile('/proc/sys/net/ipv4/ip_forward'))?.trim() === '1'
