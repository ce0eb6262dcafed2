import type { LostPort, NetworkSpec } from '../../../model/kinds/network.ts'
import { lostPortTexts } from '../../../model/kinds/text/lost-port-text.ts'
import type { ResourceAddress } from '../../../model/resource-address.ts'
import type { ReadContext } from '../../provider.ts'
import type { DriverDrift, DriverTable } from './driver.ts'
import type { RuleDrift } from './firewall/backend.ts'
import { firewallBackend } from './firewall/backend-registry.ts'
import { firewallRules } from './firewall/rules.ts'
import { readPending } from './flows/udp-flows.ts'
import { hostsDrift } from './names/write-hosts.ts'

type Networks = ReadonlyMap<ResourceAddress, NetworkSpec>

/** The differences of a network in words, and the ports that do not work because of them. */
export interface NetworkDrift {
  readonly texts: readonly string[]
  readonly lostPorts: readonly LostPort[]
}

/**
 * How each recorded network differs from its record: links, firewall rules, udp flows, forwarding, settings of links, hosts files. The
 * order is that of the plan. `unusable`: networks whose records cannot be used. A network of an unknown driver has no entry.
 */
export async function networkDrift(
  drivers: DriverTable,
  read: ReadContext,
  records: Networks,
  unusable: readonly ResourceAddress[],
): Promise<ReadonlyMap<ResourceAddress, NetworkDrift>> {
  if (records.size === 0) return new Map()
  const [ofDrivers, { rules: ofRules, ports }, ofFlows, ofForwarding] = await Promise.all([
    driverDrift(drivers, read, records),
    ruleDrift(read, records, unusable),
    flowDrift(read),
    forwardingDrift(read),
  ])
  const [first] = [...records.keys()].sort()
  const found = new Map<ResourceAddress, NetworkDrift>()
  for (const [address, spec] of records) {
    const own = ofDrivers.get(address)
    if (own === undefined) continue
    const ofInstance = address === first ? ofFlows : []
    const rules = rulesOf(address, ofRules, address === first)
    const hosts = await hostsDrift(read, spec.hosts)
    const lostPorts = lostPortsOf(spec, ports)
    const effect = lostPortTexts(lostPorts)
    const texts = [...own.links, ...effect, ...rules, ...ofInstance, ...ofForwarding, ...own.settings, ...hosts]
    found.set(address, { texts, lostPorts })
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
): Promise<{ readonly rules: readonly RuleDrift[]; readonly ports: readonly LostPort[] }> {
  const instance = read.paths.id
  const rules = await firewallBackend.read(read, 'ipv4')
  const ruleset = firewallRules(instance, records)
  const differences = rules.compare({ instance, ruleset, unusable })
  return { rules: differences, ports: differences.length === 0 ? [] : rules.lostPorts(ruleset) }
}

/** The ports of its members that are lost. A container publishes its ports on one network. */
const lostPortsOf = ({ members }: NetworkSpec, all: readonly LostPort[]): readonly LostPort[] =>
  all.filter(({ container }) => members.some((one) => one.container === container && one.ports.length > 0))

/** Drift of the rules of one network, as text. The instance's own chains and jumps are reported only for its first network. Pure. */
const rulesOf = (address: ResourceAddress, all: readonly RuleDrift[], isFirst: boolean): readonly string[] =>
  all.filter(({ network }) => network === address || (isFirst && network === undefined)).map(({ text }) => text)

const flowDrift = async (read: ReadContext): Promise<readonly string[]> =>
  (await readPending(read)) === undefined ? [] : ['UDP flows may still follow rules that were removed']

const forwardingDrift = async ({ host }: ReadContext): Promise<readonly string[]> =>
  (await host.readFile('/proc/sys/net/ipv4/ip_forward'))?.trim() === '1' ? [] : ['ip_forward is off']
