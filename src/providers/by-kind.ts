import type { Address, Kind } from '../model/address.ts'
import type { Change, Diff } from '../model/change.ts'
import { isResource, type Resource, type ResourceOf, specsOf } from '../model/desired.ts'
import type { Diagnostic } from '../model/errors.ts'
import type { SpecOf } from '../model/kinds.ts'
import { type Observation, type ObservationOf, type OwnedOf, observedAs } from '../model/observation.ts'
import type { Provider, ReadContext, WriteContext } from './provider.ts'

/**
 * The provider of each kind. The functions below hand it the objects of its kind: they are generic in the kind K, for the compiler
 * relates `providers[kind]` to a spec of K, but not a union of providers to a union of specs.
 */
export type Providers = { readonly [K in Kind]: Provider<K> }

/** What was observed of one kind. Pure. */
function observedOf<K extends Kind>(
  resources: ReadonlyMap<Address, Observation>,
  kind: K,
): ReadonlyMap<Address, ObservationOf<K>> {
  const found = new Map<Address, ObservationOf<K>>()
  for (const [at, one] of resources) {
    const own = observedAs(one, kind)
    if (own) found.set(at, own)
  }
  return found
}

export const observeKind = <K extends Kind>(
  providers: Providers,
  kind: K,
  read: ReadContext,
  wanted: ReadonlyMap<Address, Resource>,
): Promise<ReadonlyMap<Address, ObservationOf<K>>> => providers[kind].observe(read, specsOf(wanted, kind))

/** What of this host would make steps of one kind fail. */
export async function preflightKind<K extends Kind>(
  providers: Providers,
  kind: K,
  read: ReadContext,
  { wanted, resources }: { wanted: ReadonlyMap<Address, Resource>; resources: ReadonlyMap<Address, Observation> },
  options: { readonly restores: boolean },
): Promise<readonly Diagnostic[]> {
  const specs = specsOf(wanted, kind)
  if (specs.size === 0) return []
  return (await providers[kind].preflight?.(read, specs, observedOf(resources, kind), options)) ?? []
}

export const warningsOfKind = async <K extends Kind>(
  providers: Providers,
  kind: K,
  read: ReadContext,
  resources: ReadonlyMap<Address, Observation>,
): Promise<readonly Diagnostic[]> => (await providers[kind].warnings?.(read, observedOf(resources, kind))) ?? []

/** How an owned object differs from what is wanted. Pure. */
export function diffOf<K extends Kind>(providers: Providers, wanted: ResourceOf<K>, observed: OwnedOf<K>): Diff {
  return providers[wanted.kind].diff(wanted.spec, observed)
}

/** What an object refers to; nothing where its spec is not known. Pure. */
export const referencesOf = <K extends Kind>(
  providers: Providers,
  { kind, spec }: { readonly kind: K; readonly spec: SpecOf<K> | undefined },
): readonly Address[] => (spec === undefined ? [] : providers[kind].references(spec))

/** Pure. */
export const uprootsOf = <K extends Kind>(
  providers: Providers,
  { kind, changes }: { readonly kind: K; readonly changes: readonly Change[] },
  observed: Observation | undefined,
): boolean => providers[kind].uproots?.(changes, observedAs(observed, kind)) ?? false

/** Writes the record of an object that has lost it. Answers whether it could be written. */
export const rebuildKind = async <K extends Kind>(
  providers: Providers,
  kind: K,
  write: WriteContext,
  address: Address,
  applied: Resource | undefined,
): Promise<boolean> =>
  (await providers[kind].rebuild?.(write, address, isResource(applied, kind) ? applied.spec : undefined)) ?? false
