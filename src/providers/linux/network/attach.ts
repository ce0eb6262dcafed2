import { join } from 'node:path'
import { type Paths, shortHash } from '../../../host/files/paths.ts'
import type { HostReader } from '../../../host/host.ts'
import { type Address, address, parseAddress, replicaSlot } from '../../../model/address.ts'
import { HeroPodsError } from '../../../model/errors.ts'
import type { ReadContext, WriteContext } from '../../provider.ts'
import { inParallel } from '../each.ts'
import { ipBatch } from './commands/ip-batch.ts'
import { type Link, readLinks } from './links.ts'
import { ownerMark } from './records/records.ts'

/** One interface of a container, with all that its set-up needs. */
export interface Interface {
  /** eth0, eth1 ... */
  readonly name: string
  readonly network: Address
  readonly bridge: string
  readonly ip: string
  readonly prefix: number
  readonly mac: string
  readonly mtu: number
  /** Set on the interface that leads to everywhere else. */
  readonly gateway?: string
}

export interface Attachment {
  readonly container: Address
  readonly interfaces: readonly Interface[]
}

export const netnsFolder = '/run/netns'
/** What names of this instance’s network namespaces start with. */
export const netnsPrefix = (paths: Paths): string => `hp${paths.id}+`

/** Name of a container's network namespace: it says whose it is. */
export function netnsName(paths: Paths, container: Address): string {
  const { stack, name } = parseAddress(replicaSlot(container))
  return `${netnsPrefix(paths)}${stack}+${name}`
}

/** Host end of a container's link to a network: at most 15 characters. */
export const hostLink = (paths: Paths, container: Address, network: Address): string =>
  `hv${shortHash(`${paths.id} ${replicaSlot(container)} ${network}`)}`

/** Containers of this instance that have a network namespace, each as its `bodyOf`. */
export async function readNamespaces(read: ReadContext): Promise<ReadonlySet<Address>> {
  const prefix = netnsPrefix(read.paths)
  const names = (await read.host.readDir(netnsFolder)).filter((name) => name.startsWith(prefix))
  return new Set(
    names.map((name) => {
      const [stack = '', container = ''] = name.slice(prefix.length).split('+')
      return address(stack, 'container', container)
    }),
  )
}

/** Number of a named namespace, as /proc/PID/ns/net shows it; undefined: there is none. */
export async function namespaceInode(host: HostReader, name: string): Promise<number | undefined> {
  return (await host.statTarget(join(netnsFolder, name)).catch(() => undefined))?.inode
}

/** How a container's links on the host differ from what they should be, in words. */
export function linkDrift(paths: Paths, attachment: Attachment, links: ReadonlyMap<string, Link>): readonly string[] {
  return attachment.interfaces.flatMap((one): string[] => {
    const link = links.get(hostLink(paths, attachment.container, one.network))
    if (link === undefined) return [`its link to ${one.network} is gone`]
    if (link.master !== one.bridge) return [`its link is not on the bridge ${one.bridge}`]
    if (!link.flags.includes('UP')) return [`its link to ${one.network} is down`]
    return link.linkinfo?.info_slave_data?.hairpin === true
      ? []
      : [`its link to ${one.network} does not lead back to itself (hairpin)`]
  })
}

/** More processes than this do not make the kernel's own locks faster. */
const width = (host: HostReader): number => 2 * host.system.cpus

/**
 * Sets up the namespaces of many containers, whole and before any process: a few spawns for all. Leftovers of a killed run are
 * taken away first. Answers the error of each container that did not come up.
 */
export async function attach(
  write: WriteContext,
  attachments: readonly Attachment[],
): Promise<ReadonlyMap<Address, HeroPodsError>> {
  if (attachments.length === 0) return new Map()
  await detach(
    write,
    attachments.map((one) => one.container),
    attachments,
  )
  await ipBatch(
    write,
    attachments.flatMap((one) => hostLines(write.paths, one)),
  )
  await inParallel(chunks(attachments, width(write.host)), width(write.host), (some) =>
    ipBatch(
      write,
      some.flatMap((one) => insideLines(write.paths, one)),
    ),
  )
  return unattached(write, attachments)
}

/**
 * Puts links back that are gone, lost their bridge or went down, into the namespaces that stand. With `cleared`, addresses and routes
 * inside are set anew. Processes are not touched.
 */
export async function reattach(
  write: WriteContext,
  attachments: readonly Attachment[],
  cleared = false,
): Promise<void> {
  await ipBatch(
    write,
    attachments.flatMap((one) => hostLines(write.paths, one).slice(1)),
  )
  await ipBatch(
    write,
    attachments.flatMap((one) => [
      ...(cleared ? clearingLines(write.paths, one) : []),
      ...insideLines(write.paths, one),
    ]),
  )
}

const clearingLines = (paths: Paths, { container, interfaces }: Attachment): readonly string[] =>
  interfaces.map((one) => `netns exec ${netnsName(paths, container)} ip -4 address flush dev ${one.name}`)

/** Takes namespaces and links away; what is gone already is fine. The host's end goes first: it outlives its namespace for a moment. */
export async function detach(
  write: WriteContext,
  containers: readonly Address[],
  known: readonly Attachment[] = [],
): Promise<void> {
  const fresh = { ...write, once: <T>(_key: string, read: () => Promise<T>): Promise<T> => read() }
  const [links, namespaces] = await Promise.all([readLinks(fresh), readNamespaces(fresh)])
  const gone = new Set(containers.map(replicaSlot))
  const marks = new Set([...gone].map((container) => ownerMark(write.paths, container)))
  const names = new Set(
    known.flatMap((one) => one.interfaces.map((face) => hostLink(write.paths, one.container, face.network))),
  )
  const stale = [...links.values()].filter(
    (link) => link.ifname.startsWith('hv') && (marks.has(link.ifalias ?? '') || names.has(link.ifname)),
  )
  await ipBatch(write, [
    ...stale.map((link) => `link delete dev ${link.ifname}`),
    ...[...namespaces]
      .filter((container) => gone.has(container))
      .map((container) => `netns delete ${netnsName(write.paths, container)}`),
  ])
}

function hostLines(paths: Paths, { container, interfaces }: Attachment): readonly string[] {
  const netns = netnsName(paths, container)
  return [
    `netns add ${netns}`,
    ...interfaces.flatMap((one) => {
      const link = hostLink(paths, container, one.network)
      return [
        `link add name ${link} mtu ${one.mtu} type veth peer name ${one.name} address ${one.mac} mtu ${one.mtu} netns ${netns}`,
        `link set dev ${link} alias ${ownerMark(paths, replicaSlot(container))}`,
        `link set dev ${link} master ${one.bridge} up`,
        `link set dev ${link} type bridge_slave hairpin on`,
      ]
    }),
  ]
}

function insideLines(paths: Paths, { container, interfaces }: Attachment): readonly string[] {
  const inside = (line: string): string => `netns exec ${netnsName(paths, container)} ip ${line}`
  return [
    inside('link set dev lo up'),
    ...interfaces.flatMap((one) => [
      inside(`address add ${one.ip}/${one.prefix} dev ${one.name}`),
      inside(`link set dev ${one.name} up`),
      ...(one.gateway === undefined ? [] : [inside(`route add default via ${one.gateway} dev ${one.name}`)]),
    ]),
  ]
}

async function unattached(
  write: WriteContext,
  attachments: readonly Attachment[],
): Promise<ReadonlyMap<Address, HeroPodsError>> {
  const fresh = { ...write, once: <T>(_key: string, read: () => Promise<T>): Promise<T> => read() }
  const [links, namespaces] = await Promise.all([readLinks(fresh), readNamespaces(fresh)])
  const errors = new Map<Address, HeroPodsError>()
  for (const attachment of attachments) {
    const drift = namespaces.has(replicaSlot(attachment.container))
      ? linkDrift(write.paths, attachment, links)
      : ['its namespace could not be made']
    if (drift.length === 0) continue
    errors.set(
      attachment.container,
      new HeroPodsError({
        code: 'network-not-attached',
        message: `${attachment.container} has no network: ${drift.join('; ')}.`,
        hint: 'Run apply again; `heropods doctor` checks the host.',
        retryable: true,
        address: attachment.container,
      }),
    )
  }
  return errors
}

function chunks<T>(values: readonly T[], count: number): readonly (readonly T[])[] {
  const size = Math.max(1, Math.ceil(values.length / count))
  return Array.from({ length: Math.ceil(values.length / size) }, (_, index) =>
    values.slice(index * size, (index + 1) * size),
  )
}
