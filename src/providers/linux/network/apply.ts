import { join } from 'node:path'
import type { Paths } from '../../../host/files/paths.ts'
import type { Address } from '../../../model/address.ts'
import { HeroPodsError } from '../../../model/errors.ts'
import { parseCidr } from '../../../model/ip/ipv4.ts'
import { macOf } from '../../../model/ip/mac.ts'
import type { NetworkSpec } from '../../../model/kinds/network.ts'
import type { Done, Item, RemovedItem, WriteContext } from '../../provider.ts'
import { ipBatch } from './commands/ip-batch.ts'
import type { Direction } from './firewall/backend.ts'
import { writeRules } from './firewall/write-rules.ts'
import { endStaleFlows, noteGone } from './flows/udp-flows.ts'
import { type Link, readLinks } from './links.ts'
import {
  markedOwner,
  ownerMark,
  ownerOf,
  readNetworkRecords,
  readUnusableRecords,
  removeNetworkRecord,
  writeNetworkRecord,
} from './records/records.ts'

type NetworkItem = Item<'network'>

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
    await ipBatch(
      write,
      items.flatMap((item) => bridgeLines(item, links.get(item.spec.bridge), write.paths)),
    )
    const now = await readLinks(write)
    const failed = new Map<Address, unknown>()
    for (const item of items) {
      const problem = bridgeProblem(item, now.get(item.spec.bridge), write)
      if (problem) failed.set(item.address, problem)
      else await setBridge(write, item.spec.bridge)
    }
    await write.host.writeKernel('/proc/sys/net/ipv4/ip_forward', '1')
    const made = items.filter((item) => !failed.has(item.address))
    const after = (before: Records): Records =>
      new Map([...before, ...made.map((one) => [one.address, one.spec] as const)])
    await withRules(write, 'opening', after, async () => {
      for (const item of made) {
        for (const [key, content] of Object.entries(item.spec.hosts))
          await write.host.writeInPlace(join(write.paths.run, 'hosts', key), content)
        await writeNetworkRecord(write.host, write.paths, item.address, item.spec)
      }
    })
    await removeStaleHosts(write)
    for (const item of items) done(item.address, failed.has(item.address) ? { error: failed.get(item.address) } : {})
  })

/** Takes networks away: rules first, then bridges. What is gone already is fine. */
export const removeNetworks = (
  context: WriteContext,
  items: readonly RemovedItem<'network'>[],
  done: Done,
): Promise<void> =>
  inTurn(async () => {
    const write = fresh(context)
    const gone = new Set(items.map((item) => item.address))
    const after = (before: Records): Records => new Map([...before].filter(([at]) => !gone.has(at)))
    await withRules(write, 'closing', after, async () => {
      for (const item of items) await removeNetworkRecord(write.host, write.paths, item.address)
    })
    await removeStaleHosts(write)
    const bridges = ownBridges(write, await readLinks(write))
    await ipBatch(
      write,
      items.flatMap(({ address }) => (bridges.has(address) ? [`link delete dev ${bridges.get(address)}`] : [])),
    )
    const left = ownBridges(write, await readLinks(write))
    for (const { address } of items) done(address, left.has(address) ? { error: notRemoved(address, left) } : {})
  })

/**
 * Changes records of networks, from which the rules of the whole instance follow, then the rules, and ends udp flows of old ones. Where rules
 * cannot be written the records are as before as well: no later run stumbles over what this one could not do.
 */
async function withRules(
  write: WriteContext,
  direction: Direction,
  after: (before: Records) => Records,
  changeRecords: () => Promise<void>,
): Promise<void> {
  const { host, paths } = write
  const before = await readNetworkRecords(host, paths)
  const wanted = after(before)
  await noteGone(write, before, wanted)
  await changeRecords()
  try {
    await writeRules(write, direction)
  } catch (error) {
    for (const [at, spec] of before) if (wanted.get(at) !== spec) await writeNetworkRecord(host, paths, at, spec)
    for (const at of wanted.keys()) if (!before.has(at)) await removeNetworkRecord(host, paths, at)
    throw error
  }
  await endStaleFlows(write)
}

type Records = ReadonlyMap<Address, NetworkSpec>

const ownBridges = (write: WriteContext, links: ReadonlyMap<string, Link>): ReadonlyMap<Address, string> =>
  new Map(
    [...links.values()].flatMap((link): [Address, string][] => {
      const owner = link.linkinfo?.info_kind === 'bridge' ? ownerOf(write.paths, link.ifalias) : undefined
      return owner === undefined ? [] : [[owner, link.ifname]]
    }),
  )

const notRemoved = (address: Address, bridges: ReadonlyMap<Address, string>): HeroPodsError =>
  new HeroPodsError({
    code: 'network-not-removed',
    message: `The bridge ${bridges.get(address)} of ${address} is still there.`,
    hint: 'Run it again; `ip link delete` says what keeps it.',
    retryable: true,
    address,
  })

/** Ports on 127.0.0.1 lead to containers; without IPv6 no container reaches the host where nobody looks. */
async function setBridge({ host }: WriteContext, bridge: string): Promise<void> {
  await host.writeKernel(`/proc/sys/net/ipv4/conf/${bridge}/route_localnet`, '1')
  const withoutIpv6 = `/proc/sys/net/ipv6/conf/${bridge}/disable_ipv6`
  if (await host.stat(withoutIpv6)) await host.writeKernel(withoutIpv6, '1')
}

function bridgeLines({ address, spec }: NetworkItem, link: Link | undefined, paths: Paths): readonly string[] {
  // Another instance's bridge stays as it is: the plan has seen none, so it has come since.
  if ((markedOwner(link?.ifalias)?.instance ?? paths.id) !== paths.id) return []
  const mark = ownerMark(paths, address)
  const { bridge, gateway, mtu } = spec
  const { prefix } = parseCidr(spec.subnet)
  const wanted = `${gateway}/${prefix}`
  const stray = (link?.addr_info ?? []).filter(
    (one) => one.family === 'inet' && `${one.local}/${one.prefixlen}` !== wanted,
  )
  return [
    ...macLines(bridge, macOf(gateway), link),
    ...(link?.ifalias === mark ? [] : [`link set dev ${bridge} alias ${mark}`]),
    ...(link?.mtu === mtu ? [] : [`link set dev ${bridge} mtu ${mtu}`]),
    ...stray.map((one) => `address delete ${one.local}/${one.prefixlen} dev ${bridge}`),
    ...(link?.addr_info.some((one) => `${one.local}/${one.prefixlen}` === wanted)
      ? []
      : [`address add ${wanted} dev ${bridge}`]),
    ...(link?.flags.includes('UP') ? [] : [`link set dev ${bridge} up`]),
  ]
}

/** A bridge whose MAC nobody has set has that of one of its members, and another one as soon as that goes: the others lose their gateway. */
function macLines(bridge: string, wanted: string, link: Link | undefined): readonly string[] {
  if (link === undefined) return [`link add name ${bridge} address ${wanted} type bridge forward_delay 0`]
  // What its members know is set, so that it stays.
  return link.address === wanted ? [] : [`link set dev ${bridge} address ${link.address}`]
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

/** A hosts file goes with the last container on its set of networks. */
async function removeStaleHosts(write: WriteContext): Promise<void> {
  const records = await readNetworkRecords(write.host, write.paths)
  // Which files those of a record that cannot be read need is not known.
  if ((await readUnusableRecords(write.host, write.paths, records)).size > 0) return
  const kept = new Set([...records.values()].flatMap((spec) => Object.keys(spec.hosts)))
  const folder = join(write.paths.run, 'hosts')
  for (const name of await write.host.readDir(folder))
    if (!kept.has(name)) await write.host.removeTree(join(folder, name))
}
