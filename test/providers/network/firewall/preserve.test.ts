import { describe, expect, it } from 'vitest'
import type { NetworkSpec } from '../../../../src/model/kinds/network.ts'
import type { ResourceAddress } from '../../../../src/model/resource-address.ts'
import { withUnreadable } from '../../../../src/providers/linux/network/firewall/iptables/preserve.ts'
import type { RulesetText } from '../../../../src/providers/linux/network/firewall/iptables/render.ts'
import { chainKey, type SavedRules } from '../../../../src/providers/linux/network/firewall/iptables/saved-rules.ts'
import { firewallRules } from '../../../../src/providers/linux/network/firewall/rules.ts'
import { network, web } from '../specs.ts'
import { renderRules } from './rendered.ts'

const id = '01234567'
const one = 's/network/one' as ResourceAddress
const other = 's/network/other' as ResourceAddress
const open = network({ bridge: 'hpone', members: [web({ published: 8081 })] })
const shut = network({ bridge: 'hpother', internal: true, subnet: '10.67.0.0/24', members: [web({ published: 8082 })] })
const render = (...specs: readonly (readonly [ResourceAddress, NetworkSpec])[]): RulesetText =>
  renderRules(id, new Map(specs))
const preserved = (
  instance: string,
  networks: ReadonlyMap<ResourceAddress, NetworkSpec>,
  unusable: readonly ResourceAddress[],
  saved: SavedRules,
): RulesetText => withUnreadable({ instance, ruleset: firewallRules(instance, networks), unusable: unusable }, saved)
const savedOf = ({ chains }: RulesetText): SavedRules =>
  new Map(chains.map(({ table, name, rules }) => [chainKey(table, name), rules]))
const byName = ({ chains }: RulesetText): unknown =>
  Object.fromEntries(chains.map(({ table, name, rules }) => [`${table} ${name}`, [...rules].sort()]))

describe('rules of a network whose record cannot be read', () => {
  const both = render([one, open], [other, shut])

  it('stay as they are beside those of others', () => {
    const kept = preserved(id, new Map([[one, open]]), [other], savedOf(both))
    expect(byName(kept)).toEqual(byName(both))
    expect(kept.jumps).toEqual(both.jumps)
    const forward = kept.chains.find(({ name }) => name.endsWith('FORWARD'))?.rules ?? []
    expect(forward[0]).toBe('-i hpother ! -o hpother -j DROP')
    const jump = forward.findIndex((rule) => rule.startsWith('-o hpother -j'))
    expect(jump).toBeLessThan(forward.findIndex((rule) => rule.endsWith('-j RETURN')))
  })

  it('stay alone where all others go', () =>
    expect(byName(preserved(id, new Map(), [other], savedOf(both)))).toEqual(byName(render([other, shut]))))

  it('are the same when they are written again', () => {
    const kept = preserved(id, new Map([[one, open]]), [other], savedOf(both))
    expect(preserved(id, new Map([[one, open]]), [other], savedOf(kept))).toEqual(kept)
  })

  it('are not invented where none are left', () =>
    expect(preserved(id, new Map([[one, open]]), [other], new Map())).toEqual(render([one, open])))
})
