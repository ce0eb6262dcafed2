import { describe, expect, it } from 'vitest'
import { parseNetworkSpec } from '../../../../src/providers/linux/network/records/parse-record.ts'
import { network, web } from '../specs.ts'

const changed = (more: Readonly<Record<string, unknown>>): unknown => ({ ...network(), ...more })
const withPort = (more: Readonly<Record<string, unknown>>): unknown =>
  changed({ members: [{ ...web(), ports: [{ ...web().ports[0], ...more }] }] })

describe('a record of a network', () => {
  it('is what was written', () => expect(parseNetworkSpec(JSON.parse(JSON.stringify(network())))).toEqual(network()))

  const wrong: readonly (readonly [string, unknown])[] = [
    ['nothing', undefined],
    ['null', null],
    ['a list', []],
    ['a text', 'x'],
    ['empty', {}],
    ['without members', changed({ members: undefined })],
    ['with members that are a map', changed({ members: {} })],
    ['with an address of the host that ends the line', withPort({ host_ip: '127.0.0.1/32\n-A INPUT -j DROP' })],
    ['with an IPv6 address of the host', withPort({ host_ip: '::1' })],
    ['with a port that is a text', withPort({ published: '80' })],
    ['with a port that is a range', withPort({ target: '1:65535' })],
    ['with another protocol', withPort({ protocol: 'tcp -j ACCEPT' })],
    ['with a bridge that ends the line', changed({ bridge: 'hp0\nlink delete dev eth0' })],
    ['with a subnet that is none', changed({ subnet: 'auto' })],
    ['with a gateway outside of it', changed({ gateway: '10.67.0.1' })],
    ['with a mtu that is a text', changed({ mtu: '1500 up' })],
    ['with a hosts file elsewhere', changed({ hosts: { '../../../etc/hosts': 'x' } })],
    ['with an excluded range that ends the line', changed({ exclude: ['10.66.0.9\nlink delete dev eth0'] })],
    [
      'with a MAC that ends the line',
      changed({ members: [web({}, { mac: '02:68:0a:42:00:02\nlink delete dev eth0' })] }),
    ],
    ['without a MAC', changed({ members: [web({}, { mac: '' })] })],
    ['with a name that is two lines', changed({ members: [web({}, { names: ['a\nb'] })] })],
    ['with a member that is no container', changed({ members: [{ ...web(), container: 'web' }] })],
    ['with a member outside of the subnet', changed({ members: [web({}, { ip: '10.67.0.2' })] })],
  ]
  for (const [what, value] of wrong) it(`${what} is not used`, () => expect(() => parseNetworkSpec(value)).toThrow())
})
