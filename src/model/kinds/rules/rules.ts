import type { Change } from '../../change.ts'
import { isResource, type Resource, type ResourceOf } from '../../desired.ts'
import type { KindRules, ObjectReference } from '../../kind-rules.ts'
import { isSpecOf, type SpecOf } from '../../kinds.ts'
import type { Kind } from '../../resource-address.ts'
import { defaultNetwork } from '../network.ts'
import { containerRules } from './container.ts'
import { imageRules } from './image.ts'
import { networkRules } from './network.ts'
import { volumeRules } from './volume.ts'

/** The rules of every kind. */
export const kindRules: { readonly [K in Kind]: KindRules<K> } = {
  network: networkRules,
  image: imageRules,
  volume: volumeRules,
  container: containerRules,
}

/** Generic in the kind, so that the compiler knows that the rules and the spec have the same kind. Pure. */
export const imageDigestsOf = <K extends Kind>({
  kind,
  spec,
}: {
  readonly kind: K
  readonly spec: SpecOf<K> | undefined
}): readonly string[] => (spec && kindRules[kind].imageDigests?.(spec)) ?? []

/** The part of a spec that a generation records. Pure. */
export const recordedSpec = <K extends Kind>({
  kind,
  spec,
}: {
  readonly kind: K
  readonly spec: SpecOf<K>
}): SpecOf<K> => kindRules[kind].recorded?.(spec) ?? spec

/** True for the recorded spec of a container on the default network of the instance. Pure. */
export const joinsDefaultNetwork = (spec: object): boolean =>
  isSpecOf('container', spec) && spec.networks.some((one) => one.network === defaultNetwork)

/** Fields in which two specs of one object differ, with the class of each change. Pure. */
export const changesOf = <K extends Kind>(before: Resource, after: ResourceOf<K>): readonly Change[] =>
  kindRules[after.kind].changes(isResource(before, after.kind) ? before.spec : undefined, after.spec)

/** The objects that must exist before this one, each once. Pure. */
export const referencesOf = <K extends Kind>({
  kind,
  spec,
}: {
  readonly kind: K
  readonly spec: SpecOf<K>
}): readonly ObjectReference[] => kindRules[kind].references(spec)
