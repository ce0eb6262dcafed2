import { describe, expect, it } from 'vitest'
import { chainPrefix } from '../../../../src/providers/linux/network/firewall/chain-names.ts'
import { chainDrift, hasJump } from '../../../../src/providers/linux/network/firewall/iptables/compare.ts'
import { renderRestore, rulesOnHost } from '../../../../src/providers/linux/network/firewall/iptables/restore.ts'
import { canonicalRule, parseSaved } from '../../../../src/providers/linux/network/firewall/iptables/saved-rules.ts'
import { lan, network } from '../specs.ts'
import { afterRestore, savedText } from './iptables.ts'
import { opening, renderRules, translates } from './rendered.ts'

const prefix = chainPrefix('01234567')
const empty = parseSaved(':')
const builtIn = parseSaved('*raw\n:PREROUTING\n*filter\n:FORWARD\n*nat\n:PREROUTING\n:OUTPUT\n:POSTROUTING\n')
const wanted = renderRules('01234567', new Map([[lan, network()]]))

/** What iptables-save prints after this input, where nothing was before but the built-in chains. */
const restored = (input: string): string => savedText(afterRestore(builtIn, input))

describe('what iptables-save says', () => {
  const saved = parseSaved(
    '# comment\n*nat\n:PREROUTING ACCEPT [0:0]\n:X - [1:2]\n-A X -d 10.0.0.1/32 -j ACCEPT\n-A PREROUTING -m comment --comment "a b -j X" -j X\nCOMMIT\n*filter\n:X - [0:0]\nCOMMIT\n',
  )
  it('is read by table and chain, in order', () => {
    expect(saved.get('nat X')).toEqual(['-d 10.0.0.1/32 -j ACCEPT'])
    expect(saved.get('filter X')).toEqual([])
    expect(saved.get('nat PREROUTING')).toEqual(['-m comment --comment "a b -j X" -j X'])
  })

  it('is the same rule in whatever order iptables prints its options', () => {
    expect(canonicalRule('-s 10.0.0.0/24 ! -o br -j MASQUERADE')).toBe(
      canonicalRule('-j MASQUERADE ! -o br -s 10.0.0.0/24'),
    )
    expect(canonicalRule('! -o br -j DROP')).not.toBe(canonicalRule('-o br -j DROP'))
    expect(canonicalRule('-m comment --comment "-j DROP" -j ACCEPT')).not.toBe(
      canonicalRule('-j DROP -m comment --comment "-j ACCEPT"'),
    )
  })
})

describe('a batch for iptables-restore', () => {
  it('brings what is wanted, and then there is no drift', () => {
    const saved = parseSaved(restored(renderRestore(wanted, empty, prefix, opening)))
    for (const chain of wanted.chains) expect(chainDrift(chain, saved)).toBeUndefined()
    for (const jump of wanted.jumps) expect(hasJump(jump, saved)).toBe(true)
  })

  it('writes the tables in the order that is asked for, each with one commit', () => {
    const input = renderRestore(wanted, empty, prefix, ['nat', 'filter', 'raw'])
    expect(input.match(/^\*\w+$/gm)).toEqual(['*nat', '*filter', '*raw'])
    expect(input.match(/^COMMIT$/gm)).toHaveLength(3)
  })

  it('takes away chains and jumps of ours that nobody wants, and nobody else’s', () => {
    const saved = parseSaved(
      `*filter\n:FORWARD ACCEPT [0:0]\n:${prefix}old - [0:0]\n:OTHER - [0:0]\n-A FORWARD -j ${prefix}old\n-A FORWARD -j OTHER\n-A OTHER -j DROP\nCOMMIT\n`,
    )
    const input = renderRestore({ chains: [], jumps: [] }, saved, prefix, opening)
    expect(input).toBe(`*filter\n:${prefix}old - [0:0]\n-D FORWARD -j ${prefix}old\n-X ${prefix}old\nCOMMIT\n`)
  })

  it('is nothing where there is nothing to do', () =>
    expect(renderRestore({ chains: [], jumps: [] }, empty, prefix, opening)).toBe(''))

  it('puts back what stood: the same chains, rules and jumps', () => {
    const before = parseSaved(restored(renderRestore(wanted, empty, prefix, opening)))
    const back = renderRestore(rulesOnHost(before, prefix), empty, prefix, opening)
    expect([...parseSaved(restored(back))].sort()).toEqual([...before].sort())
  })
})

describe('drift of a chain', () => {
  const chain = { table: 'nat', name: 'X', rules: ['-d 10.0.0.1/32 -j ACCEPT', '-j DROP'] } as const
  const drift = (...rules: string[]): string | undefined => chainDrift(chain, new Map([['nat X', rules]]))
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [[], /chain empty: nat X/],
    [['-j DROP'], /rule missing: nat -d 10\.0\.0\.1\/32 -j ACCEPT/],
    [['-d 10.0.0.1/32 -j ACCEPT', '-j DROP', '-j LOG'], /rule added by someone else: nat -j LOG/],
    [['-j DROP', '-d 10.0.0.1/32 -j ACCEPT'], /rules out of order: nat X/],
  ]
  for (const [rules, told] of cases) it(`says ${told.source}`, () => expect(drift(...rules)).toMatch(told))
  it('says that the chain is missing', () => expect(chainDrift(chain, new Map())).toBe('chain missing: nat X'))
  it('names what is left of a network of ours as that', () => {
    const own = { table: 'nat', name: `${prefix}DNAT`, rules: [] } as const
    const left = (rule: string): string | undefined => chainDrift(own, new Map([[`nat ${own.name}`, [rule]]]))
    expect(left(`-j ${prefix}0123abcdD`)).toBe(`rule left over from a removed network: nat -j ${prefix}0123abcdD`)
    expect(left('-j HEROPODS-76543210-0123abcdD')).toMatch(/added by someone else/)
    expect(left(`-m comment --comment "was -j ${prefix}0123abcdD" -j DROP`)).toMatch(/added by someone else/)
  })
  it('is none for the same rules', () => expect(drift('-j ACCEPT -d 10.0.0.1/32', '-j DROP')).toBeUndefined())
})

describe('a rule of someone else', () => {
  const port = (host_ip: string, published = 8080) => ({ host_ip, published, target: 80, protocol: 'tcp' }) as const
  const dnat = (match: string): string => `${match} -j DNAT --to-destination 172.17.0.2:80`
  const cases: readonly (readonly [string, ReturnType<typeof port>, boolean])[] = [
    [dnat('-p tcp -m tcp --dport 8080'), port('127.0.0.1'), true],
    [dnat('-d 127.0.0.1/32 -p tcp -m tcp --dport 8080'), port('127.0.0.1'), true],
    [dnat('-d 192.0.2.1/32 -p tcp -m tcp --dport 8080'), port('127.0.0.1'), false],
    [dnat('-d 192.0.2.1/32 -p tcp -m tcp --dport 8080'), port('0.0.0.0'), true],
    [dnat('! -d 192.0.2.1/32 -p tcp -m tcp --dport 8080'), port('127.0.0.1'), true],
    [dnat('-p tcp -m tcp --dport 8000:8100'), port('127.0.0.1'), true],
    [dnat('-p tcp -m multiport --dports 22,8000:8090'), port('127.0.0.1'), true],
    [dnat('-p tcp -m tcp --dport 80801'), port('127.0.0.1'), false],
    [dnat('-p udp -m udp --dport 8080'), port('127.0.0.1'), false],
    [dnat('-p tcp -m tcp ! --dport 8080'), port('127.0.0.1'), false],
    ['-p tcp -m tcp --dport 8080 -j ACCEPT', port('127.0.0.1'), false],
    ['-p tcp -m tcp --dport 8080 -m comment --comment "no -j DNAT here" -j ACCEPT', port('127.0.0.1'), false],
    [dnat('-p tcp -m comment --comment "not --dport 8080" -m tcp --dport 80'), port('127.0.0.1'), false],
  ]
  for (const [rule, one, answer] of cases)
    it(`${answer ? 'has' : 'has not'} ${one.host_ip}:${one.published}: ${rule}`, () =>
      expect(translates(rule, one)).toBe(answer))
})
