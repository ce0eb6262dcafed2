import type { Place } from './errors.ts'
import { isSpecOf, type SpecOf } from './kinds.ts'
import type { ReconcileSettings } from './reconcile-settings.ts'
import { type Kind, parseResourceAddress, type ResourceAddress } from './resource-address.ts'

interface Declared<K extends Kind> {
  readonly kind: K
  readonly address: ResourceAddress
  readonly spec: SpecOf<K>
}

/** A union by kind: a check of `kind` narrows `spec`. */
export type ResourceOf<K extends Kind = Kind> = { readonly [P in K]: Declared<P> }[K]
export type Resource = ResourceOf

export const isResource = <K extends Kind>(one: Resource | undefined, kind: K): one is Resource & ResourceOf<K> =>
  one?.kind === kind

/** The specs of one kind. Pure. */
export function specsOf<K extends Kind>(
  desired: ReadonlyMap<ResourceAddress, Resource>,
  kind: K,
): ReadonlyMap<ResourceAddress, SpecOf<K>> {
  const specs = new Map<ResourceAddress, SpecOf<K>>()
  for (const one of desired.values()) if (isResource(one, kind)) specs.set(one.address, one.spec)
  return specs
}

/** A recorded spec with the kind of its address; undefined if the spec has another kind. Pure. */
export function recordedResource(address: ResourceAddress, spec: object): Resource | undefined {
  const { kind } = parseResourceAddress(address)
  if (kind === 'network' && isSpecOf(kind, spec)) return { kind, address, spec }
  if (kind === 'image' && isSpecOf(kind, spec)) return { kind, address, spec }
  if (kind === 'volume' && isSpecOf(kind, spec)) return { kind, address, spec }
  if (kind === 'container' && isSpecOf(kind, spec)) return { kind, address, spec }
  return undefined
}

/** How a file sets a field that is not written in the object itself in the stack's first file. */
export type OriginRoute = 'include' | 'overlay' | 'extends' | 'anchor' | 'env_file'

/** The file and line that set an object or a field of it. `line`: undefined for an object that the file no longer contains. */
export interface Origin {
  readonly file: string
  readonly line?: number
  readonly through?: OriginRoute
  /** The variables in the value. */
  readonly variables?: readonly string[]
}

/** An object, or with a JSON pointer into its canonical spec one of its fields. */
export interface FieldReference {
  readonly address: ResourceAddress
  readonly path?: string
}

/**
 * One resolved stack. Strings of container specs may hold tokens of references and of sensitive values (`tokens.ts`).
 */
export interface DesiredStack {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  /** The settings of `heropods watch` for this stack. */
  readonly reconcile: ReconcileSettings
  readonly resources: ReadonlyMap<ResourceAddress, Resource>
  /** Containers of profiles that are not active. They stay unchanged. */
  readonly inactive: readonly ResourceAddress[]
  /** Configs and secrets by name: a file, or the content itself. */
  readonly sources: Readonly<
    Record<'configs' | 'secrets', Readonly<Record<string, { file: string } | { content: string }>>>
  >
  /** Names of the variables with sensitive values. */
  readonly sensitiveVariables: readonly string[]
  /** Files read, with their hashes. */
  readonly files: readonly { readonly path: string; readonly sha256: string }[]
  /**
   * The location of a resource in the stack files, or of the field at `path`, a JSON pointer. Reads the file again, so it is for messages
   * only.
   */
  place(address: ResourceAddress, path?: string): Promise<Place | undefined>
  /**
   * The origins of objects and fields; undefined: they belong to another stack. A field that no file sets, such as a removed one, has the
   * origin of its object. Reads each file again once, and only when it is called.
   */
  origins(fields: readonly FieldReference[]): Promise<readonly (Origin | undefined)[]>
}

/** Sensitive values by token. They are only in memory. */
export type SecretValues = ReadonlyMap<string, string>

export interface Desired {
  readonly stacks: readonly DesiredStack[]
  readonly secretValues: SecretValues
}
