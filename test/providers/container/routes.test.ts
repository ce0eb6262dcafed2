import { describe, expect, it } from 'vitest'
import type { ResourceAddress } from '../../../src/model/resource-address.ts'
import { rerouteContainers } from '../../../src/providers/linux/container/apply/reroute.ts'
import { writeRecord } from '../../../src/providers/linux/container/record.ts'
import { routeDrift } from '../../../src/providers/linux/container/route-drift.ts'
import { netnsFolder } from '../../../src/providers/linux/network/namespaces.ts'
import { writeNetworkRecord } from '../../../src/providers/linux/network/records/records.ts'
import { netnsName } from '../../../src/providers/linux/run-names.ts'
import { FakeKernel } from '../../host/fake-kernel.ts'
import { RecordingHost } from '../../host/recording-host.ts'
import { paths, writeContext } from '../../host/write-context.ts'
import { containerSpec } from '../../specs.ts'
import { lan, network, networkInterface } from '../network/specs.ts'

const back: ResourceAddress = 's/network/back'

describe('the default route of a container', () => {
  const eth0 = networkInterface()
  const outward = { ...eth0, gateway: '10.66.0.1' }
  const networks = new Map([[lan, network()]])
  const head = 'Iface\tDestination\tGateway\tFlags\n'
  const own = `${head}eth0\t00000000\t0100420A\t0003\n`
  const vpn = `${head}eth0\t00000000\t0900420A\t0003\ntun0\t00000000\t0100420A\t0003\n`

  it('is drift if it is gone, but not if it leads through another gateway', () => {
    expect(routeDrift(outward, networks, head)).toEqual(['its default route via 10.66.0.1 is gone'])
    expect(routeDrift(outward, networks, own)).toEqual([])
    expect(routeDrift(outward, networks, vpn)).toEqual([])
  })

  it('is drift if it leads through the gateway of a network that does not lead out', () => {
    expect(routeDrift(eth0, networks, head)).toEqual([])
    expect(routeDrift(eth0, networks, own)).toEqual(['it has a default route via 10.66.0.1, which it should not have'])
    expect(routeDrift(eth0, networks, vpn)).toEqual([])
  })
})

describe('a network that leads out, or no more', () => {
  it('sets the routes of its containers of all stacks that have a namespace, deletions first', async () => {
    const host = new RecordingHost(new FakeKernel().script)
    const write = writeContext(host)
    await writeNetworkRecord(host, paths, lan, network())
    await writeNetworkRecord(
      host,
      paths,
      back,
      network({ bridge: 'hptest1', subnet: '10.67.0.0/24', gateway: '10.67.0.1', internal: true, members: [] }),
    )
    const on = (...names: readonly ResourceAddress[]) =>
      names.map((one) => ({ network: one, ipv4_address: '', mac: '', aliases: [], static: false }))
    const containers = [
      ['s/container/both', on(lan, back), true],
      ['t/container/one', on(back), true],
      ['s/container/without', on(back), false],
      ['s/container/elsewhere', on(lan), true],
    ] as const
    for (const [owner, networks, hasNamespace] of containers) {
      await writeRecord(write, { owner, spec: containerSpec({ networks }), run: 1, stopped: false })
      if (hasNamespace) host.files.set(`${netnsFolder}/${netnsName(paths, owner)}`, {})
    }
    await rerouteContainers(write, [back])
    const ip = (owner: ResourceAddress, line: string): string =>
      `netns exec ${netnsName(paths, owner)} ip route ${line}`
    const lines = host.inputs.slice(-2).join('')
    expect(lines.trim().split('\n').sort()).toEqual(
      [
        ip('s/container/both', 'delete default dev eth1'),
        ip('s/container/both', 'replace default via 10.66.0.1 dev eth0'),
        ip('t/container/one', 'delete default dev eth0'),
      ].sort(),
    )
    expect(lines.indexOf('delete default dev eth1')).toBeLessThan(lines.indexOf('replace default'))
  })
})
