import { describe, expect, it } from 'vitest'
import type { NetworkSpec } from '../../../src/model/kinds/network.ts'
import { ensureNetworks, removeNetworks } from '../../../src/providers/linux/network/apply.ts'
import { networkDrivers } from '../../../src/providers/linux/network/driver-registry.ts'
import { FakeKernel } from '../../host/fake-kernel.ts'
import { RecordingHost } from '../../host/recording-host.ts'
import { expectRepeatable, type Scene } from '../../host/repeatable.ts'
import { paths, writeContext } from '../../host/write-context.ts'
import { lan, network } from './specs.ts'

const item = (spec: NetworkSpec) => ({ address: lan, spec, actual: undefined, changes: [] })

/** Raises what `done` is called with. */
const done = (_address: string, { error }: { error?: unknown }): void => {
  if (error !== undefined) throw error
}

function scene(act: (host: RecordingHost) => Promise<void>): Scene & { readonly kernel: FakeKernel } {
  const kernel = new FakeKernel()
  const host = new RecordingHost(kernel.script)
  const state = () => ({ files: host.files.contents(), rules: new Map(kernel.rules), links: new Map(kernel.links) })
  return { host, kernel, run: () => act(host), state }
}

const ensure = (host: RecordingHost, spec = network()) =>
  ensureNetworks(networkDrivers, writeContext(host), [item(spec)], done, async () => {})
const remove = (host: RecordingHost) => removeNetworks(networkDrivers, writeContext(host), [item(network())], done)
const existing = async (act: (host: RecordingHost) => Promise<void>) => {
  const made = scene(act)
  await ensure(made.host)
  made.host.restart()
  return made
}

describe('a network', () => {
  it('that leads out, or no more, changes the routes of its containers after its record; other changes do not', async () => {
    const host = new RecordingHost(new FakeKernel().script)
    const change = async (path: string): Promise<unknown> => {
      const routed: unknown[] = []
      const changes = [{ path, before: undefined, after: undefined, class: 'live' as const }]
      await ensureNetworks(
        networkDrivers,
        writeContext(host),
        [{ ...item(network()), changes }],
        done,
        async (_, address) => {
          routed.push([address, host.files.get(`${paths.data}/networks/s/lan.json`) !== undefined])
        },
      )
      return routed
    }
    expect(await change('/labels/a')).toEqual([])
    expect(await change('/internal')).toEqual([[[lan], true]])
  })

  it('is made in this order: bridge, names and record, rules', async () => {
    const { host, run } = scene(ensure)
    await run()
    expect(host.effects).toEqual([
      'run ip -force -batch -',
      'set /proc/sys/net/ipv4/conf/hptest0/route_localnet 1',
      'set /proc/sys/net/ipv4/ip_forward 1',
      `write in place ${paths.run}/hosts/abc`,
      `write ${paths.data}/networks/s/lan.json`,
      'run iptables-restore --noflush --wait 10',
    ])
    const [links = '', rules = ''] = host.inputs
    expect(links.split('\n')[0]).toMatch(/^link add name hptest0 address \S+ type bridge forward_delay 0$/)
    expect(rules.match(/^\*\w+$/gm)).toEqual(['*raw', '*filter', '*nat'])
  })

  it('is removed in this order: record, rules, names, bridge', async () => {
    const { host, run } = await existing(remove)
    await run()
    expect(host.effects).toEqual([
      `remove ${paths.data}/networks/s/lan.json`,
      'run iptables-restore --noflush --wait 10',
      `remove ${paths.run}/hosts/abc`,
      'run ip -force -batch -',
    ])
    expect(host.inputs.at(-1)).toBe('link delete dev hptest0\n')
  })

  it('changes no link when it is as desired', async () => {
    const { host, run } = await existing(ensure)
    await run()
    expect(host.effects.filter((effect) => effect.startsWith('run ip '))).toEqual([])
  })

  it('is the same after a stop before any effect and another run', async () => {
    expect(await expectRepeatable(() => scene(ensure))).toBeGreaterThan(4)
    expect(await expectRepeatable(() => existing(remove))).toBeGreaterThan(3)
    await expectRepeatable(() => existing((host) => ensure(host, network({ members: [], hosts: {} }))))
  })
})
