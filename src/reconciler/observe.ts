import { type Address, type Kind, kinds } from '../model/address.ts'
import type { Resource } from '../model/desired.ts'
import type { Observation } from '../model/observation.ts'
import type { ReadContext } from '../providers/provider.ts'
import type { Registry } from '../providers/registry.ts'
import type { State, StateSnapshot } from '../state/state.ts'

/** What is: every object the instance owns, and what stands in the place of a wanted one; with the records beside it. */
export interface Snapshot {
  readonly resources: ReadonlyMap<Address, Observation>
  readonly state: StateSnapshot
}

/** Reads the whole host once, all kinds at the same time, and the records in one go. Changes nothing. */
export async function observe(
  read: ReadContext,
  registry: Registry,
  state: State,
  wanted: ReadonlyMap<Address, Resource>,
): Promise<Snapshot> {
  const ofKind = (kind: Kind) =>
    new Map([...wanted.values()].filter((one) => one.kind === kind).map((one) => [one.address, one.spec]))
  const [records, ...observed] = await Promise.all([
    state.read(),
    ...kinds.map((kind) => registry.providers[kind].observe(read, ofKind(kind))),
  ])
  return { state: records, resources: new Map(observed.flatMap((found) => [...found])) }
}
