import type { Diagnostic } from '../../../model/errors.ts'
import type { NetworkSpec } from '../../../model/kinds/network.ts'
import type { ObservationOf } from '../../../model/observation.ts'
import type { ResourceAddress } from '../../../model/resource-address.ts'
import type { ReadContext } from '../../provider.ts'
import { type DriverTable, driverOf } from './driver.ts'
import { unendedFlows } from './flows/udp-flows.ts'
import { otherOwners } from './ipam/other-instances.ts'
import { subnetConflicts } from './ipam/subnet-conflicts.ts'
import { readRoutes } from './links.ts'
import { duplicatePorts, identityOf, publishedPorts } from './ports/published.ts'
import { shadowedListeners, takenPorts } from './ports/taken-ports.ts'

type Networks = ReadonlyMap<ResourceAddress, NetworkSpec>

type Observed = ReadonlyMap<ResourceAddress, ObservationOf<'network'>>

/**
 * Problems of the host that would make steps fail: overlapping subnets, too many members, taken ports. Existing networks and ports were
 * checked when they were made. Reads only.
 */
export async function networkPreflight(
  drivers: DriverTable,
  read: ReadContext,
  networks: Networks,
  observed: Observed,
): Promise<readonly Diagnostic[]> {
  const existing = existingNetworks(observed)
  const known = new Set(publishedPorts(existing).map(identityOf))
  const published = publishedPorts(networks)
  const added = published.filter((one) => !known.has(identityOf(one)))
  const [ofSubnets, ofPorts] = await Promise.all([newSubnets(read, networks, existing), takenPorts(read, added)])
  return [
    ...ofSubnets,
    ...[...networks].flatMap(([address, spec]) => crowded(drivers, address, spec)),
    ...duplicatePorts(added, published),
    ...ofPorts,
  ]
}

/** Warnings about existing networks that do not work as their users expect. */
export async function networkWarnings(read: ReadContext, observed: Observed): Promise<readonly Diagnostic[]> {
  const existing = existingNetworks(observed)
  return [...(await shadowedListeners(read, publishedPorts(existing))), ...(await unendedFlows(read.host, existing))]
}

const existingNetworks = (observed: Observed): Networks =>
  new Map(
    [...observed].flatMap(([address, one]) =>
      one.presence === 'owned' && one.spec ? [[address, one.spec] as const] : [],
    ),
  )

async function newSubnets(read: ReadContext, networks: Networks, existing: Networks): Promise<readonly Diagnostic[]> {
  const added = [...networks].filter(([address, spec]) => existing.get(address)?.subnet !== spec.subnet)
  if (added.length === 0) return []
  const [routes, owners] = await Promise.all([readRoutes(read), otherOwners(read)])
  const use = { networks, routes, owners, exists: (address: ResourceAddress) => existing.has(address) }
  return [
    ...added.flatMap(([address, spec]) => bridgeTaken(address, spec, owners)),
    ...subnetConflicts(
      added.map(([address]) => address),
      use,
    ),
  ]
}

/** Only the default network has a bridge with a name that another instance may use. */
function bridgeTaken(
  address: ResourceAddress,
  { bridge }: NetworkSpec,
  owners: ReadonlyMap<string, string>,
): Diagnostic[] {
  const owner = owners.get(bridge)
  if (owner === undefined) return []
  return [
    {
      code: 'foreign-object',
      message: `The bridge ${bridge} of ${address} belongs to ${owner}.`,
      hint: 'Run the command again: it chooses another bridge, unless the settings of the instance name this one. They are changed with `heropods instance set NAME --bridge BRIDGE`.',
      address,
    },
  ]
}

function crowded(drivers: DriverTable, address: ResourceAddress, { driver, members }: NetworkSpec): Diagnostic[] {
  const maxMembers = driverOf(drivers, driver)?.traits.maxMembers
  if (maxMembers === undefined || members.length <= maxMembers) return []
  return [
    {
      code: 'network-too-many-members',
      message: `${address} would have ${members.length} members; a ${driver} allows ${maxMembers}.`,
      hint: 'Spread the containers over several networks.',
      address,
    },
  ]
}
