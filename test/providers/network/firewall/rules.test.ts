import { describe, expect, it } from 'vitest'
import type { NetworkSpec } from '../../../../src/model/kinds/network.ts'
import type { ResourceAddress } from '../../../../src/model/resource-address.ts'
import { safeLine } from '../../../../src/providers/linux/network/commands/safe-line.ts'
import { lan, network, web } from '../specs.ts'
import { renderRules } from './rendered.ts'

const render = (...specs: readonly NetworkSpec[]) =>
  renderRules('01234567', new Map(specs.map((spec, index) => [`s/network/n${index}` as ResourceAddress, spec])))
const rulesOf = (spec: NetworkSpec, table: string): string =>
  render(spec)
    .chains.filter((chain) => chain.table === table)
    .flatMap((chain) => chain.rules)
    .join('\n')

describe('the rules of networks', () => {
  it('are none for none', () => expect(render()).toEqual({ chains: [], jumps: [] }))

  it('fit what iptables takes: names of at most 28 characters, each chain once', () => {
    const names = render(network(), network({ bridge: 'hptest1' })).chains.map(({ table, name }) => `${table} ${name}`)
    expect(new Set(names).size).toBe(names.length)
    for (const name of names) expect(name.split(' ')[1]?.length).toBeLessThanOrEqual(28)
  })

  it('lead a published port to its container, and open the filter for exactly that', () => {
    const spec = network({ members: [web({ protocol: 'udp', published: 5353, target: 53 })] })
    expect(rulesOf(spec, 'nat')).toContain(
      '-d 127.0.0.1/32 -p udp -m udp --dport 5353 -j DNAT --to-destination 10.66.0.2:53',
    )
    expect(rulesOf(spec, 'filter')).toContain(
      '-d 10.66.0.2/32 -o hptest0 -p udp -m udp --dport 53 -m conntrack --ctstate DNAT -j ACCEPT',
    )
  })

  it('name no address where a port is published on all', () =>
    expect(rulesOf(network({ members: [web({ host_ip: '0.0.0.0' })] }), 'nat')).toContain(
      '\n-p tcp -m tcp --dport 8081 -j DNAT',
    ))

  it('of an internal network neither masquerade nor let out', () => {
    const spec = network({ internal: true, members: [web({}, { ports: [] })] })
    expect(rulesOf(spec, 'nat')).not.toContain('MASQUERADE')
    expect(rulesOf(spec, 'filter')).toContain('-i hptest0 ! -o hptest0 -j DROP')
  })

  const end = '\n-A INPUT -p tcp --dport 22 -j DROP\n#'
  const hostile: readonly (readonly [string, Partial<NetworkSpec>])[] = [
    ['an address of the host', { members: [web({ host_ip: `127.0.0.1/32${end}` })] }],
    ['a list of addresses', { members: [web({ host_ip: '127.0.0.1,0.0.0.0' })] }],
    ['an IPv6 address', { members: [web({ host_ip: '::1' })] }],
    ['a port', { members: [web({ published: `80${end}` as unknown as number })] }],
    ['a port that is a range', { members: [web({ target: '1:65535' as unknown as number })] }],
    ['a port out of range', { members: [web({ target: 65536 })] }],
    ['a protocol', { members: [web({ protocol: `tcp${end}` as 'tcp' })] }],
    ['an address of a container', { members: [web({}, { ip: `10.66.0.2:80${end}` })] }],
    ['a subnet', { subnet: `10.66.0.0/24${end}` }],
    ['a bridge', { bridge: `hptest0${end}` }],
    ['a bridge that is a wildcard', { bridge: 'eth+' }],
    ['a bridge that is a negation', { bridge: '!' }],
  ]
  for (const [what, spec] of hostile)
    it(`are not rendered from ${what} that is none`, () => expect(() => render(network(spec))).toThrow())

  it('take nothing from the names of networks and instances', () => {
    const hostileName = `s/network/x${end}` as ResourceAddress
    const { chains } = renderRules('01234567', new Map([[hostileName, network()]]))
    for (const { name, rules } of chains) for (const text of [name, ...rules]) expect(text).not.toContain('\n')
    expect(() => renderRules(`0123${end}`, new Map([[lan, network()]]))).toThrow()
  })
})

describe('the last check of a line', () => {
  it('lets pass what rules and links are made of', () => {
    for (const line of [
      '-s 10.0.0.0/8 ! -o hp0123456789ab -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
      'link set dev hv0123456789ab alias heropods:01234567:pulumi~p~s/container/a.1',
      'netns exec hp01234567+s+web_1 ip address add 10.0.0.2/24 dev eth0',
    ])
      expect(safeLine(line)).toBe(line)
  })

  for (const sign of ['\n', '\r', '\0', '\t', '"', "'", '\\', '#', ';', '`', '$', '*', '\u2028', '\u00a0', 'é'])
    it(`throws on ${JSON.stringify(sign)}`, () =>
      expect(() => safeLine(`-s 10.0.0.0/8${sign}-j ACCEPT`)).toThrow(/not written to the host/))
})
