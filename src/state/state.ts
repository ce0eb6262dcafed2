import type { Operation } from 'fast-json-patch'
import type { Diagnostic } from '../errors.ts'
import type { Address } from '../providers/provider.ts'
import type { Plan, StepId } from '../reconciler/plan-types.ts'

/** A record of one owned object. `specHash` is the SHA-256 of the canonical spec's JSON. */
export interface InventoryRecord {
  readonly address: Address
  readonly specHash: string
  readonly generation: number
}
export interface Lease {
  readonly network: Address
  readonly ip: string
  readonly mac: string
  readonly container: Address
}

/** What a run concerned of one stack, and what stated it. */
export interface StackSource {
  /** `desiredHash` of what was stated; null: no file states all of it (a target, an end, a Pulumi program). */
  readonly desiredHash: string | null
  readonly files: readonly { readonly path: string; readonly sha256: string }[]
}

/** One run that changed something. `time` is RFC 3339. */
export interface Generation {
  readonly generation: number
  readonly user: string
  /** How they became root: through sudo, or as who logged in (loginuid); undefined: `user` is who ran it. */
  readonly via?: 'sudo' | 'login'
  readonly pid: number
  /** The command as it was typed, or what else did it: `watch`, `pulumi`. */
  readonly command: string
  /** Of watch the folder, or the repository with its commit and author; of a Pulumi program `PROJECT/STACK`. */
  readonly origin?: string
  readonly time: string
  readonly summary: Plan['summary']
  /** The stacks that the run concerned, by name. */
  readonly stacks: Readonly<Record<string, StackSource>>
  /** The generation whose state this run brought back. */
  readonly rollbackOf?: number
  /** `started`: under way, or killed. */
  readonly result: 'started' | 'done' | 'failed' | 'interrupted'
  /** Why steps failed: a line each, with the address. */
  readonly failures?: readonly Diagnostic[]
}

/** One stack as a generation left it, or meant to: plain JSON, specs bound, sensitive values as tokens. */
export interface StackRecord {
  readonly desiredHash: string | null
  readonly resources: Readonly<Record<Address, unknown>>
}

/** The whole instance at a generation: its stacks by name. */
export type HistoryDocument = ReadonlyMap<string, StackRecord>

/** RFC 6902, on a document `{ stacks: { NAME: record } }`. */
export type Patch = readonly Operation[]

/** What a generation changes in the document. */
export interface Recorded {
  /** The stacks that differ; undefined: it goes. */
  readonly records: ReadonlyMap<string, StackRecord | undefined>
  /** Leads back to the document of the generation before. */
  readonly back: Patch
  /** Sensitive values that the records refer to, by name (stack/sensitive.ts), sealed under the instance's key. */
  readonly sealed: ReadonlyMap<string, string>
}

/** The newest document, and from each kept generation the patch to the one before it. */
export interface History {
  readonly document: HistoryDocument
  readonly patches: ReadonlyMap<number, Patch>
}

/** What reading gives, in one pipeline. */
export interface StateSnapshot {
  readonly inventory: ReadonlyMap<Address, InventoryRecord>
  readonly leases: readonly Lease[]
  readonly generation: number
  /** Steps whose intent was written but not their end: a run was killed there. */
  readonly pending: readonly StepId[]
  /** The server does not run and nothing is started for a look: which objects are recorded is not known. */
  readonly inventoryUnknown?: boolean
}

/** The record in Redis. Reads answer an empty snapshot where no data exists. Writes carry the fencing token. */
export interface State {
  read(): Promise<StateSnapshot>
  /** Starts a generation: answers its number and stores, as one, who and when, the plan, and what it means to leave. */
  begin(info: Omit<Generation, 'generation' | 'result'>, plan: Plan, recorded: Recorded): Promise<number>
  intend(steps: readonly StepId[]): Promise<void>
  complete(step: StepId, record: InventoryRecord | undefined): Promise<void>
  /** Ends the leases of the containers in `forget`, then stores `leases`. */
  saveLeases(leases: readonly Lease[], forget: readonly Address[]): Promise<void>
  forget(addresses: readonly Address[]): Promise<void>
  /** Ends a generation: whatever came of its steps, none is pending any more. `recorded`: what has become known since it began. */
  finish(
    generation: number,
    result: Generation['result'],
    more?: { readonly recorded?: Recorded; readonly failures?: Generation['failures'] },
  ): Promise<void>
  /** Ends a run that only mended what a generation had made: none of its steps is pending any more. */
  settle(): Promise<void>
  /** The generations that are kept, the last 100, oldest first. */
  generations(): Promise<readonly Generation[]>
  /** What a kept generation planned. */
  plan(generation: number): Promise<Plan | undefined>
  /** The newest records of these stacks. */
  records(stacks: readonly string[]): Promise<ReadonlyMap<string, StackRecord>>
  history(): Promise<History>
  /** Sealed sensitive values of kept generations, by name. */
  sealed(): Promise<ReadonlyMap<string, string>>
  /** Takes out of Redis what cannot be used there, and keeps it on disk; answers where, by key and field. */
  repair(): Promise<readonly string[]>
  /** Copies the records to disk, from where they come back if Redis loses them. */
  keepCopy(): Promise<void>
  /** Whether anything was written. */
  touched(): boolean
  close(): Promise<void>
}
