import { type Address, kinds } from '../model/address.ts'
import type { Resource } from '../model/desired.ts'
import type { Observation } from '../model/observation.ts'
import { observeKind, type Providers } from '../providers/by-kind.ts'
import type { ReadContext } from '../providers/provider.ts'
import type { State, StateSnapshot } from '../state/state.ts'

/** What is: every object the instance owns, and what stands in the place of a wanted one; with the records beside it. */
export interface Snapshot {
  readonly resources: ReadonlyMap<Address, Observation>
  readonly state: StateSnapshot
}

/** Reads the whole host once, all kinds at the same time, and the records in one go. Changes nothing. */
export async function observe(
  read: ReadContext,
  providers: Providers,
  state: State,
  wanted: ReadonlyMap<Address, Resource>,
): Promise<Snapshot> {
  const [records, ...observed] = await Promise.all([
    state.read(),
    ...kinds.map((kind) => observeKind(providers, kind, read, wanted)),
  ])
  return { state: records, resources: new Map(observed.flatMap((found) => [...found])) }
}
