import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ipOf } from '../../../../src/model/ip/prefix.ts'
import { formatIp, formatPrefix, parsePrefix } from '../../../../src/model/ip/text.ts'
import type { Member, NetworkSpec, PublishedPort } from '../../../../src/model/kinds/network.ts'
import { type ResourceAddress, resourceAddress } from '../../../../src/model/resource-address.ts'
import { chainPrefix, networkChain } from '../../../../src/providers/linux/network/firewall/chain-names.ts'
import { chainDrift, hasJump } from '../../../../src/providers/linux/network/firewall/iptables/compare.ts'
import type { RulesetText } from '../../../../src/providers/linux/network/firewall/iptables/render.ts'
import { renderRestore, rulesOnHost } from '../../../../src/providers/linux/network/firewall/iptables/restore.ts'
import {
  canonicalRule,
  parseSaved,
  type SavedRules,
} from '../../../../src/providers/linux/network/firewall/iptables/saved-rules.ts'
import { network } from '../specs.ts'
import { afterRestore, savedText } from './iptables.ts'
import { opening, renderRules, translates } from './rendered.ts'

const instance = '01234567'
const prefix = chainPrefix(instance)
type Networks = ReadonlyMap<ResourceAddress, NetworkSpec>

const port: fc.Arbitrary<PublishedPort> = fc.record({
  host_ip: fc.constantFrom('0.0.0.0', '127.0.0.1', '192.0.2.1'),
  published: fc.integer({ min: 1, max: 65535 }),
  target: fc.integer({ min: 1, max: 65535 }),
  protocol: fc.constantFrom('tcp', 'udp'),
})

/** Up to three networks with their members and ports, as plans have them. */
const networks: fc.Arbitrary<Networks> = fc
  .array(
    fc.record({
      internal: fc.boolean(),
      prefix: fc.integer({ min: 16, max: 28 }),
      members: fc.array(fc.record({ low: fc.integer({ min: 2, max: 13 }), ports: fc.array(port, { maxLength: 3 }) }), {
        maxLength: 3,
      }),
    }),
    { maxLength: 3 },
  )
  .map((all) => new Map(all.map((one, place) => [resourceAddress('s', 'network', `n${place}`), specOf(one, place)])))

function specOf(
  one: { internal: boolean; prefix: number; members: readonly { low: number; ports: readonly PublishedPort[] }[] },
  place: number,
): NetworkSpec {
  const prefix = parsePrefix(`10.${place}.0.0/${one.prefix}`)
  const members = one.members.map(
    ({ low, ports }): Member => ({
      container: `s/container/c${low}`,
      ip: formatIp(ipOf('ipv4', prefix.bits + BigInt(low))),
      mac: '',
      names: [],
      ports,
    }),
  )
  return network({ bridge: `hptest${place}`, subnet: formatPrefix(prefix), internal: one.internal, members })
}

/** What others have: chains of their own, another instance's, and rules in built-in chains. */
const foreign = parseSaved(
  [
    '*raw\n:PREROUTING ACCEPT [0:0]\nCOMMIT',
    '*filter\n:INPUT ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n:DOCKER-USER - [0:0]\n:HEROPODS-76543210-FORWARD - [0:0]',
    '-A FORWARD -j DOCKER-USER\n-A FORWARD -j HEROPODS-76543210-FORWARD\n-A DOCKER-USER -j RETURN',
    `-A FORWARD -m comment --comment "not -j ${prefix}FORWARD" -j ACCEPT`,
    '-A INPUT -p tcp -m tcp --dport 22 -m comment --comment "ssh \\"in\\"" -j ACCEPT\nCOMMIT',
    '*nat\n:PREROUTING ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n:POSTROUTING ACCEPT [0:0]',
    '-A PREROUTING -d 192.0.2.1/32 -p tcp -m tcp --dport 81 -j DNAT --to-destination 172.17.0.2:80\nCOMMIT\n',
  ].join('\n'),
)

const applied = (saved: SavedRules, wanted: RulesetText): SavedRules =>
  afterRestore(saved, renderRestore(wanted, saved, prefix, opening))
const entries = (saved: SavedRules): readonly (readonly [string, readonly string[]])[] => [...saved].sort()
const check = (holds: (of: Networks, wanted: RulesetText) => void) =>
  fc.assert(
    fc.property(networks, (all) => {
      holds(all, renderRules(instance, all))
    }),
    { numRuns: 25 },
  )

describe('the rules of any networks', () => {
  it('are read back as they were written: no chain drifts, no jump is missing', () =>
    check((_, wanted) => {
      const saved = parseSaved(savedText(applied(foreign, wanted)))
      for (const chain of wanted.chains) {
        expect(chainDrift(chain, saved)).toBeUndefined()
        expect(saved.get(`${chain.table} ${chain.name}`)).toEqual(chain.rules)
      }
      for (const jump of wanted.jumps) expect(hasJump(jump, saved)).toBe(true)
    }))

  it('leave what others have, and go without a trace', () =>
    fc.assert(
      fc.property(networks, networks, (before, after) => {
        const once = applied(foreign, renderRules(instance, before))
        const twice = applied(once, renderRules(instance, after))
        expect(entries(twice)).toEqual(entries(applied(foreign, renderRules(instance, after))))
        expect(entries(applied(twice, { chains: [], jumps: [] }))).toEqual(entries(foreign))
      }),
      { numRuns: 25 },
    ))

  it('stay as they are when they are written again', () =>
    check((_, wanted) => {
      const once = applied(foreign, wanted)
      expect(applied(once, wanted)).toEqual(once)
    }))

  it('can be put back from what stands, in place of any others', () =>
    fc.assert(
      fc.property(networks, networks, (before, failed) => {
        const stood = applied(foreign, renderRules(instance, before))
        const half = applied(stood, renderRules(instance, failed))
        expect(entries(applied(half, rulesOnHost(stood, prefix)))).toEqual(entries(stood))
      }),
      { numRuns: 25 },
    ))

  it('are told apart from the same rules in another order, and from fewer and more', () =>
    check((_, { chains }) => {
      for (const chain of chains.filter(({ rules }) => rules.length > 0)) {
        const drift = (...rules: string[]) => chainDrift(chain, new Map([[`${chain.table} ${chain.name}`, rules]]))
        expect(drift(...chain.rules, '-j LOG')).toMatch(/^rule added by someone else/)
        expect(drift(...chain.rules.slice(1))).toBeDefined()
        expect(drift(...chain.rules.slice(1), chain.rules[0] ?? '') !== undefined).toBe(new Set(chain.rules).size > 1)
      }
    }))

  it('translate what is published, and each rule just that', () =>
    check((all, { chains }) => {
      for (const [address, { members }] of all) {
        const rules = chains.find(({ name }) => name === networkChain(instance, address, 'D'))?.rules ?? []
        const ports = members.flatMap((member) => member.ports)
        expect(rules).toHaveLength(ports.length)
        ports.forEach((own, place) => {
          expect(translates(rules[place] ?? '', own)).toBe(true)
          const other = { ...own, published: own.published === 1 ? 2 : own.published - 1 }
          expect(translates(rules[place] ?? '', other)).toBe(false)
        })
      }
    }))
})

describe('a rule', () => {
  it('is the same in whatever order iptables prints its options', () => {
    const options = [
      '-s 10.0.0.0/8',
      '! -o hptest0',
      '-p tcp',
      '-m tcp',
      '--dport 80',
      '-m comment',
      '--comment "a -j B"',
      '-j C',
    ]
    fc.assert(
      fc.property(fc.shuffledSubarray(options, { minLength: options.length }), (some) => {
        expect(canonicalRule(some.join(' '))).toBe(canonicalRule(options.join(' ')))
      }),
    )
  })
})
