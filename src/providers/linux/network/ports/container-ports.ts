import type { Diagnostic } from '../../../../model/errors.ts'
import type { NetworkSpec, PublishedPort } from '../../../../model/kinds/network.ts'
import type { Observation } from '../../../../model/observation.ts'
import { isOwned } from '../../../../model/observation.ts'
import { parseResourceAddress, type ResourceAddress } from '../../../../model/resource-address.ts'
import type { ReadContext } from '../../../provider.ts'
import { duplicatePorts, identityOf, type Published, publishedPorts } from './published.ts'
import { takenPorts } from './taken-ports.ts'

/**
 * Ports of a container that another stack or a process of the host has. Other containers of its own stack do not count: the same run may
 * change them. Reads only.
 */
export async function containerPortProblems(
  read: ReadContext,
  container: ResourceAddress,
  ports: readonly PublishedPort[],
  observed: ReadonlyMap<ResourceAddress, Observation>,
): Promise<readonly Diagnostic[]> {
  const { added, others } = portCandidates(container, ports, observed)
  if (added.length === 0) return []
  return [...duplicatePorts(added, [...others, ...added]), ...(await takenPorts(read, added))]
}

/** The ports that a container does not have yet, and those of other stacks. Pure. */
export function portCandidates(
  container: ResourceAddress,
  ports: readonly PublishedPort[],
  observed: ReadonlyMap<ResourceAddress, Observation>,
): { readonly added: readonly Published[]; readonly others: readonly Published[] } {
  const networks = new Map(
    [...observed].flatMap(([address, one]): readonly (readonly [ResourceAddress, NetworkSpec])[] =>
      isOwned(one, 'network') && one.spec ? [[address, one.spec]] : [],
    ),
  )
  const existing = publishedPorts(networks)
  const known = new Set(existing.map(identityOf))
  const { stack } = parseResourceAddress(container)
  const member = { container, ip: '', mac: '', names: [], ports }
  return {
    added: ports.map((port) => ({ member, port })).filter((one) => !known.has(identityOf(one))),
    others: existing.filter((one) => parseResourceAddress(one.member.container).stack !== stack),
  }
}
