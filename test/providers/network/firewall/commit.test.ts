import { describe, expect, it } from 'vitest'
import { iptables } from '../../../../src/providers/linux/network/firewall/iptables/iptables.ts'
import type { SavedRules } from '../../../../src/providers/linux/network/firewall/iptables/saved-rules.ts'
import type { Ruleset } from '../../../../src/providers/linux/network/firewall/rule.ts'
import { firewallRules } from '../../../../src/providers/linux/network/firewall/rules.ts'
import { writeContext } from '../../../host/write-context.ts'
import { lan, network } from '../specs.ts'
import { builtIn, FirewallHost } from './firewall-host.ts'
import { instance } from './golden-cases.ts'

const desired = (ruleset: Ruleset) => ({ instance, ruleset, unusable: [] })
const one = desired(firewallRules(instance, new Map([[lan, network()]])))
const none = desired(firewallRules(instance, new Map()))
const sorted = (rules: SavedRules) => [...rules].sort()

describe('iptables', () => {
  it('has the desired rules after a commit, and no drift', async () => {
    const host = new FirewallHost()
    await iptables.commit(writeContext(host), one, 'opening')
    expect((await iptables.read(writeContext(host), 'ipv4')).compare(one)).toEqual([])
    await iptables.commit(writeContext(host), none, 'closing')
    expect(sorted(host.rules)).toEqual(sorted(builtIn))
  })

  it('writes the filter before translations when networks open, and after them when they close', async () => {
    const host = new FirewallHost()
    await iptables.commit(writeContext(host), one, 'opening')
    await iptables.commit(writeContext(host), none, 'closing')
    expect(host.inputs.map((input) => input.match(/^\*\w+$/gm))).toEqual([
      ['*raw', '*filter', '*nat'],
      ['*nat', '*filter', '*raw'],
    ])
  })

  it('starts no program that has nothing to do', async () => {
    const host = new FirewallHost()
    await iptables.commit(writeContext(host), none, 'closing')
    expect(host.commands).toEqual(['iptables-save'])
  })

  for (const table of ['raw', 'filter', 'nat'])
    it(`has its earlier rules when the table ${table} is refused`, async () => {
      const host = new FirewallHost(table)
      await expect(iptables.commit(writeContext(host), one, 'opening')).rejects.toThrow('iptables-restore --noflush')
      expect(sorted(host.rules)).toEqual(sorted(builtIn))
    })

  it('keeps the rules of IPv6 with the programs of that family', async () => {
    const host = new FirewallHost()
    await iptables.commit(writeContext(host), desired({ ...one.ruleset, family: 'ipv6' }), 'opening')
    expect(host.commands).toEqual(['ip6tables-save', 'ip6tables-restore --noflush --wait 10'])
  })

  it('knows of each difference whose network it concerns', async () => {
    const rules = await iptables.read(writeContext(new FirewallHost()), 'ipv4')
    const drift = rules.compare(one)
    expect(drift.filter(({ network: address }) => address === lan)).toHaveLength(3)
    expect(drift.filter(({ network: address }) => address === undefined)).toHaveLength(9)
  })

  it('lists redirects of others, and none of this instance', async () => {
    const host = new FirewallHost()
    await iptables.commit(writeContext(host), one, 'opening')
    const rules = await iptables.read(writeContext(host), 'ipv4')
    expect(rules.redirects(instance)).toEqual([])
    expect(rules.redirects('76543210')).toMatchObject([
      { protocol: 'tcp', destination: '127.0.0.1', ports: [{ from: 8081, to: 8081 }], target: '10.66.0.2' },
    ])
  })
})
