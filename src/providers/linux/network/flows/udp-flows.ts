import { join } from 'node:path'
import { readJson } from '../../../../host/files/json.ts'
import type { Paths } from '../../../../host/files/paths.ts'
import type { HostReader } from '../../../../host/host.ts'
import { findProgram } from '../../../../host/requirements.ts'
import type { Address } from '../../../../model/address.ts'
import type { Diagnostic } from '../../../../model/errors.ts'
import { contains } from '../../../../model/ip/prefix.ts'
import { parseIp, parsePrefix } from '../../../../model/ip/text.ts'
import { listOf, number, object, text } from '../../../../model/values/shape.ts'
import type { ReadContext, WriteContext } from '../../../provider.ts'
import { safeLine } from '../commands/safe-line.ts'
import { readLinks } from '../links.ts'
import { readNetworkRecords } from '../records/records.ts'
import { type Gone, goneBetween, ledPorts, type Networks, parseFlows, staleFlows } from './stale-flows.ts'

/** Written before rules change, removed when entries have gone: a killed run leaves it to the next one. Lost at a reboot, as entries are. */
const notePath = (paths: Paths): string => join(paths.run, 'udp-flows.json')

const goneRecord = object<Gone>({ ports: listOf(object({ published: number })), ips: listOf(text) })

const canEnd = async (host: HostReader): Promise<boolean> => (await findProgram(host, 'conntrack')) !== undefined

/** What entries are still to be ended for; undefined: for none. A note that cannot be read names nothing in particular. */
export async function readGone({ host, paths }: ReadContext): Promise<Gone | undefined> {
  if ((await host.stat(notePath(paths))) === undefined) return undefined
  const note = await readJson<Gone>(host, notePath(paths), goneRecord)
  return note ?? { ports: [], ips: [] }
}

/**
 * Notes that rules are about to change, so that entries of the old ones can be ended after that. Where no port changes, rules may have been
 * away: who began to send meanwhile has an entry without them.
 */
export async function noteGone(write: WriteContext, before: Networks, after: Networks): Promise<void> {
  const gone = goneBetween(before, after) ?? (ledPorts(after).length > 0 ? { ports: [], ips: [] } : undefined)
  if (gone === undefined || !(await canEnd(write.host))) return
  const earlier = await readGone(write)
  const all = { ports: [...(earlier?.ports ?? []), ...gone.ports], ips: [...(earlier?.ips ?? []), ...gone.ips] }
  await write.host.writeFile(notePath(write.paths), JSON.stringify(all))
}

/** Ends the entries of rules that have gone, once the rules are what they should be. One look at the table, whatever has changed. */
export async function endStaleFlows(write: WriteContext): Promise<void> {
  const { host, paths } = write
  const gone = await readGone(write)
  if (gone === undefined) return
  const list = await host.query({ program: 'conntrack', args: ['-L', '-p', 'udp'] })
  const locals = [...(await readLinks(write)).values()].flatMap((link) => link.addr_info.map((one) => one.local))
  const loopback = parsePrefix('127.0.0.0/8')
  const isLocal = (ip: string): boolean => locals.includes(ip) || contains(loopback, parseIp(ip))
  const stale = staleFlows(parseFlows(list.stdout), await readNetworkRecords(host, paths), gone, isLocal)
  const lines = stale.map(({ src, dst, sport, dport }) =>
    safeLine(`-D -p udp -s ${src} -d ${dst} --sport ${sport} --dport ${dport}`),
  )
  if (lines.length > 0) {
    const all = await host.attempt({ program: 'conntrack', args: ['-R', '-'], input: `${lines.join('\n')}\n` })
    // Before 1.4.7 it reads no lines. A flow that has ended by itself is not a fault.
    if (all.exitCode !== 0)
      for (const line of lines) await host.attempt({ program: 'conntrack', args: line.split(' ') })
  }
  await host.removeTree(notePath(paths))
}

/** Where senders stay with containers that have gone, since the program that would end their flows is not there. */
export const keptFlows = async (host: HostReader, networks: Networks): Promise<readonly Diagnostic[]> =>
  (await canEnd(host)) ? [] : [...networks].filter(([at, spec]) => ledPorts(new Map([[at, spec]])).length > 0).map(kept)

const kept = ([at]: readonly [Address, unknown]): Diagnostic => ({
  code: 'udp-flows-kept',
  message: `Clients that keep sending to a udp port of ${at} still reach the container that had it: \`conntrack\` is not installed.`,
  hint: 'Install it: `heropods doctor` says how.',
  address: at,
})
