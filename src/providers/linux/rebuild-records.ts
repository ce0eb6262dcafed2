import { isResource, type Resource, specsOf } from '../../model/desired.ts'
import { type Diagnostic, toDiagnostic } from '../../model/errors.ts'
import type { SpecOf } from '../../model/kinds.ts'
import { type Observation, type OwnedOf, ownedSpecs } from '../../model/observation.ts'
import type { Kind, ResourceAddress } from '../../model/resource-address.ts'
import type { WriteContext } from '../provider.ts'
import type { LostRecords, RebuiltRecords } from '../runtime.ts'
import { rebuildContainer } from './container/apply/rebuild.ts'
import { rebuildImage } from './image/apply.ts'
import { deriveMembers } from './network/members.ts'
import { rebuildNetworkRecord } from './network/records/records.ts'
import { rebuildVolume } from './volume/apply.ts'

type Rebuild<K extends Kind> = (
  write: WriteContext,
  address: ResourceAddress,
  spec: SpecOf<K> | undefined,
) => Promise<boolean>

/** In the order of the calls: members of networks are derived from the records of containers. */
const rebuilders: { readonly [K in Kind]: Rebuild<K> } = {
  container: rebuildContainer,
  network: rebuildNetworkRecord,
  volume: rebuildVolume,
  image: rebuildImage,
}
const order: readonly Kind[] = ['container', 'network', 'volume', 'image']

/** Generic in the kind: the compiler relates a rebuilder to the spec of its kind. */
const rebuild = <K extends Kind>(
  kind: K,
  write: WriteContext,
  address: ResourceAddress,
  applied: Resource | undefined,
) => rebuilders[kind](write, address, isResource(applied, kind) ? applied.spec : undefined)

/** Writes the records of existing objects that have lost theirs. The objects are not changed. */
export async function rebuildRecords(write: WriteContext, lost: LostRecords): Promise<RebuiltRecords> {
  const rebuilt: ResourceAddress[] = []
  const failures: Diagnostic[] = []
  for (const kind of order) {
    const applied = kind === 'network' ? withMembers(lost.applied, await lost.observe()) : lost.applied
    for (const [address, one] of lost.observed) {
      if (one.kind !== kind || one.presence !== 'owned' || !mayBeLost(one)) continue
      try {
        if (await rebuild(kind, write, address, applied.get(address))) rebuilt.push(address)
      } catch (error) {
        failures.push({ ...toDiagnostic(error), address })
      }
    }
  }
  return { rebuilt, failures }
}

/** False for a network with a readable record. The providers of other kinds check their records themselves. */
const mayBeLost = ({ kind, spec }: OwnedOf): boolean => kind !== 'network' || spec === undefined

type Applied = ReadonlyMap<ResourceAddress, Resource>

/** Networks with the members that are derived from the present containers. Pure. */
function withMembers(applied: Applied, resources: ReadonlyMap<ResourceAddress, Observation>): Applied {
  const lost = new Map([...applied].filter(([address]) => resources.get(address)?.presence === 'owned'))
  const known = <K extends Kind>(kind: K) => new Map([...specsOf(lost, kind), ...ownedSpecs(resources, kind)])
  const containers = [...known('container')].map(([address, spec]) => ({ address, spec }))
  const members = deriveMembers(containers, known('network'))
  return new Map(
    [...applied].map(([address, one]) => [
      address,
      one.kind === 'network' ? { ...one, spec: { ...one.spec, ...members.get(address) } } : one,
    ]),
  )
}
