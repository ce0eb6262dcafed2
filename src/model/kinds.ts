import type { Kind } from './address.ts'
import type { ContainerActual, ContainerSpec } from './kinds/container.ts'
import type { ImageActual, ImageSpec } from './kinds/image.ts'
import type { NetworkActual, NetworkSpec } from './kinds/network.ts'
import type { VolumeActual, VolumeSpec } from './kinds/volume.ts'

/** Each kind with what is stated of it (`spec`) and what the host shows of it (`actual`). */
export interface Kinds extends Readonly<Record<Kind, { readonly spec: object; readonly actual: object }>> {
  readonly network: { readonly spec: NetworkSpec; readonly actual: NetworkActual }
  readonly image: { readonly spec: ImageSpec; readonly actual: ImageActual }
  readonly volume: { readonly spec: VolumeSpec; readonly actual: VolumeActual }
  readonly container: { readonly spec: ContainerSpec; readonly actual: ContainerActual }
}

export type SpecOf<K extends Kind = Kind> = Kinds[K]['spec']
export type ActualOf<K extends Kind = Kind> = Kinds[K]['actual']

/** A field that every version has written, and that the specs of no other kind have. */
const markOf: Readonly<Record<Kind, string>> = {
  network: 'bridge',
  image: 'source',
  volume: 'protect',
  container: 'networks',
}

/** Tells a recorded spec by its fields: what HeroPods wrote is trusted to be whole. */
export const isSpecOf = <K extends Kind>(kind: K, spec: object): spec is SpecOf<K> => markOf[kind] in spec
