import type { Address } from './address.ts'
import type { Place } from './errors.ts'
import type { ContainerSpec } from './kinds/container.ts'
import type { ImageSpec } from './kinds/image.ts'
import type { NetworkSpec } from './kinds/network.ts'
import type { VolumeSpec } from './kinds/volume.ts'
import type { ReconcileSettings } from './reconcile-settings.ts'

export type Resource =
  | { readonly kind: 'network'; readonly address: Address; readonly spec: NetworkSpec }
  | { readonly kind: 'image'; readonly address: Address; readonly spec: ImageSpec }
  | { readonly kind: 'volume'; readonly address: Address; readonly spec: VolumeSpec }
  | { readonly kind: 'container'; readonly address: Address; readonly spec: ContainerSpec }

/**
 * One resolved stack. Strings of container specs may hold `${containers.db.ip}`-like references as tokens
 * `\u0001ref:ADDRESS#output\u0002`, and sensitive values as `\u0001sensitive:HMAC\u0002`.
 */
export interface DesiredStack {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  /** How `heropods watch` keeps it. */
  readonly reconcile: ReconcileSettings
  readonly resources: ReadonlyMap<Address, Resource>
  /** Containers of profiles that are not active: left as they are. */
  readonly inactive: readonly Address[]
  /** Configs and secrets by name: a file, or the content itself. */
  readonly sources: Readonly<
    Record<'configs' | 'secrets', Readonly<Record<string, { file: string } | { content: string }>>>
  >
  /** Variables whose values are for nobody's eyes. */
  readonly sensitiveVariables: readonly string[]
  /** Files read, with their hashes. */
  readonly files: readonly { readonly path: string; readonly sha256: string }[]
  /** Where a resource, or a field of it (JSON pointer), is stated. Reads the file again: only for messages. */
  place(address: Address, pointer?: string): Promise<Place | undefined>
}

/** The values behind sensitive tokens: token -> value. Only ever in memory. */
export type Vault = ReadonlyMap<string, string>

export interface Desired {
  readonly stacks: readonly DesiredStack[]
  readonly vault: Vault
}
