import type { Change, Diff } from '../model/change.ts'
import { type Resource, type ResourceOf, type SecretValues, specsOf } from '../model/desired.ts'
import type { Diagnostic } from '../model/errors.ts'
import type { ObjectReference } from '../model/kind-rules.ts'
import type { SpecOf } from '../model/kinds.ts'
import { type Observation, type ObservationOf, type OwnedOf, observedAs } from '../model/observation.ts'
import type { Kind, ResourceAddress } from '../model/resource-address.ts'
import type { InstanceReader, Provider, ReadContext } from './provider.ts'

/**
 * The provider of each kind. The functions below pass objects to the provider of their kind. They are generic in the kind K: the compiler
 * can relate `providers[kind]` to a spec of K, but not a union of providers to a union of specs.
 */
export type Providers = { readonly [K in Kind]: Provider<K> }

/** The observed objects of one kind. Pure. */
function observedOf<K extends Kind>(
  resources: ReadonlyMap<ResourceAddress, Observation>,
  kind: K,
): ReadonlyMap<ResourceAddress, ObservationOf<K>> {
  const found = new Map<ResourceAddress, ObservationOf<K>>()
  for (const [address, one] of resources) {
    const own = observedAs(one, kind)
    if (own) found.set(address, own)
  }
  return found
}

export const observeKind = <K extends Kind>(
  providers: Providers,
  kind: K,
  read: ReadContext,
  desired: ReadonlyMap<ResourceAddress, Resource>,
): Promise<ReadonlyMap<ResourceAddress, ObservationOf<K>>> => providers[kind].observe(read, specsOf(desired, kind))

/** The problems that would make steps of one kind fail. */
export async function preflightKind<K extends Kind>(
  providers: Providers,
  kind: K,
  read: ReadContext,
  {
    desired,
    resources,
  }: { desired: ReadonlyMap<ResourceAddress, Resource>; resources: ReadonlyMap<ResourceAddress, Observation> },
  options: { readonly isRollback: boolean },
): Promise<readonly Diagnostic[]> {
  const specs = specsOf(desired, kind)
  if (specs.size === 0) return []
  return (await providers[kind].preflight?.(read, specs, observedOf(resources, kind), options)) ?? []
}

export const warningsOfKind = async <K extends Kind>(
  providers: Providers,
  kind: K,
  read: ReadContext,
  resources: ReadonlyMap<ResourceAddress, Observation>,
): Promise<readonly Diagnostic[]> => (await providers[kind].warnings?.(read, observedOf(resources, kind))) ?? []

/** How an owned object differs from the desired one. Pure. */
export function diffOf<K extends Kind>(providers: Providers, desired: ResourceOf<K>, observed: OwnedOf<K>): Diff {
  return providers[desired.kind].diff(desired.spec, observed)
}

/** An object of one kind; `spec` is undefined where its record is lost. */
interface Known<K extends Kind> {
  readonly kind: K
  readonly spec: SpecOf<K> | undefined
}

/** The references of an object; none if its spec is not known. Pure. */
export const referencesOf = <K extends Kind>(
  providers: Providers,
  { kind, spec }: Known<K>,
): readonly ObjectReference[] => (spec === undefined ? [] : providers[kind].rules.references(spec))

/** Names that only one object can have at a time. Pure. */
export const exclusiveOf = <K extends Kind>(providers: Providers, { kind, spec }: Known<K>): readonly string[] =>
  (spec && providers[kind].rules.exclusive?.(spec)) ?? []

/** True if objects of this kind run processes. Pure. */
export const runsProcesses = (providers: Providers, kind: Kind): boolean => providers[kind].rules.runsProcesses ?? false

/** True if making an object of this kind takes addresses or ports of the host. Pure. */
export const takesHostAddresses = (providers: Providers, kind: Kind): boolean =>
  providers[kind].rules.takesHostAddresses ?? false

/** True if objects of this kind hold data of users. Pure. */
export const holdsData = (providers: Providers, kind: Kind): boolean => providers[kind].rules.mayErase !== undefined

/** The objects of all kinds that were released and whose data exists. Reads only. */
export async function releasedObjects(
  providers: Providers,
  read: InstanceReader,
): Promise<ReadonlySet<ResourceAddress>> {
  const found = await Promise.all(Object.values(providers).map((provider) => provider.released?.(read) ?? []))
  return new Set(found.flatMap((some) => [...some]))
}

/** True if the data of an object may be erased. Pure. */
export const mayErase = <K extends Kind>(providers: Providers, { kind, spec }: Known<K>): boolean =>
  providers[kind].rules.mayErase?.(spec) ?? false

/** Why the data of an object may not be erased. Pure. */
export const notErasedBecause = <K extends Kind>(providers: Providers, { kind, spec }: Known<K>): string =>
  providers[kind].rules.notErasedBecause?.(spec) ?? 'protected'

/** True if an object has data of users that outlives it. Pure. */
export const leavesData = <K extends Kind>(providers: Providers, { kind, spec }: Known<K>): boolean =>
  holdsData(providers, kind) && !(providers[kind].rules.isTemporary?.(spec) ?? false)

/** The same object, its spec in the format of this version. Pure. */
export function upgradedSpec<K extends Kind, One extends Known<K>>(
  providers: Providers,
  one: One & Known<K>,
  secretValues: SecretValues,
): One {
  const { upgraded } = providers[one.kind].rules
  return one.spec === undefined || upgraded === undefined ? one : { ...one, spec: upgraded(one.spec, secretValues) }
}

/** The addresses that an object has. Pure. */
export const leasesOf = <K extends Kind>(providers: Providers, address: ResourceAddress, { kind, spec }: Known<K>) =>
  (spec && providers[kind].rules.leases?.(address, spec)) ?? []

/** The change for objects that share the namespace of this one; undefined: they keep their process. Pure. */
export const changeForNamespaceSharers = <K extends Kind>(
  providers: Providers,
  {
    kind,
    address,
    changes,
  }: { readonly kind: K; readonly address: ResourceAddress; readonly changes: readonly Change[] },
  observed: Observation | undefined,
): Change | undefined => providers[kind].changeForNamespaceSharers?.(address, changes, observedAs(observed, kind))
