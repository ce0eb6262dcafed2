import { join } from 'node:path'
import { HeroPodsError } from '../../errors.ts'
import type { Address, Done, Item, WriteContext } from '../provider.ts'
import { parseCidr } from './ipv4.ts'
import type { NetworkActual } from './observe.ts'
import { type Link, readLinks } from './observe-links.ts'
import { readRules, renderRestore } from './parse-rules.ts'
import { ownerMark, ownerOf, readNetworkRecords, removeNetworkRecord, writeNetworkRecord } from './records.ts'
import { chainPrefix, renderRules, type Table } from './rules.ts'
import type { NetworkSpec } from './spec.ts'

type NetworkItem = Item<NetworkSpec, NetworkActual>

/** Filter before nat when opening, the other way round when closing: no moment in which a port leads past the filter. */
const opening: readonly Table[] = ['raw', 'filter', 'nat']
const closing: readonly Table[] = ['nat', 'filter', 'raw']

/** Rules are written whole for the instance, so two batches may not write them at the same time. */
let turn: Promise<unknown> = Promise.resolve()
function inTurn<T>(act: () => Promise<T>): Promise<T> {
  const run = turn.then(act, act)
  turn = run.catch(() => undefined)
  return run
}

/** Reads of a batch must see what earlier batches did. */
const fresh = (write: WriteContext): WriteContext => ({ ...write, once: (_key, read) => read() })

/** Makes networks what they should be, whatever part of them is there: bridges in one batch, rules in one restore. */
export const ensureNetworks = (context: WriteContext, items: readonly NetworkItem[], done: Done): Promise<void> =>
  inTurn(async () => {
    const write = fresh(context)
    const links = await readLinks(write)
    const lines = items.flatMap((item) =>
      bridgeLines(item, links.get(item.spec.bridge), ownerMark(write.paths, item.address)),
    )
    if (lines.length > 0)
      await write.host.attempt({ program: 'ip', args: ['-force', '-batch', '-'], input: `${lines.join('\n')}\n` })
    const now = await readLinks(write)
    const failed = new Map<Address, unknown>()
    for (const item of items) {
      const problem = bridgeProblem(item, now.get(item.spec.bridge), write)
      if (problem) failed.set(item.address, problem)
      else await setBridge(write, item.spec.bridge)
    }
    await write.host.writeKernel('/proc/sys/net/ipv4/ip_forward', '1')
    const made = items.filter((item) => !failed.has(item.address))
    for (const item of made) {
      for (const [key, content] of Object.entries(item.spec.hosts))
        await write.host.writeInPlace(join(write.paths.run, 'hosts', key), content)
      await writeNetworkRecord(write.host, write.paths, item.address, item.spec)
    }
    await removeStaleHosts(write)
    await writeRules(write, opening)
    for (const item of items) done(item.address, failed.has(item.address) ? { error: failed.get(item.address) } : {})
  })

/** Takes networks away: rules first, then bridges. What is gone already is fine. */
export const removeNetworks = (context: WriteContext, items: readonly NetworkItem[], done: Done): Promise<void> =>
  inTurn(async () => {
    const write = fresh(context)
    for (const item of items) await removeNetworkRecord(write.host, write.paths, item.address)
    await writeRules(write, closing)
    await removeStaleHosts(write)
    const links = await readLinks(write)
    const owned = new Map(
      [...links.values()]
        .filter((link) => link.linkinfo?.info_kind === 'bridge')
        .map((link) => [ownerOf(write.paths, link.ifalias), link.ifname]),
    )
    const lines = items.flatMap((item) =>
      owned.has(item.address) ? [`link delete dev ${owned.get(item.address)}`] : [],
    )
    if (lines.length > 0) await write.host.run({ program: 'ip', args: ['-batch', '-'], input: `${lines.join('\n')}\n` })
    for (const item of items) done(item.address, {})
  })

/** Ports on 127.0.0.1 lead to containers; without IPv6 no container reaches the host where nobody looks. */
async function setBridge({ host }: WriteContext, bridge: string): Promise<void> {
  await host.writeKernel(`/proc/sys/net/ipv4/conf/${bridge}/route_localnet`, '1')
  const withoutIpv6 = `/proc/sys/net/ipv6/conf/${bridge}/disable_ipv6`
  if (await host.stat(withoutIpv6)) await host.writeKernel(withoutIpv6, '1')
}

function bridgeLines({ spec }: NetworkItem, link: Link | undefined, mark: string): readonly string[] {
  const { bridge, gateway, mtu } = spec
  const { prefix } = parseCidr(spec.subnet)
  const wanted = `${gateway}/${prefix}`
  const stray = (link?.addr_info ?? []).filter(
    (one) => one.family === 'inet' && `${one.local}/${one.prefixlen}` !== wanted,
  )
  return [
    ...(link === undefined ? [`link add name ${bridge} type bridge forward_delay 0`] : []),
    ...(link?.ifalias === mark ? [] : [`link set dev ${bridge} alias ${mark}`]),
    ...(link?.mtu === mtu ? [] : [`link set dev ${bridge} mtu ${mtu}`]),
    ...stray.map((one) => `address delete ${one.local}/${one.prefixlen} dev ${bridge}`),
    ...(link?.addr_info.some((one) => `${one.local}/${one.prefixlen}` === wanted)
      ? []
      : [`address add ${wanted} dev ${bridge}`]),
    ...(link?.flags.includes('UP') ? [] : [`link set dev ${bridge} up`]),
  ]
}

function bridgeProblem(
  { address, spec }: NetworkItem,
  link: Link | undefined,
  write: WriteContext,
): HeroPodsError | undefined {
  const { prefix } = parseCidr(spec.subnet)
  const whole =
    link !== undefined &&
    ownerOf(write.paths, link.ifalias) === address &&
    link.flags.includes('UP') &&
    link.addr_info.some((one) => one.local === spec.gateway && one.prefixlen === prefix)
  if (whole) return undefined
  return new HeroPodsError({
    code: 'network-not-made',
    message: `The bridge ${spec.bridge} of ${address} could not be made with the address ${spec.gateway}/${prefix}.`,
    hint: 'Look at `ip -d address show` and at the kernel’s bridge support; `heropods doctor` checks it.',
    address,
  })
}

async function writeRules(write: WriteContext, order: readonly Table[]): Promise<void> {
  const [records, saved] = await Promise.all([readNetworkRecords(write.host, write.paths), readRules(write)])
  const input = renderRestore(renderRules(write.paths.id, records), saved, chainPrefix(write.paths.id), order)
  if (input !== '') await write.host.run({ program: 'iptables-restore', args: ['--noflush', '--wait', '10'], input })
}

/** A hosts file goes with the last container on its set of networks. */
async function removeStaleHosts(write: WriteContext): Promise<void> {
  const records = await readNetworkRecords(write.host, write.paths)
  const kept = new Set([...records.values()].flatMap((spec) => Object.keys(spec.hosts)))
  const folder = join(write.paths.run, 'hosts')
  for (const name of await write.host.readDir(folder))
    if (!kept.has(name)) await write.host.removeTree(join(folder, name))
}
