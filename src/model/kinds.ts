import type { ContainerActual, ContainerSpec } from './kinds/container.ts'
import type { ImageActual, ImageSpec } from './kinds/image.ts'
import type { NetworkActual, NetworkSpec } from './kinds/network.ts'
import type { VolumeActual, VolumeSpec } from './kinds/volume.ts'
import type { Kind } from './resource-address.ts'

/** Each kind with its desired state (`spec`) and its observed state (`actual`). */
export interface Kinds extends Readonly<Record<Kind, { readonly spec: object; readonly actual: object }>> {
  readonly network: { readonly spec: NetworkSpec; readonly actual: NetworkActual }
  readonly image: { readonly spec: ImageSpec; readonly actual: ImageActual }
  readonly volume: { readonly spec: VolumeSpec; readonly actual: VolumeActual }
  readonly container: { readonly spec: ContainerSpec; readonly actual: ContainerActual }
}

export type SpecOf<K extends Kind = Kind> = Kinds[K]['spec']
export type ActualOf<K extends Kind = Kind> = Kinds[K]['actual']

/** A field that every version of HeroPods has written, and that no other kind has. */
const markOf: Readonly<Record<Kind, string>> = {
  network: 'bridge',
  image: 'source',
  volume: 'protect',
  container: 'networks',
}

/** True if a recorded spec has this kind. One field decides, because records of HeroPods are complete. */
export const isSpecOf = <K extends Kind>(kind: K, spec: object): spec is SpecOf<K> => markOf[kind] in spec
