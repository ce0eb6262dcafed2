import type { ActualOf, SpecOf } from './kinds.ts'
import type { Kind, ResourceAddress } from './resource-address.ts'

/** An object of this instance. `spec` is the last applied spec, read from the host; undefined: its record is lost. */
interface Owned<K extends Kind> {
  readonly kind: K
  readonly presence: 'owned'
  readonly spec: SpecOf<K> | undefined
  readonly actual: ActualOf<K>
}

/** An object of another owner with the name of a desired one. It is reported, and never changed. */
interface Unmanaged<K extends Kind> {
  readonly kind: K
  readonly presence: 'unmanaged'
  readonly actual: ActualOf<K>
}

/** Unions by kind: a check of `kind` narrows `spec` and `actual`. An object that does not exist has no observation. */
export type OwnedOf<K extends Kind = Kind> = { readonly [P in K]: Owned<P> }[K]
export type ObservationOf<K extends Kind = Kind> = { readonly [P in K]: Owned<P> | Unmanaged<P> }[K]
export type Observation = ObservationOf

/** True if an object of this kind exists and belongs to this instance. */
export const isOwned = <K extends Kind>(
  observed: Observation | undefined,
  kind: K,
): observed is Observation & OwnedOf<K> => observed?.kind === kind && observed.presence === 'owned'

/** The last applied specs of the owned objects of one kind, except those whose record is lost. Pure. */
export function ownedSpecs<K extends Kind>(
  resources: ReadonlyMap<ResourceAddress, Observation>,
  kind: K,
): ReadonlyMap<ResourceAddress, SpecOf<K>> {
  const specs = new Map<ResourceAddress, SpecOf<K>>()
  for (const [address, one] of resources) if (isOwned(one, kind) && one.spec !== undefined) specs.set(address, one.spec)
  return specs
}

/** The observation with the type of this kind; undefined: it has another kind. */
export const observedAs = <K extends Kind>(
  observed: Observation | ObservationOf<K> | undefined,
  kind: K,
): ObservationOf<K> | undefined => (isOfKind(observed, kind) ? observed : undefined)

const isOfKind = <K extends Kind>(
  observed: Observation | ObservationOf<K> | undefined,
  kind: K,
): observed is ObservationOf<K> => observed?.kind === kind
