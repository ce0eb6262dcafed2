import type { Address } from '../../../model/address.ts'
import type { NetworkSpec } from '../../../model/kinds/network.ts'
import { defaultNetwork } from '../../../model/kinds/network.ts'
import type { ObservationOf } from '../../../model/observation.ts'
import type { ReadContext } from '../../provider.ts'
import type { DriverDrift, DriverTable } from './driver.ts'
import type { RuleDrift } from './firewall/backend.ts'
import { firewallBackend } from './firewall/backends.ts'
import { firewallRules } from './firewall/rules.ts'
import { readPending } from './flows/udp-flows.ts'
import { type Link, readLinks } from './links.ts'
import { hostsDrift } from './names/write-hosts.ts'
import { markedOwner } from './records/owner-mark.ts'
import { readNetworkRecords, readUnusableRecords } from './records/records.ts'

type Observed = ObservationOf<'network'>
type Networks = ReadonlyMap<Address, NetworkSpec>

/** Every network of the instance, and other links that have the name of a desired one; two commands for bridges of any number. */
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

/** The default network gives way to that of another instance when the plan is made. */
const isUnmanaged = (at: Address, link: Link | undefined): boolean =>
  link !== undefined && (at !== defaultNetwork || markedOwner(link.ifalias) === undefined)

/** A network of ours of which nothing is known to compare with. The next apply of its stack writes the record. */
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

/** Networks of drivers that the table does not have are left out. */
async function driverDrift(
  drivers: DriverTable,
  read: ReadContext,
  records: Networks,
): Promise<ReadonlyMap<Address, DriverDrift>> {
  const found = Object.entries(drivers).map(([name, driver]) =>
    driver.observe(read, new Map([...records].filter(([, spec]) => spec.driver === name))),
  )
  return new Map((await Promise.all(found)).flatMap((some) => [...some]))
}

async function ruleDrift(
  read: ReadContext,
  records: Networks,
  unreadable: readonly Address[],
): Promise<readonly RuleDrift[]> {
  const instance = read.paths.id
  const rules = await firewallBackend.read(read, 'ipv4')
  return rules.compare({ instance, ruleset: firewallRules(instance, records), unreadable })
}

/** The instance's own chains and jumps count for its first network only: one step repairs them. */
const rulesOf = (at: Address, all: readonly RuleDrift[], isFirst: boolean): readonly string[] =>
  all.filter(({ network }) => network === at || (isFirst && network === undefined)).map(({ text }) => text)

const flowDrift = async (read: ReadContext): Promise<readonly string[]> =>
  (await readPending(read)) === undefined ? [] : ['udp flows of rules that have gone may still be led by them']

const forwards = async ({ host }: ReadContext): Promise<boolean> =>
  (await host.readFile('/proc/sys/net/ipv4/ip_forward'))?.trim() === '1'
