import { join } from 'node:path'
import { readJson } from '../../../../host/files/json.ts'
import type { Paths } from '../../../../host/files/paths.ts'
import type { HostReader } from '../../../../host/host.ts'
import { findProgram } from '../../../../host/requirements.ts'
import type { Diagnostic } from '../../../../model/errors.ts'
import { contains } from '../../../../model/ip/prefix.ts'
import { parseIp, parsePrefix } from '../../../../model/ip/text.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import { listOf, number, object, text } from '../../../../model/values/shape.ts'
import type { ReadContext, WriteContext } from '../../../provider.ts'
import { safeLine } from '../commands/safe-line.ts'
import { readLinks } from '../links.ts'
import { readNetworkRecords } from '../records/records.ts'
import {
  type Flow,
  type Networks,
  parseFlows,
  type Removed,
  removedBetween,
  staleFlows,
  udpForwardings,
} from './stale-flows.ts'

/**
 * File of pending removals. It is written before rules change and removed after their entries are deleted, so that the run after a killed
 * one deletes them. A reboot empties this folder and the connection table.
 */
const pendingPath = (paths: Paths): string => join(paths.run, 'udp-flows.json')

const removedShape = object<Removed>({ ports: listOf(object({ published: number })), ips: listOf(text) })

const nothing: Removed = { ports: [], ips: [] }

const canEnd = async (host: HostReader): Promise<boolean> => (await findProgram(host, 'conntrack')) !== undefined

/** The removals whose entries are not ended yet; undefined: there are none. A damaged file counts as a change without removals. */
export async function readPending({ host, paths }: ReadContext): Promise<Removed | undefined> {
  if ((await host.stat(pendingPath(paths))) === undefined) return undefined
  return (await readJson(host, pendingPath(paths), removedShape)) ?? nothing
}

/**
 * Records the removals of a change before the rules change. A change without removals is recorded as well if udp ports are published: rules
 * may have been missing, and entries made meanwhile ignore them.
 */
export async function recordRemoved(write: WriteContext, before: Networks, after: Networks): Promise<void> {
  const removed = removedBetween(before, after) ?? (udpForwardings(after).length > 0 ? nothing : undefined)
  if (removed === undefined || !(await canEnd(write.host))) return
  const pending = (await readPending(write)) ?? nothing
  const all = { ports: [...pending.ports, ...removed.ports], ips: [...pending.ips, ...removed.ips] }
  await write.host.writeFile(pendingPath(write.paths), JSON.stringify(all))
}

/** Ends the entries of removed rules, after the rules were written. Reads the connection table once, for any number of changes. */
export async function endStaleFlows(write: WriteContext): Promise<void> {
  const { host, paths } = write
  const removed = await readPending(write)
  if (removed === undefined) return
  const list = await host.query({ program: 'conntrack', args: ['-L', '-p', 'udp'] })
  const isLocal = await localAddresses(write)
  const stale = staleFlows(parseFlows(list.stdout), await readNetworkRecords(host, paths), removed, isLocal)
  await endFlows(write, stale)
  await host.removeTree(pendingPath(paths))
}

async function localAddresses(read: ReadContext): Promise<(ip: string) => boolean> {
  const links = [...(await readLinks(read)).values()]
  const local = new Set(links.flatMap((link) => link.addr_info.map((one) => one.local)))
  const loopback = parsePrefix('127.0.0.0/8')
  return (ip) => local.has(ip) || contains(loopback, parseIp(ip))
}

async function endFlows({ host }: WriteContext, flows: readonly Flow[]): Promise<void> {
  if (flows.length === 0) return
  const lines = flows.map(({ src, dst, sport, dport }) =>
    safeLine(`-D -p udp -s ${src} -d ${dst} --sport ${sport} --dport ${dport}`),
  )
  const all = await host.attempt({ program: 'conntrack', args: ['-R', '-'], input: `${lines.join('\n')}\n` })
  // Versions before 1.4.7 read no lines. An entry that has expired meanwhile does not matter.
  if (all.exitCode !== 0) for (const line of lines) await host.attempt({ program: 'conntrack', args: line.split(' ') })
}

/** Networks with udp ports on a host without the program that ends entries: clients may stay with a removed container. */
export async function unendedFlows(host: HostReader, networks: Networks): Promise<readonly Diagnostic[]> {
  if (await canEnd(host)) return []
  return [...networks]
    .filter(([address, spec]) => udpForwardings(new Map([[address, spec]])).length > 0)
    .map(([address]) => unended(address))
}

const unended = (address: ResourceAddress): Diagnostic => ({
  code: 'udp-flows-kept',
  message: `Clients that keep sending to a UDP port of ${address} still reach the container that had it: \`conntrack\` is not installed.`,
  hint: 'Install it: `heropods doctor` shows how.',
  address,
})
