import { describe, expect, it } from 'vitest'
import { parseIp, parsePrefix } from '../../../../src/model/ip/text.ts'
import { renderRule, renderRuleset } from '../../../../src/providers/linux/network/firewall/iptables/render.ts'
import type { Rule } from '../../../../src/providers/linux/network/firewall/rule.ts'

const rule = (match: Rule['match'], verdict: Rule['verdict'] = { type: 'accept' }): Rule => ({ match, verdict })
const exact = (name: string) => ({ name, match: 'exact' }) as const

const cases: readonly (readonly [Rule, string])[] = [
  [rule({}), '-j ACCEPT'],
  [rule({}, { type: 'return' }), '-j RETURN'],
  [rule({}, { type: 'jump', chain: 'OTHER' }), '-j OTHER'],
  [rule({ source: parsePrefix('10.0.0.0/8') }, { type: 'masquerade' }), '-s 10.0.0.0/8 -j MASQUERADE'],
  [rule({ destination: 'local' }), '-m addrtype --dst-type LOCAL -j ACCEPT'],
  [rule({ output: { name: 'hp', match: 'prefix' } }), '-o hp+ -j ACCEPT'],
  [rule({ input: exact('a'), output: { name: 'b', match: 'except' } }, { type: 'drop' }), '-i a ! -o b -j DROP'],
  [
    rule({
      states: ['dnat'],
      port: { protocol: 'udp', number: 53 },
      output: exact('b'),
      input: exact('a'),
      destination: parseIp('10.0.0.2'),
      source: parseIp('10.0.0.1'),
    }),
    '-s 10.0.0.1/32 -d 10.0.0.2/32 -i a -o b -p udp -m udp --dport 53 -m conntrack --ctstate DNAT -j ACCEPT',
  ],
  [
    rule({ states: ['related', 'established'] }, { type: 'dnat', address: parseIp('10.0.0.2'), port: 80 }),
    '-m conntrack --ctstate RELATED,ESTABLISHED -j DNAT --to-destination 10.0.0.2:80',
  ],
  [
    rule({ source: parsePrefix('FD00::/64') }, { type: 'dnat', address: parseIp('fd00::2'), port: 80 }),
    '-s fd00::/64 -j DNAT --to-destination [fd00::2]:80',
  ],
  [rule({ destination: parseIp('fd00::2') }), '-d fd00::2/128 -j ACCEPT'],
]

describe('a rule in the syntax of iptables', () => {
  for (const [value, text] of cases) it(text, () => expect(renderRule(value)).toBe(text))

  it('has no value that could end the line', () =>
    expect(() => renderRule(rule({ input: exact('a\n-A INPUT') }))).toThrow(/not written to the host/))

  it('of a hook is in the built-in chain of that name', () => {
    const jumps = (['prerouting', 'forward', 'output', 'postrouting'] as const).map(
      (hook) => ({ table: 'nat', hook, rule: rule({}, { type: 'jump', chain: 'OURS' }) }) as const,
    )
    expect(renderRuleset({ family: 'ipv4', chains: [], jumps }).jumps.map(({ from }) => from)).toEqual([
      'PREROUTING',
      'FORWARD',
      'OUTPUT',
      'POSTROUTING',
    ])
  })
})
