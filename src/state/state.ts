import type { Generation, History, HistoryChange, StackRecord } from '../model/generation.ts'
import type { Lease } from '../model/lease.ts'
import type { Plan, StepId } from '../model/plan.ts'
import type { ResourceAddress } from '../model/resource-address.ts'
import type { RecordsCopy } from './records-copy.ts'

/** The record of one owned object. `specHash` is the SHA-256 of the JSON of its canonical spec. */
export interface InventoryRecord {
  readonly address: ResourceAddress
  readonly specHash: string
  readonly generation: number
}

/** The records of the current state, read in one pipeline. */
export interface StateSnapshot {
  readonly inventory: ReadonlyMap<ResourceAddress, InventoryRecord>
  readonly leases: readonly Lease[]
  readonly generation: number
  /** Steps that were started and did not finish, because the run was killed. */
  readonly pending: readonly StepId[]
  /** True if the inventory is unknown, because the server does not run. */
  readonly inventoryUnknown?: boolean
}

/** Details of a run that has ended. */
export interface EndedRun extends Pick<Generation, 'endedAt' | 'failures' | 'steps' | 'omittedSteps'> {
  /** Further changes of the history, known since the run began. */
  readonly recorded?: HistoryChange
}

/** The records of an instance. A read without data returns an empty value. Writes carry the fencing token. */
export interface State {
  read(): Promise<StateSnapshot>
  /** Starts a generation. Stores its metadata, its plan and its changes of the history in one transaction, and returns its number. */
  begin(info: Omit<Generation, 'generation' | 'result'>, plan: Plan, recorded: HistoryChange): Promise<number>
  /** Records that steps are about to start. */
  markPending(steps: readonly StepId[]): Promise<void>
  /** Records that a step has finished, with the record of its object; undefined: the object was removed. */
  markComplete(step: StepId, record: InventoryRecord | undefined): Promise<void>
  /** Deletes the leases of the containers in `forget`, then stores `leases`. */
  saveLeases(leases: readonly Lease[], forget: readonly ResourceAddress[]): Promise<void>
  /** Deletes the records of objects. */
  forget(addresses: readonly ResourceAddress[]): Promise<void>
  /** Ends a generation. No step is pending any more. */
  finish(generation: number, result: Generation['result'], more?: EndedRun): Promise<void>
  /** Ends a run without a generation, such as a repair of drift. No step is pending any more. */
  clearPending(): Promise<void>
  /** The recorded generations (the last 100), oldest first. */
  generations(): Promise<readonly Generation[]>
  /** The plan of a recorded generation; undefined: it is not recorded. */
  plan(generation: number): Promise<Plan | undefined>
  /** The newest records of these stacks. */
  records(stacks: readonly string[]): Promise<ReadonlyMap<string, StackRecord>>
  history(): Promise<History>
  /** The sealed sensitive values of the recorded generations, by name. */
  sealed(): Promise<ReadonlyMap<string, string>>
  /**
   * Moves invalid records from Redis to a file on disk. Returns their keys and fields. `opens`: true if a sealed value can be opened with the
   * key of the instance.
   */
  repair(opens: (name: string, sealed: string) => boolean): Promise<readonly string[]>
  /** Copies the records to disk, so that they can be restored if Redis loses them. */
  writeCopy(): Promise<void>
  /** Stores the records of the copy on disk that the server does not have. Returns the copy; undefined: the server has all. */
  loadCopy(): Promise<RecordsCopy | undefined>
  /** True if this writer has written anything. */
  hasWritten(): boolean
  close(): Promise<void>
}
