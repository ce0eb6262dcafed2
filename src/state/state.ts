import type { Address } from '../model/address.ts'
import type { Generation, History, HistoryChange, StackRecord } from '../model/generation.ts'
import type { Lease } from '../model/lease.ts'
import type { Plan, StepId } from '../model/plan.ts'

/** A record of one owned object. `specHash` is the SHA-256 of the canonical spec's JSON. */
export interface InventoryRecord {
  readonly address: Address
  readonly specHash: string
  readonly generation: number
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
  begin(info: Omit<Generation, 'generation' | 'result'>, plan: Plan, recorded: HistoryChange): Promise<number>
  intend(steps: readonly StepId[]): Promise<void>
  complete(step: StepId, record: InventoryRecord | undefined): Promise<void>
  /** Ends the leases of the containers in `forget`, then stores `leases`. */
  saveLeases(leases: readonly Lease[], forget: readonly Address[]): Promise<void>
  forget(addresses: readonly Address[]): Promise<void>
  /** Ends a generation: whatever came of its steps, none is pending any more. `recorded`: what has become known since it began. */
  finish(
    generation: number,
    result: Generation['result'],
    more?: { readonly recorded?: HistoryChange; readonly failures?: Generation['failures'] },
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
  /**
   * Takes out of Redis what cannot be used there, and keeps it on disk; answers where, by key and field. `opens`: whether a sealed value can
   * be read.
   */
  repair(opens: (name: string, sealed: string) => boolean): Promise<readonly string[]>
  /** Copies the records to disk, from where they come back if Redis loses them. */
  keepCopy(): Promise<void>
  /** Whether anything was written. */
  touched(): boolean
  close(): Promise<void>
}
