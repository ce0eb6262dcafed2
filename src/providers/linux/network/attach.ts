import type { Paths } from '../../../host/files/paths.ts'
import { HeroPodsError } from '../../../model/errors.ts'
import type { ResourceAddress } from '../../../model/resource-address.ts'
import { replicaSlot } from '../../../model/run.ts'
import { uncached } from '../../contexts.ts'
import type { WriteContext } from '../../provider.ts'
import { hostLink, hostLinkPrefix, netnsName } from '../run-names.ts'
import { ipBatch } from './commands/ip-batch.ts'
import { type NamespaceLines, namespaceBatch } from './commands/namespace-batch.ts'
import { type Attachment, type DriverTable, driverOf } from './driver.ts'
import { networkDrivers } from './driver-registry.ts'
import { type Link, readLinks } from './links.ts'
import { readNamespaces } from './namespaces.ts'
import { ownerAlias } from './records/owner-alias.ts'

/** Drift of the host's ends of a container's interfaces, as text. Pure. */
export const linkDrift = (
  paths: Paths,
  { container, interfaces }: Attachment,
  links: ReadonlyMap<string, Link>,
  drivers: DriverTable = networkDrivers,
): readonly string[] =>
  interfaces.flatMap((one) => {
    const driver = driverOf(drivers, one.driver)
    if (driver === undefined) return [`its network ${one.network} has the unknown driver ${one.driver}`]
    return driver.interfaceDrift(paths, container, one, links) ?? []
  })

/**
 * Makes the network namespaces and interfaces of many containers with a few commands, before their processes start. Removes leftovers of a
 * killed run first. Returns the error of each container whose network is not complete.
 */
export async function attach(
  write: WriteContext,
  attachments: readonly Attachment[],
  drivers: DriverTable = networkDrivers,
): Promise<ReadonlyMap<ResourceAddress, HeroPodsError>> {
  if (attachments.length === 0) return new Map()
  await detach(
    write,
    attachments.map((one) => one.container),
    attachments,
  )
  await ipBatch(
    write,
    attachments.flatMap((one) => [
      `netns add ${netnsName(write.paths, one.container)}`,
      ...hostCommands(write, one, drivers),
    ]),
  )
  await namespaceBatch(
    write,
    attachments.map((one) => namespaceLines(write.paths, one, drivers)),
  )
  return attachErrors(write, attachments, drivers)
}

/**
 * Repairs interfaces in existing namespaces that have no link, are not on their bridge, or are down. With `clears`, addresses and routes
 * in the namespaces are removed first and set again. Processes are not changed.
 */
export async function reattach(
  write: WriteContext,
  attachments: readonly Attachment[],
  clears = false,
  drivers: DriverTable = networkDrivers,
): Promise<void> {
  await ipBatch(
    write,
    attachments.flatMap((one) => hostCommands(write, one, drivers)),
  )
  if (clears)
    await ipBatch(
      write,
      attachments.flatMap((one) => clearCommands(write.paths, one, drivers)),
    )
  await namespaceBatch(
    write,
    attachments.map((one) => namespaceLines(write.paths, one, drivers)),
  )
}

/** Sets the default routes in existing namespaces and deletes others on the same interfaces. Links, addresses and processes are not changed. */
export const reroute = (
  write: WriteContext,
  attachments: readonly Attachment[],
  drivers: DriverTable = networkDrivers,
): Promise<void> =>
  namespaceBatch(
    write,
    attachments.map((one) => routeLines(write.paths, one, drivers)),
  )

/** Removes namespaces and links, even incomplete ones. The host's end is removed first, since it exists a moment longer than its namespace. */
export async function detach(
  write: WriteContext,
  containers: readonly ResourceAddress[],
  known: readonly Attachment[] = [],
): Promise<void> {
  const now = uncached(write)
  const [links, namespaces] = await Promise.all([readLinks(now), readNamespaces(now)])
  const slots = new Set(containers.map(replicaSlot))
  const marks = new Set([...slots].map((container) => ownerAlias(write.paths, container)))
  const hostLinkNames = new Set(
    known.flatMap((one) => one.interfaces.map(({ network }) => hostLink(write.paths, one.container, network))),
  )
  const stale = [...links.values()].filter(
    (link) =>
      link.ifname.startsWith(hostLinkPrefix) && (marks.has(link.ifalias ?? '') || hostLinkNames.has(link.ifname)),
  )
  await ipBatch(write, [
    ...stale.map((link) => `link delete dev ${link.ifname}`),
    ...[...namespaces]
      .filter((container) => slots.has(container))
      .map((container) => `netns delete ${netnsName(write.paths, container)}`),
  ])
}

const hostCommands = (
  { paths }: WriteContext,
  { container, interfaces }: Attachment,
  drivers: DriverTable,
): readonly string[] => interfaces.flatMap((one) => driverOf(drivers, one.driver)?.connect(paths, container, one) ?? [])

const namespaceLines = (paths: Paths, { container, interfaces }: Attachment, drivers: DriverTable): NamespaceLines => ({
  netns: netnsName(paths, container),
  lines: ['link set dev lo up', ...interfaces.flatMap((one) => driverOf(drivers, one.driver)?.configure(one) ?? [])],
})

/** Deletions come first: two interfaces must not have a default route at the same time. */
function routeLines(paths: Paths, { container, interfaces }: Attachment, drivers: DriverTable): NamespaceLines {
  const withoutDefault = interfaces.filter(({ gateway }) => gateway === undefined)
  const withDefault = interfaces.filter(({ gateway }) => gateway !== undefined)
  return {
    netns: netnsName(paths, container),
    lines: [...withoutDefault, ...withDefault].flatMap((one) => driverOf(drivers, one.driver)?.route(one) ?? []),
  }
}

/** One process for each line, since `ip` takes the option of the address family only before `-batch`. */
const clearCommands = (paths: Paths, { container, interfaces }: Attachment, drivers: DriverTable): readonly string[] =>
  interfaces
    .flatMap((one) => driverOf(drivers, one.driver)?.clear(one) ?? [])
    .map((line) => `netns exec ${netnsName(paths, container)} ip ${line}`)

async function attachErrors(
  write: WriteContext,
  attachments: readonly Attachment[],
  drivers: DriverTable,
): Promise<ReadonlyMap<ResourceAddress, HeroPodsError>> {
  const now = uncached(write)
  const [links, namespaces] = await Promise.all([readLinks(now), readNamespaces(now)])
  const errors = new Map<ResourceAddress, HeroPodsError>()
  for (const attachment of attachments) {
    const drift = namespaces.has(replicaSlot(attachment.container))
      ? linkDrift(write.paths, attachment, links, drivers)
      : ['its namespace could not be made']
    if (drift.length > 0) errors.set(attachment.container, notAttachedError(attachment.container, drift))
  }
  return errors
}

const notAttachedError = (container: ResourceAddress, drift: readonly string[]): HeroPodsError =>
  new HeroPodsError({
    code: 'network-not-attached',
    message: `${container} has no network: ${drift.join('; ')}.`,
    hint: 'Run apply again; `heropods doctor` checks the host.',
    retryable: true,
    address: container,
  })
