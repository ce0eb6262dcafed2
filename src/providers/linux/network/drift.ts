import type { Address } from '../../../model/address.ts'
import type { ReadContext } from '../../provider.ts'
import type { DriverDrift, DriverTable } from './driver.ts'
import type { RuleDrift } from './firewall/backend.ts'
import { firewallBackend } from './firewall/backend-registry.ts'
import { firewallRules } from './firewall/rules.ts'
import { readPending } from './flows/udp-flows.ts'
import type { Networks } from './observe.ts'

/** Drift of each network, from its driver. Networks without a driver in the table are omitted. */
export async function driverDrift(
  drivers: DriverTable,
  read: ReadContext,
  records: Networks,
): Promise<ReadonlyMap<Address, DriverDrift>> {
  const found = Object.entries(drivers).map(([name, driver]) =>
    driver.observe(read, new Map([...records].filter(([, spec]) => spec.driver === name))),
  )
  return new Map((await Promise.all(found)).flatMap((some) => [...some]))
}

export async function ruleDrift(
  read: ReadContext,
  records: Networks,
  unreadable: readonly Address[],
): Promise<readonly RuleDrift[]> {
  const instance = read.paths.id
  const rules = await firewallBackend.read(read, 'ipv4')
  return rules.compare({ instance, ruleset: firewallRules(instance, records), unreadable })
}

/** Drift of the rules of one network, as text. The instance's own chains and jumps are reported only for its first network. Pure. */
export const rulesOf = (at: Address, all: readonly RuleDrift[], isFirst: boolean): readonly string[] =>
  all.filter(({ network }) => network === at || (isFirst && network === undefined)).map(({ text }) => text)

export const flowDrift = async (read: ReadContext): Promise<readonly string[]> =>
  (await readPending(read)) === undefined ? [] : ['udp flows of rules that have gone may still be led by them']
