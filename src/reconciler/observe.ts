import type { Resource } from '../model/desired.ts'
import type { Observation } from '../model/observation.ts'
import { kinds, type ResourceAddress } from '../model/resource-address.ts'
import { observeKind, type Providers } from '../providers/by-kind.ts'
import type { ReadContext } from '../providers/provider.ts'
import type { State, StateSnapshot } from '../state/state.ts'

/** Every object that the instance owns, every unmanaged object in the place of a desired one, and the records. */
export interface Snapshot {
  readonly observations: ReadonlyMap<ResourceAddress, Observation>
  readonly state: StateSnapshot
}

/** Observes all kinds at the same time, each object once, and reads the records. Changes nothing. */
export async function observe(
  read: ReadContext,
  providers: Providers,
  state: State,
  desired: ReadonlyMap<ResourceAddress, Resource>,
): Promise<Snapshot> {
  const [records, ...observed] = await Promise.all([
    state.read(),
    ...kinds.map((kind) => observeKind(providers, kind, read, desired)),
  ])
  return { state: records, observations: new Map(observed.flatMap((found) => [...found])) }
}
