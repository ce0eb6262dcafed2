import type { Address, Kind } from './address.ts'
import type { ActualOf, SpecOf } from './kinds.ts'

/** An object of this instance. `spec` is what was last applied, read from the host; undefined: its record is lost. */
interface Owned<K extends Kind> {
  readonly kind: K
  readonly presence: 'owned'
  readonly spec: SpecOf<K> | undefined
  readonly actual: ActualOf<K>
}

/** An object of someone else in the place of a wanted one: it is reported, never repaired. */
interface Unmanaged<K extends Kind> {
  readonly kind: K
  readonly presence: 'unmanaged'
  readonly actual: ActualOf<K>
}

/** Unions by kind: a check of `kind` narrows `spec` and `actual`. An object that is not there has no observation. */
export type OwnedOf<K extends Kind = Kind> = { readonly [P in K]: Owned<P> }[K]
export type ObservationOf<K extends Kind = Kind> = { readonly [P in K]: Owned<P> | Unmanaged<P> }[K]
export type Observation = ObservationOf

/** True if an object of this kind exists and belongs to this instance. */
export const isOwned = <K extends Kind>(
  observed: Observation | undefined,
  kind: K,
): observed is Observation & OwnedOf<K> => observed?.kind === kind && observed.presence === 'owned'

/** Of the owned objects of one kind what was last applied, where that is known. Pure. */
export function ownedSpecs<K extends Kind>(
  resources: ReadonlyMap<Address, Observation>,
  kind: K,
): ReadonlyMap<Address, SpecOf<K>> {
  const specs = new Map<Address, SpecOf<K>>()
  for (const [at, one] of resources) if (isOwned(one, kind) && one.spec !== undefined) specs.set(at, one.spec)
  return specs
}

/** An observation as one of this kind; undefined: it is of another. */
export const observedAs = <K extends Kind>(
  observed: Observation | ObservationOf<K> | undefined,
  kind: K,
): ObservationOf<K> | undefined => (isOfKind(observed, kind) ? observed : undefined)

const isOfKind = <K extends Kind>(
  observed: Observation | ObservationOf<K> | undefined,
  kind: K,
): observed is ObservationOf<K> => observed?.kind === kind
