import type { Diagnostic } from '../errors.ts'
import type { Host, HostReader } from '../host/host.ts'
import type { Paths } from '../paths.ts'

/** STACK/KIND/NAME, as in `shop/container/web.2`. NAME may itself hold slashes (an image's reference). */
export type Address = `${string}/${string}/${string}`
export const kinds = ['network', 'image', 'volume', 'container'] as const
export type Kind = (typeof kinds)[number]

export const address = (stack: string, kind: Kind, name: string): Address => `${stack}/${kind}/${name}`

export function parseAddress(text: Address): { stack: string; kind: Kind; name: string } {
  const [stack = '', kind = '', ...rest] = text.split('/')
  return { stack, kind: kind as Kind, name: rest.join('/') }
}

/** Whether a user's name means an object: `web` (all replicas), `web.2`, `container/web`, `shop/web` or `shop/container/web`. */
export function isNamed(at: Address, stated: string): boolean {
  const { stack, kind, name } = parseAddress(at)
  return [name, name.replace(/\.\d+$/, '')].some((own) =>
    [own, `${kind}/${own}`, `${stack}/${own}`, `${stack}/${kind}/${own}`].includes(stated),
  )
}

/** The container whose network a `network_mode` shares; undefined: none. */
export const sharedContainer = (networkMode: string): Address | undefined =>
  networkMode.startsWith('container:') ? (networkMode.slice('container:'.length) as Address) : undefined

/**
 * Under which address a container's objects on the host stand: the first replica's are those of the container without replicas,
 * so that going from KEY to KEY.1 keeps process and address.
 */
export const bodyOf = (container: Address): Address => container.replace(/\.1$/, '') as Address

/** What a change costs, mildest first. */
export const changeClasses = ['live', 'recreate', 'replace'] as const
export type ChangeClass = (typeof changeClasses)[number]

/** One field before and after; `path` is a JSON pointer into the canonical spec. undefined: not there. */
export interface Change {
  readonly path: string
  readonly before: unknown
  readonly after: unknown
  readonly class: ChangeClass
  /** Set for drift: what the host shows against what was applied. */
  readonly drift?: string
}

/** Three-valued: foreign objects are reported, never repaired. `spec` is what was last applied, read from the host. */
export type Observation<Spec = unknown, Actual = unknown> =
  | { readonly presence: 'owned'; readonly spec: Spec | undefined; readonly actual: Actual }
  | { readonly presence: 'foreign'; readonly actual: Actual }

export type Diff =
  | { readonly action: 'keep' }
  | { readonly action: 'update' | 'recreate' | 'replace'; readonly changes: readonly Change[] }

export interface ReadContext {
  readonly host: HostReader
  readonly paths: Paths
  /** Computes a reading once per snapshot and shares it among providers, e.g. `once('links', () => ip -j ...)`. */
  once<T>(key: string, read: () => Promise<T>): Promise<T>
}

export interface WriteContext extends ReadContext {
  readonly host: Host
  /** Ends what is under way. */
  readonly signal: AbortSignal
  /** No further step starts: what can be given up without harm is, too. */
  readonly stop?: AbortSignal
  /** The lock of the host's addresses and ports, while it is held: children that make links and rules inherit it. */
  readonly networkLock?: { readonly descriptor: number | undefined }
  /** Replaces the tokens of sensitive values by the values themselves. */
  reveal(text: string): string
  /** Something worth telling on a long step. */
  progress(address: Address, message: string): void
}

export interface Item<Spec = unknown, Actual = unknown> {
  readonly address: Address
  /** What is wanted; for a delete, what was last applied if known. */
  readonly spec: Spec
  /** What was observed; undefined for a create. */
  readonly actual: Actual | undefined
  readonly changes: readonly Change[]
}

/** Called once per item, as soon as that item is finished. */
export type Done = (address: Address, outcome: { error?: unknown; outputs?: Readonly<Record<string, unknown>> }) => void

/**
 * One resource kind. Verbs take whole batches so that a hundred items cost one `ip -batch`, not a hundred spawns; each must
 * tolerate having been killed half-way before: create accepts "there and ours", remove accepts "gone".
 */
export interface Provider<Spec = unknown, Actual = unknown> {
  readonly kind: Kind
  /** All objects of this kind that this instance owns or that stand where `wanted` would go, with a fixed number of commands. */
  observe(
    read: ReadContext,
    wanted: ReadonlyMap<Address, Spec>,
  ): Promise<ReadonlyMap<Address, Observation<Spec, Actual>>>
  /** Addresses that must exist before this spec's object can. Pure. */
  references(spec: Spec): readonly Address[]
  /** Pure. */
  diff(desired: Spec, observed: Observation<Spec, Actual> & { presence: 'owned' }): Diff
  /** Whether these changes take away from under others what they share with this object, so that they need a new process too. Pure. */
  uproots?(changes: readonly Change[], observed: Observation<Spec, Actual> | undefined): boolean
  /** Circumstances that would make the step fail (port taken, source missing): found at plan time, reads only. */
  preflight?(
    read: ReadContext,
    items: ReadonlyMap<Address, Spec>,
    observed: ReadonlyMap<Address, Observation<Spec, Actual>>,
    /** `restores`: the specs are of an earlier generation, and had all that they name then. */
    options?: { readonly restores?: boolean },
  ): Promise<readonly Diagnostic[]>
  /** What is worth a warning though nothing is to be done about it here. Reads only. */
  notices?(read: ReadContext, observed: ReadonlyMap<Address, Observation<Spec, Actual>>): Promise<readonly Diagnostic[]>
  create(write: WriteContext, items: readonly Item<Spec, Actual>[], done: Done): Promise<void>
  update(write: WriteContext, items: readonly Item<Spec, Actual>[], done: Done): Promise<void>
  /** New process, same namespace, address and MAC. Kinds without processes never plan it. */
  recreate?(write: WriteContext, items: readonly Item<Spec, Actual>[], done: Done): Promise<void>
  /**
   * Writes the record of an existing object, where it was lost; the object itself is not touched. `spec`: what the history says was
   * applied, if it does. Answers whether it could be written.
   */
  rebuild?(write: WriteContext, address: Address, spec: Spec | undefined): Promise<boolean>
  remove(
    write: WriteContext,
    items: readonly Item<Spec, Actual>[],
    options: { deleteData: boolean },
    done: Done,
  ): Promise<void>
}
