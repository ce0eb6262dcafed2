import { beforeEach, describe, expect, it } from 'vitest'
import type { Command, CommandResult } from '../../../src/host/host.ts'
import type { ObservationOf } from '../../../src/model/observation.ts'
import type { ResourceAddress } from '../../../src/model/resource-address.ts'
import { attach, detach, linkDrift, reattach } from '../../../src/providers/linux/network/attach.ts'
import { ipBatch } from '../../../src/providers/linux/network/commands/ip-batch.ts'
import type { Attachment, NetworkDriver } from '../../../src/providers/linux/network/driver.ts'
import { readLinks } from '../../../src/providers/linux/network/links.ts'
import { networkProviderOf } from '../../../src/providers/linux/network/provider.ts'
import { ownerAlias, ownerOf } from '../../../src/providers/linux/network/records/owner-alias.ts'
import { hostLink, netnsName } from '../../../src/providers/linux/run-names.ts'
import { paths, writeContext } from '../../host/write-context.ts'
import { FirewallHost } from './firewall/firewall-host.ts'
import { network, web } from './specs.ts'

const address: ResourceAddress = 's/network/overlay'
const container: ResourceAddress = 's/container/web'

/** An overlay network on a TUN device, in as little code as a driver needs. */
const tun: NetworkDriver = {
  traits: { defaultMtu: 1400, maxMembers: 2 },
  async owned(read) {
    const links = [...(await readLinks(read)).values()].filter((link) => link.linkinfo?.info_kind === 'tun')
    return new Map(
      links.flatMap((link): [ResourceAddress, string][] => {
        const owner = ownerOf(read.paths, link.ifalias)
        return owner ? [[owner, link.ifname]] : []
      }),
    )
  },
  async observe(read, networks) {
    const links = await readLinks(read)
    return new Map(
      [...networks].map(([one, { bridge }]) => {
        const drift = links.has(bridge) ? [] : [`device ${bridge} is gone`]
        return [one, { links: drift, settings: [] }]
      }),
    )
  },
  async ensure(write, networks) {
    const lines = networks.flatMap(({ address, spec }) => [
      `tuntap add dev ${spec.bridge} mode tun`,
      `link set dev ${spec.bridge} alias ${ownerAlias(write.paths, address)}`,
    ])
    await ipBatch(write, lines)
    return new Map()
  },
  async remove(write, networks) {
    const own = await tun.owned(write)
    const lines = networks.flatMap((one) => (own.has(one) ? [`tuntap delete dev ${own.get(one)} mode tun`] : []))
    await ipBatch(write, lines)
    return new Map()
  },
  connect: (where, owner, one) => [
    `link add name ${hostLink(where, owner, one.network)} link ${one.bridge} type macvlan`,
  ],
  configure: ({ ip, prefix, name }) => [`address add ${ip}/${prefix} dev ${name}`],
  route: () => [],
  clear: ({ name }) => [`address flush dev ${name}`],
  interfaceDrift: (where, owner, one, links) =>
    links.has(hostLink(where, owner, one.network)) ? undefined : `its device on ${one.network} is gone`,
}
const drivers = { tun }

interface FakeLink {
  readonly kind: string
  alias?: string
}

/** A host that knows the lines of `ip` which the driver above uses. */
class LinkHost extends FirewallHost {
  readonly links = new Map<string, FakeLink>()
  readonly namespaces = new Set<string>()
  lines: string[] = []

  protected override answer(command: Command): Partial<CommandResult> {
    if (command.program !== 'ip') return super.answer(command)
    if (command.input === undefined) return { stdout: this.list() }
    const lines = String(command.input).trimEnd().split('\n')
    this.lines.push(...lines)
    for (const line of lines) this.apply(line.split(' '))
    return {}
  }

  override async readDir(path: string): Promise<readonly string[]> {
    return path === '/run/netns' ? [...this.namespaces] : super.readDir(path)
  }

  private apply([object = '', verb = '', word = '', name = '', key = '', value = '']: readonly string[]): void {
    const link = this.links.get(name)
    if (`${object} ${verb}` === 'netns add') this.namespaces.add(word)
    else if (`${object} ${verb}` === 'netns delete') this.namespaces.delete(word)
    else if (verb === 'add') this.links.set(name, { kind: object === 'tuntap' ? 'tun' : 'macvlan' })
    else if (verb === 'delete') this.links.delete(name)
    else if (key === 'alias' && link) link.alias = value
  }

  private list(): string {
    const links = [...this.links].map(([ifname, { kind, alias }]) => ({
      ifname,
      ifalias: alias,
      mtu: 1400,
      address: '',
      flags: ['UP'],
      addr_info: [],
      linkinfo: { info_kind: kind },
    }))
    return JSON.stringify(links)
  }

  /** The lines since the last call. */
  taken(): readonly string[] {
    const { lines } = this
    this.lines = []
    return lines
  }
}

const spec = network({ driver: 'tun', bridge: 'mytun', members: [web()] })
const item = { address, spec, actual: undefined, changes: [] }
const provider = networkProviderOf(drivers, async () => {})
const record = `${paths.data}/networks/s/overlay.json`

let host: LinkHost
beforeEach(() => {
  host = new LinkHost()
})

const observe = async (): Promise<ObservationOf<'network'> | undefined> =>
  (await provider.observe(writeContext(host), new Map([[address, spec]]))).get(address)

async function diff() {
  const found = await observe()
  if (found?.presence !== 'owned') throw new Error('not owned')
  return provider.diff(spec, found)
}

async function outcome(verb: 'create' | 'update' | 'remove', one: typeof item = item): Promise<unknown> {
  let result: unknown = 'not done'
  const done = (_: ResourceAddress, { error }: { error?: unknown }): void => {
    result = error
  }
  if (verb === 'remove') await provider.remove(writeContext(host), [one], { deleteData: false }, done)
  else await provider[verb](writeContext(host), [one], done)
  return result
}

describe('a driver of another kind', () => {
  it('makes, checks, repairs and removes its networks, beside rules, names and records as for any', async () => {
    expect(await observe()).toBeUndefined()

    expect(await outcome('create')).toBeUndefined()
    expect(host.taken()).toEqual([
      'tuntap add dev mytun mode tun',
      `link set dev mytun alias heropods:${paths.id}:s/network/overlay`,
    ])
    expect(host.effects).toEqual([
      'run ip -force -batch -',
      'set /proc/sys/net/ipv4/ip_forward 1',
      `write in place ${paths.run}/hosts/abc`,
      `write ${record}`,
      'run iptables-restore --noflush --wait 10',
    ])
    expect(host.inputs.join()).toContain('-o mytun -j DROP')
    expect(await observe()).toMatchObject({ presence: 'owned', spec, actual: { bridge: 'mytun', drift: [] } })
    expect(await diff()).toEqual({ action: 'keep' })

    host.links.delete('mytun')
    expect(await diff()).toMatchObject({ action: 'update', changes: [{ drift: 'device mytun is gone' }] })
    expect(await outcome('update')).toBeUndefined()
    expect(await diff()).toEqual({ action: 'keep' })
    host.taken()

    expect(await outcome('remove')).toBeUndefined()
    expect(host.taken()).toEqual(['tuntap delete dev mytun mode tun'])
    expect(await observe()).toBeUndefined()
    expect([host.files.get(record), host.files.get(`${paths.run}/hosts/abc`)]).toEqual([undefined, undefined])
  })

  it('finds its networks without a record, and links of others with the name of one', async () => {
    await outcome('create')
    host.files.remove(record)
    expect(await observe()).toMatchObject({
      presence: 'owned',
      spec: undefined,
      actual: { drift: ['its record is lost'] },
    })
    host.links.set('mytun', { kind: 'tun' })
    expect(await observe()).toMatchObject({ presence: 'unmanaged', actual: { bridge: 'mytun' } })
  })

  it('limits the members of its networks', async () => {
    const crowded = { ...spec, members: [web(), web(), web()] }
    const problems = await provider.preflight?.(writeContext(host), new Map([[address, crowded]]), new Map())
    expect(problems?.map(({ message }) => message)).toContain(`${address} would have 3 members; a tun allows 2.`)
  })

  it('connects, repairs and disconnects interfaces of containers', async () => {
    const one = {
      name: 'eth0',
      network: address,
      driver: 'tun',
      bridge: 'mytun',
      ip: '10.66.0.2',
      prefix: 24,
      mac: '',
      mtu: 1400,
    }
    const attachment: Attachment = { container, interfaces: [one] }
    const netns = netnsName(paths, container)
    const link = hostLink(paths, container, address)
    const configured = [
      `netns exec ${netns} ip link set dev lo up`,
      `netns exec ${netns} ip address add 10.66.0.2/24 dev eth0`,
    ]
    const drift = async () => linkDrift(paths, attachment, await readLinks(writeContext(host)), drivers)

    expect(await attach(writeContext(host), [attachment], drivers)).toEqual(new Map())
    const connected = `link add name ${link} link mytun type macvlan`
    expect(host.taken()).toEqual([`netns add ${netns}`, connected, ...configured])
    expect(await drift()).toEqual([])

    host.links.delete(link)
    expect(await drift()).toEqual([`its device on ${address} is gone`])
    await reattach(writeContext(host), [attachment], true, drivers)
    expect(host.taken()).toEqual([connected, `netns exec ${netns} ip address flush dev eth0`, ...configured])

    await detach(writeContext(host), [container], [attachment])
    expect(host.taken()).toEqual([`link delete dev ${link}`, `netns delete ${netns}`])
    expect(host.namespaces.size).toBe(0)
  })
})

describe('a network of a driver that this version does not have', () => {
  const unknown = { ...item, spec: { ...spec, driver: 'later' } }

  it('is not made', async () =>
    expect(await outcome('create', unknown)).toMatchObject({ diagnostics: [{ code: 'network-not-made' }] }))

  it('is observed by its record, and replaced by what is desired', async () => {
    host.files.set(record, { content: Buffer.from(JSON.stringify({ owner: address, spec: unknown.spec })) })
    expect(await observe()).toMatchObject({ spec: undefined, actual: { drift: ['its driver later is unknown'] } })
    expect(await diff()).toMatchObject({ action: 'update' })
  })

  it('does not keep containers from being observed; they have no network', async () => {
    const one = { name: 'eth0', network: address, driver: 'later', bridge: 'x', ip: '', prefix: 24, mac: '', mtu: 1400 }
    const attachment: Attachment = { container, interfaces: [one] }
    expect(linkDrift(paths, attachment, new Map(), drivers)).toEqual([
      `its network ${address} has the unknown driver later`,
    ])
    const failed = await attach(writeContext(host), [attachment], drivers)
    expect(failed.get(container)?.message).toContain('unknown driver later')
  })
})
