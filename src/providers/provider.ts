import type { Paths } from '../host/files/paths.ts'
import type { Host, HostReader } from '../host/host.ts'
import type { Change, Diff } from '../model/change.ts'
import type { Diagnostic } from '../model/errors.ts'
import type { KindRules } from '../model/kind-rules.ts'
import type { ActualOf, SpecOf } from '../model/kinds.ts'
import type { ObservationOf, OwnedOf } from '../model/observation.ts'
import type { DownloadProgress } from '../model/plan.ts'
import type { Kind, ResourceAddress } from '../model/resource-address.ts'

/** Start of the keys of readings that ask an image registry. These may take seconds. */
export const registryKey = 'registry '
/** The key of a reading that asks for a reference. `periodMs`: how long the answer counts, of a time-based pull policy. */
export const registryReading = (ref: string, periodMs?: number): string =>
  periodMs === undefined ? `${registryKey}${ref}` : `${registryKey}every ${periodMs} ${ref}`
/** How long the answer of a reading counts at least, milliseconds. */
export const readingPeriodMs = (key: string): number => Number(/^registry every (\d+) /.exec(key)?.[1] ?? 0)

export interface ReadContext {
  readonly host: HostReader
  readonly paths: Paths
  /** Makes a reading once a snapshot and shares it among providers: `once('links', () => ip -j ...)`. */
  once<T>(key: string, read: () => Promise<T>): Promise<T>
}

export interface WriteContext extends ReadContext {
  readonly host: Host
  /** Ends the running operation. */
  readonly abortSignal: AbortSignal
  /** No further step starts. A running step ends early if that loses nothing. */
  readonly drainSignal?: AbortSignal
  /** The lock of the host's addresses and ports, if this run holds it. Children that make links and rules inherit it. */
  readonly networkLock?: { readonly descriptor: number | undefined }
  /** Replaces the tokens of sensitive values by the values. */
  resolveSecrets(text: string): string
  /** The run that stops containers, in words: `generation 4`; undefined: a command of a user. */
  readonly purpose?: string
  /** Reports the progress of a long step. `download`: the message is the state of a download, which changes all the time. */
  progress(address: ResourceAddress, message: string, download?: DownloadProgress): void
}

/** Aborts when work should end that loses nothing by it, such as a pull or a wait: with the run, or when no further step is to start. */
export const interruptionOf = ({
  abortSignal,
  drainSignal,
}: Pick<WriteContext, 'abortSignal' | 'drainSignal'>): AbortSignal =>
  drainSignal ? AbortSignal.any([abortSignal, drainSignal]) : abortSignal

/** An instance on its host, to read. */
export type InstanceReader = Pick<ReadContext, 'host' | 'paths'>
/** An instance on its host, to read and write. */
export type InstanceWriter = Pick<WriteContext, 'host' | 'paths'>

/** An object that a verb works on. */
interface BatchItem<K extends Kind> {
  readonly address: ResourceAddress
  /** The observed object; undefined for a create. */
  readonly actual: ActualOf<K> | undefined
  readonly changes: readonly Change[]
}

/** An object to make or to change. `spec` is the desired spec. */
export interface ApplyItem<K extends Kind> extends BatchItem<K> {
  readonly spec: SpecOf<K>
}

/** An object to remove. `spec` is the last applied spec; undefined: it is not known. */
export interface RemoveItem<K extends Kind> extends BatchItem<K> {
  readonly spec: SpecOf<K> | undefined
}

/** Called once for each item, as soon as the item is finished. */
export type OnItemFinished = (
  address: ResourceAddress,
  outcome: {
    error?: unknown
    outputs?: Readonly<Record<string, unknown>>
    /** A remark about an item that is done, for users. */
    note?: string
  },
) => void

/** Called when the process of an item runs, before the item is finished. It can still fail. */
export type OnItemStarted = (address: ResourceAddress) => void

/**
 * One resource kind. Verbs take batches, so that a hundred items need one `ip -batch` instead of a hundred processes. Every verb can be
 * repeated after a kill: create accepts an owned object that exists, and remove accepts an absent one.
 */
export interface Provider<K extends Kind> {
  readonly kind: K
  readonly rules: KindRules<K>
  /** The objects of this kind that the instance owns, and unmanaged ones in the place of desired ones. The number of commands is fixed. */
  observe(
    read: ReadContext,
    desired: ReadonlyMap<ResourceAddress, SpecOf<K>>,
  ): Promise<ReadonlyMap<ResourceAddress, ObservationOf<K>>>
  /** Pure. */
  diff(desired: SpecOf<K>, observed: OwnedOf<K>): Diff
  /** The objects that were released: their data exists, and a create reuses it. Only for kinds that hold data of users. Reads only. */
  released?(read: InstanceReader): Promise<ReadonlySet<ResourceAddress>>
  /**
   * The change of the objects that share a namespace with this one, when these changes give it a new process. undefined: they keep their
   * process. Pure.
   */
  changeForNamespaceSharers?(
    address: ResourceAddress,
    changes: readonly Change[],
    observed: ObservationOf<K> | undefined,
  ): Change | undefined
  /** Problems that would make the step fail (taken port, missing source), found when planning. Reads only. */
  preflight?(
    read: ReadContext,
    items: ReadonlyMap<ResourceAddress, SpecOf<K>>,
    observed: ReadonlyMap<ResourceAddress, ObservationOf<K>>,
    /** `isRollback`: the specs are of an earlier generation, so their sources existed then. */
    options?: { readonly isRollback?: boolean },
  ): Promise<readonly Diagnostic[]>
  /** Warnings about objects that a plan gives a new process. Reads only. */
  startWarnings?(read: ReadContext, items: ReadonlyMap<ResourceAddress, SpecOf<K>>): Promise<readonly Diagnostic[]>
  /** Warnings about objects that need no change. Reads only. */
  warnings?(read: ReadContext, observed: ReadonlyMap<ResourceAddress, ObservationOf<K>>): Promise<readonly Diagnostic[]>
  create(
    write: WriteContext,
    items: readonly ApplyItem<K>[],
    done: OnItemFinished,
    started?: OnItemStarted,
  ): Promise<void>
  update(write: WriteContext, items: readonly ApplyItem<K>[], done: OnItemFinished): Promise<void>
  /** New process, same namespace, address and MAC. Kinds without processes never plan it. */
  recreate?(
    write: WriteContext,
    items: readonly ApplyItem<K>[],
    done: OnItemFinished,
    started?: OnItemStarted,
  ): Promise<void>
  remove(
    write: WriteContext,
    items: readonly RemoveItem<K>[],
    options: { deleteData: boolean },
    done: OnItemFinished,
  ): Promise<void>
}
