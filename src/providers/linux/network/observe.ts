import { join } from 'node:path'
import type { Address } from '../../../model/address.ts'
import { parseCidr } from '../../../model/ip/ipv4.ts'
import type { NetworkSpec } from '../../../model/kinds/network.ts'
import { defaultNetwork } from '../../../model/kinds/network.ts'
import type { ObservationOf } from '../../../model/observation.ts'
import type { ReadContext } from '../../provider.ts'
import type { RuleDrift } from './firewall/backend.ts'
import { firewallBackend } from './firewall/backends.ts'
import { firewallRules } from './firewall/rules.ts'
import { readGone } from './flows/udp-flows.ts'
import { type Link, readLinks } from './links.ts'
import { markedOwner, ownerOf, readNetworkRecords, readUnusableRecords } from './records/records.ts'

type Observed = ObservationOf<'network'>

/** Every network of the instance, and whatever else has the name of a wanted bridge; two commands in all. */
export async function observeNetworks(
  read: ReadContext,
  wanted: ReadonlyMap<Address, NetworkSpec>,
): Promise<ReadonlyMap<Address, Observed>> {
  const records = await read.once('network-records', () => readNetworkRecords(read.host, read.paths))
  const found = new Map<Address, Observed>()
  const [links, rules, forwarding] = await Promise.all([
    readLinks(read),
    records.size > 0 ? firewallBackend.read(read, 'ipv4') : undefined,
    read.host.readFile('/proc/sys/net/ipv4/ip_forward'),
  ])
  const faults = await readUnusableRecords(read.host, read.paths, records)
  const instance = read.paths.id
  const ruleset = firewallRules(instance, records)
  const ruleDrift = rules?.compare({ instance, ruleset, unreadable: [...faults.keys()] }) ?? []
  const staleFlows = records.size > 0 && (await readGone(read)) !== undefined
  for (const [at, spec] of records) {
    const drift = [
      ...bridgeDrift(spec, links.get(spec.bridge), at, read),
      ...rulesDrift(at, ruleDrift, at === firstOf(records)),
    ]
    if (staleFlows && at === firstOf(records)) drift.push('udp flows of rules that have gone may still be led by them')
    if (forwarding?.trim() !== '1') drift.push('ip_forward is off')
    if (!(await hasLocalnet(read, spec))) drift.push(`route_localnet is off on ${spec.bridge}`)
    drift.push(...(await hostsDrift(read, spec)))
    found.set(at, { kind: 'network', presence: 'owned', spec, actual: { bridge: spec.bridge, drift } })
  }
  for (const [at, fault] of faults) found.set(at, unusable('', `its record cannot be used: ${fault}`))
  for (const link of links.values()) {
    const owner = link.linkinfo?.info_kind === 'bridge' ? ownerOf(read.paths, link.ifalias) : undefined
    if (owner && !found.has(owner)) found.set(owner, unusable(link.ifname, 'its record is lost'))
  }
  for (const [at, spec] of wanted) {
    const link = links.get(spec.bridge)
    // The default network gives way to another instance's, which a plan sees to.
    const givesWay = at === defaultNetwork && markedOwner(link?.ifalias) !== undefined
    if (!found.has(at) && link && !givesWay)
      found.set(at, { kind: 'network', presence: 'unmanaged', actual: { bridge: spec.bridge, drift: [] } })
  }
  return found
}

/** Ours, and nothing that could be gone by is known of it: the next apply of its stack writes it anew. */
const unusable = (bridge: string, why: string): Observed => ({
  kind: 'network',
  presence: 'owned',
  spec: undefined,
  actual: { bridge, drift: [why] },
})

const firstOf = (records: ReadonlyMap<Address, NetworkSpec>): Address | undefined => [...records.keys()].sort()[0]

function bridgeDrift(spec: NetworkSpec, link: Link | undefined, at: Address, read: ReadContext): string[] {
  if (link === undefined) return [`bridge ${spec.bridge} is gone`]
  const drift: string[] = []
  if (ownerOf(read.paths, link.ifalias) !== at) drift.push(`bridge ${spec.bridge} has lost its mark`)
  if (!link.flags.includes('UP')) drift.push(`bridge ${spec.bridge} is down`)
  if (link.mtu !== spec.mtu) drift.push(`bridge ${spec.bridge} has mtu ${link.mtu} instead of ${spec.mtu}`)
  const { prefix } = parseCidr(spec.subnet)
  if (!link.addr_info.some((one) => one.local === spec.gateway && one.prefixlen === prefix))
    drift.push(`bridge ${spec.bridge} has not the address ${spec.gateway}/${prefix}`)
  return drift
}

/** The instance's own chains and jumps count for one network only: one step repairs them. */
const rulesDrift = (at: Address, all: readonly RuleDrift[], isFirst: boolean): readonly string[] =>
  all.filter(({ network }) => network === at || (isFirst && network === undefined)).map(({ text }) => text)

const hasLocalnet = async (read: ReadContext, spec: NetworkSpec): Promise<boolean> => {
  const text = await read.host.readFile(`/proc/sys/net/ipv4/conf/${spec.bridge}/route_localnet`)
  // A bridge that is gone is told as that.
  return text === undefined || text.trim() === '1'
}

async function hostsDrift(read: ReadContext, spec: NetworkSpec): Promise<string[]> {
  const edited: string[] = []
  for (const [key, content] of Object.entries(spec.hosts)) {
    const found = await read.host.readFile(join(read.paths.run, 'hosts', key))
    if (found !== content)
      edited.push(found === undefined ? `hosts file ${key} is gone` : `hosts file ${key} was edited`)
  }
  return edited
}
