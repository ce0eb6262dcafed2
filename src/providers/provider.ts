import type { Paths } from '../host/files/paths.ts'
import type { Host, HostReader } from '../host/host.ts'
import type { Address, Kind } from '../model/address.ts'
import type { Change, Diff } from '../model/change.ts'
import type { Diagnostic } from '../model/errors.ts'
import type { KindRules } from '../model/kind-rules.ts'
import type { ActualOf, SpecOf } from '../model/kinds.ts'
import type { ObservationOf, OwnedOf } from '../model/observation.ts'

/** Keys of readings that ask an image registry, and may take seconds, begin so. */
export const registryKey = 'registry '

export interface ReadContext {
  readonly host: HostReader
  readonly paths: Paths
  /** Computes a reading once per snapshot and shares it among providers, e.g. `once('links', () => ip -j ...)`. */
  once<T>(key: string, read: () => Promise<T>): Promise<T>
}

export interface WriteContext extends ReadContext {
  readonly host: Host
  /** Ends the running operation. */
  readonly signal: AbortSignal
  /** No further step starts. A running step ends early if that loses nothing. */
  readonly stop?: AbortSignal
  /** The lock of the host's addresses and ports, while it is held: children that make links and rules inherit it. */
  readonly networkLock?: { readonly descriptor: number | undefined }
  /** Replaces the tokens of sensitive values by the values themselves. */
  resolveSecrets(text: string): string
  /** Reports the progress of a long step. */
  progress(address: Address, message: string): void
}

/** An instance on its host, to read. */
export type InstanceReader = Pick<ReadContext, 'host' | 'paths'>
/** An instance on its host, to read and write. */
export type InstanceWriter = Pick<WriteContext, 'host' | 'paths'>

/** An object that a verb works on. */
interface Subject<K extends Kind> {
  readonly address: Address
  /** The observed object; undefined for a create. */
  readonly actual: ActualOf<K> | undefined
  readonly changes: readonly Change[]
}

/** An object to make or to change. `spec` is the wanted one. */
export interface Item<K extends Kind> extends Subject<K> {
  readonly spec: SpecOf<K>
}

/** An object to remove. `spec` is the last applied one; undefined: not known. */
export interface RemovedItem<K extends Kind> extends Subject<K> {
  readonly spec: SpecOf<K> | undefined
}

/** Called once per item, as soon as that item is finished. */
export type Done = (address: Address, outcome: { error?: unknown; outputs?: Readonly<Record<string, unknown>> }) => void

/**
 * One resource kind. Verbs take batches so that a hundred items cost one `ip -batch`, not a hundred spawns; each must
 * tolerate having been killed half-way before: create accepts an object of ours that exists, remove one that does not.
 */
export interface Provider<K extends Kind> {
  readonly kind: K
  readonly rules: KindRules<K>
  /** All objects of this kind that this instance owns, and unmanaged ones in the place of wanted ones, with a fixed number of commands. */
  observe(read: ReadContext, wanted: ReadonlyMap<Address, SpecOf<K>>): Promise<ReadonlyMap<Address, ObservationOf<K>>>
  /** Pure. */
  diff(desired: SpecOf<K>, observed: OwnedOf<K>): Diff
  /**
   * The change that objects which restart together with this one undergo when it gets a new process for these changes; undefined: none,
   * they keep their process. Pure.
   */
  changeForSharers?(at: Address, changes: readonly Change[], observed: ObservationOf<K> | undefined): Change | undefined
  /** Circumstances that would make the step fail (port taken, source missing): found at plan time, reads only. */
  preflight?(
    read: ReadContext,
    items: ReadonlyMap<Address, SpecOf<K>>,
    observed: ReadonlyMap<Address, ObservationOf<K>>,
    /** `restores`: the specs are of an earlier generation, and had all that they name then. */
    options?: { readonly restores?: boolean },
  ): Promise<readonly Diagnostic[]>
  /** Warnings about objects that need no change. Reads only. */
  warnings?(read: ReadContext, observed: ReadonlyMap<Address, ObservationOf<K>>): Promise<readonly Diagnostic[]>
  create(write: WriteContext, items: readonly Item<K>[], done: Done): Promise<void>
  update(write: WriteContext, items: readonly Item<K>[], done: Done): Promise<void>
  /** New process, same namespace, address and MAC. Kinds without processes never plan it. */
  recreate?(write: WriteContext, items: readonly Item<K>[], done: Done): Promise<void>
  remove(
    write: WriteContext,
    items: readonly RemovedItem<K>[],
    options: { deleteData: boolean },
    done: Done,
  ): Promise<void>
}
