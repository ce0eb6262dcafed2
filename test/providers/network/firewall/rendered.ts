import type { NetworkSpec } from '../../../../src/model/kinds/network.ts'
import type { ResourceAddress } from '../../../../src/model/resource-address.ts'
import { parseRedirect } from '../../../../src/providers/linux/network/firewall/iptables/redirects.ts'
import { type RulesetText, renderRuleset } from '../../../../src/providers/linux/network/firewall/iptables/render.ts'
import { redirectsPort } from '../../../../src/providers/linux/network/firewall/redirects.ts'
import type { Table } from '../../../../src/providers/linux/network/firewall/rule.ts'
import { firewallRules } from '../../../../src/providers/linux/network/firewall/rules.ts'

export const opening: readonly Table[] = ['raw', 'filter', 'nat']

/** The rules of networks in the syntax of iptables. */
export const renderRules = (instance: string, networks: ReadonlyMap<ResourceAddress, NetworkSpec>): RulesetText =>
  renderRuleset(firewallRules(instance, networks))

/** True if a rule, as iptables-save prints it, translates connections to a published port. */
export function translates(rule: string, port: Parameters<typeof redirectsPort>[1]): boolean {
  const redirect = parseRedirect('PREROUTING', rule)
  return redirect !== undefined && redirectsPort(redirect, port)
}
