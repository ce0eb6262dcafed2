import { beforeEach, describe, expect, it } from 'vitest'
import type { NetworkSpec } from '../../../src/model/kinds/network.ts'
import { networkDrivers } from '../../../src/providers/linux/network/driver-registry.ts'
import { bridge } from '../../../src/providers/linux/network/drivers/bridge.ts'
import type { Link } from '../../../src/providers/linux/network/links.ts'
import { hostLink } from '../../../src/providers/linux/run-names.ts'
import { RecordingHost } from '../../host/recording-host.ts'
import { paths, writeContext } from '../../host/write-context.ts'
import { lan, network, networkInterface } from './specs.ts'

const spec = network()
const alias = `heropods:${paths.id}:${lan}`
const made: Link = {
  ifname: 'hptest0',
  ifalias: alias,
  mtu: 1500,
  address: '02:68:0a:42:00:01',
  flags: ['UP'],
  addr_info: [{ family: 'inet', local: '10.66.0.1', prefixlen: 24 }],
  linkinfo: { info_kind: 'bridge' },
}

/** A host with these links, whatever is done to them. */
class BridgeHost extends RecordingHost {
  links: readonly Link[] = []

  constructor() {
    super(({ input }) => (input === undefined ? { stdout: JSON.stringify(this.links) } : undefined))
  }
}

const setting = (path: string, text: string): void => host.files.set(path, { content: Buffer.from(text) })

let host: BridgeHost
beforeEach(() => {
  host = new BridgeHost()
})

async function lines(link: Link | undefined, desired: NetworkSpec = spec): Promise<readonly string[]> {
  host.links = link ? [link] : []
  await bridge.ensure(writeContext(host), [{ address: lan, spec: desired }])
  return host.inputs.join('').split('\n').filter(Boolean)
}

async function drift(link: Link | undefined, localnet: string | undefined = '1\n') {
  host.links = link ? [link] : []
  if (localnet !== undefined) setting('/proc/sys/net/ipv4/conf/hptest0/route_localnet', localnet)
  return (await bridge.observe(writeContext(host), new Map([[lan, spec]]))).get(lan)
}

it('a bridge is the driver of that name', () => expect(networkDrivers).toEqual({ bridge }))

describe('a bridge', () => {
  it('that does not exist is made with alias, MTU, address and MAC', async () =>
    expect(await lines(undefined)).toEqual([
      'link add name hptest0 address 02:68:0a:42:00:01 type bridge forward_delay 0',
      `link set dev hptest0 alias ${alias}`,
      'link set dev hptest0 mtu 1500',
      'address add 10.66.0.1/24 dev hptest0',
      'link set dev hptest0 up',
    ]))

  it('that is as it should be is left alone', async () => expect(await lines(made)).toEqual([]))

  it('gets back what it has lost, and keeps its MAC', async () => {
    const addr_info = [
      { family: 'inet', local: '10.66.0.9', prefixlen: 24 },
      { family: 'inet6', local: 'fe80::1', prefixlen: 64 },
    ]
    expect(await lines({ ...made, address: '02:00:00:00:00:01', flags: [], mtu: 9000, addr_info })).toEqual([
      'link set dev hptest0 address 02:00:00:00:00:01',
      'link set dev hptest0 mtu 1500',
      'address delete 10.66.0.9/24 dev hptest0',
      'address add 10.66.0.1/24 dev hptest0',
      'link set dev hptest0 up',
    ])
  })

  it('of another instance is left alone, and an error', async () => {
    expect(await lines({ ...made, ifalias: `heropods:ffffffff:${lan}` })).toEqual([])
    const failed = await bridge.ensure(writeContext(host), [{ address: lan, spec }])
    expect(failed.get(lan)?.diagnostics).toMatchObject([{ code: 'network-not-made' }])
  })

  it('lets published ports on 127.0.0.1 through, and has no IPv6', async () => {
    setting('/proc/sys/net/ipv6/conf/hptest0/disable_ipv6', '0')
    await lines(made)
    expect(host.effects).toEqual([
      'set /proc/sys/net/ipv4/conf/hptest0/route_localnet 1',
      'set /proc/sys/net/ipv6/conf/hptest0/disable_ipv6 1',
    ])
  })

  it('that is still there after its removal is an error', async () => {
    host.links = [made]
    const failed = await bridge.remove(writeContext(host), [lan, 's/network/other'])
    expect(host.inputs).toEqual(['link delete dev hptest0\n'])
    expect([...failed.keys()]).toEqual([lan])
  })

  const cases: readonly (readonly [Partial<Link>, readonly string[]])[] = [
    [{}, []],
    [{ ifalias: 'x' }, ['bridge hptest0 is no longer marked as an object of HeroPods']],
    [{ flags: [] }, ['bridge hptest0 is down']],
    [{ mtu: 9000 }, ['bridge hptest0 has mtu 9000 instead of 1500']],
    [{ addr_info: [] }, ['bridge hptest0 does not have the address 10.66.0.1/24']],
  ]
  for (const [change, links] of cases)
    it(`with ${JSON.stringify(change)} has this drift: ${links.join() || 'none'}`, async () =>
      expect(await drift({ ...made, ...change })).toEqual({ links, settings: [] }))

  it('that is gone has this drift and no other', async () =>
    expect(await drift(undefined, undefined)).toEqual({ links: ['bridge hptest0 is gone'], settings: [] }))

  it('without route_localnet has that drift', async () =>
    expect(await drift(made, '0\n')).toEqual({ links: [], settings: ['route_localnet is off on hptest0'] }))
})

describe('a port of a bridge', () => {
  const one = networkInterface({ mtu: 1400 })
  const container = 's/container/web.2'
  const link = hostLink(paths, container, lan)

  it('is a pair of devices, of which one is in the namespace', () =>
    expect(bridge.connect(paths, container, one)).toEqual([
      `link add name ${link} mtu 1400 type veth peer name eth0 address 02:00:00:00:00:02 mtu 1400 netns hp${paths.id}+s+web.2`,
      `link set dev ${link} alias heropods:${paths.id}:s/container/web.2`,
      `link set dev ${link} master hptest0 up`,
      `link set dev ${link} type bridge_slave hairpin on`,
    ]))

  it('has the default route only with a gateway', () => {
    const address = ['address add 10.66.0.2/24 dev eth0', 'link set dev eth0 up']
    expect(bridge.configure(one)).toEqual(address)
    expect(bridge.configure({ ...one, gateway: '10.66.0.1' })).toEqual([
      ...address,
      'route add default via 10.66.0.1 dev eth0',
    ])
  })

  it('gets or loses its default route while it is up', () => {
    expect(bridge.route(one)).toEqual(['route delete default dev eth0'])
    expect(bridge.route({ ...one, gateway: '10.66.0.1' })).toEqual(['route replace default via 10.66.0.1 dev eth0'])
  })

  const port: Link = {
    ...made,
    ifname: link,
    master: 'hptest0',
    linkinfo: { info_kind: 'veth', info_slave_data: { hairpin: true } },
  }
  const cases: readonly (readonly [Link | undefined, string | undefined])[] = [
    [port, undefined],
    [undefined, `its link to ${lan} is gone`],
    [{ ...port, master: 'other' }, 'its link is not on the bridge hptest0'],
    [{ ...port, flags: [] }, `its link to ${lan} is down`],
    [{ ...port, linkinfo: {} }, `its link to ${lan} has hairpin mode off`],
  ]
  for (const [found, text] of cases)
    it(text ?? 'has no drift as it was made', () =>
      expect(bridge.interfaceDrift(paths, container, one, new Map(found ? [[link, found]] : []))).toBe(text),
    )
})
