import type { NetworkSpec } from '../../../model/kinds/network.ts'
import type { ResourceAddress } from '../../../model/resource-address.ts'
import type { ReadContext } from '../../provider.ts'
import type { DriverDrift, DriverTable } from './driver.ts'
import type { RuleDrift } from './firewall/backend.ts'
import { firewallBackend } from './firewall/backend-registry.ts'
import { firewallRules } from './firewall/rules.ts'
import { readPending } from './flows/udp-flows.ts'
import { hostsDrift } from './names/write-hosts.ts'

type Networks = ReadonlyMap<ResourceAddress, NetworkSpec>

/**
 * How each recorded network differs from its record: links, firewall rules, udp flows, forwarding, settings of links, hosts files. The
 * order is that of the plan. `unusable`: networks whose records cannot be used. A network of an unknown driver has no entry.
 */
export async function networkDrift(
  drivers: DriverTable,
  read: ReadContext,
  records: Networks,
  unusable: readonly ResourceAddress[],
): Promise<ReadonlyMap<ResourceAddress, readonly string[]>> {
  if (records.size === 0) return new Map()
  const [ofDrivers, ofRules, ofFlows, ofForwarding] = await Promise.all([
    driverDrift(drivers, read, records),
    ruleDrift(read, records, unusable),
    flowDrift(read),
    forwardingDrift(read),
  ])
  const [first] = [...records.keys()].sort()
  const found = new Map<ResourceAddress, readonly string[]>()
  for (const [address, spec] of records) {
    const own = ofDrivers.get(address)
    if (own === undefined) continue
    const ofInstance = address === first ? ofFlows : []
    const rules = rulesOf(address, ofRules, address === first)
    const hosts = await hostsDrift(read, spec.hosts)
    found.set(address, [...own.links, ...rules, ...ofInstance, ...ofForwarding, ...own.settings, ...hosts])
  }
  return found
}

/** Drift of each network, from its driver. Networks without a driver in the table are omitted. */
async function driverDrift(
  drivers: DriverTable,
  read: ReadContext,
  records: Networks,
): Promise<ReadonlyMap<ResourceAddress, DriverDrift>> {
  const found = Object.entries(drivers).map(([name, driver]) =>
    driver.observe(read, new Map([...records].filter(([, spec]) => spec.driver === name))),
  )
  return new Map((await Promise.all(found)).flatMap((some) => [...some]))
}

async function ruleDrift(
  read: ReadContext,
  records: Networks,
  unusable: readonly ResourceAddress[],
): Promise<readonly RuleDrift[]> {
  const instance = read.paths.id
  const rules = await firewallBackend.read(read, 'ipv4')
  return rules.compare({ instance, ruleset: firewallRules(instance, records), unusable: unusable })
}

/** Drift of the rules of one network, as text. The instance's own chains and jumps are reported only for its first network. Pure. */
const rulesOf = (address: ResourceAddress, all: readonly RuleDrift[], isFirst: boolean): readonly string[] =>
  all.filter(({ network }) => network === address || (isFirst && network === undefined)).map(({ text }) => text)

const flowDrift = async (read: ReadContext): Promise<readonly string[]> =>
  (await readPending(read)) === undefined ? [] : ['UDP flows may still follow rules that were removed']

const forwardingDrift = async ({ host }: ReadContext): Promise<readonly string[]> =>
  (await host.readFile('/proc/sys/net/ipv4/ip_forward'))?.trim() === '1' ? [] : ['ip_forward is off']
