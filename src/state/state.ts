import type { Address } from '../providers/provider.ts'
import type { StepId } from '../reconciler/plan-types.ts'

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

/** One run that changed something. `time` is ISO 8601, `plan` its plan as JSON (plan-types.ts `Plan`). */
export interface Generation {
  readonly generation: number
  readonly user: string
  readonly pid: number
  readonly time: string
  readonly plan: string
  /** `started`: under way, or killed. */
  readonly result: 'started' | 'done' | 'failed' | 'interrupted'
}

/** What reading gives, in one pipeline. */
export interface StateSnapshot {
  readonly inventory: ReadonlyMap<Address, InventoryRecord>
  readonly leases: readonly Lease[]
  readonly generation: number
  /** Steps whose intent was written but not their end: a run was killed there. */
  readonly pending: readonly StepId[]
}

/** The record in Redis. Reads answer an empty snapshot where no data exists. Writes carry the fencing token. */
export interface State {
  read(): Promise<StateSnapshot>
  /** Starts a generation: answers its number and stores who, when and the plan's JSON. */
  begin(info: Pick<Generation, 'user' | 'pid' | 'time' | 'plan'>): Promise<number>
  intend(steps: readonly StepId[]): Promise<void>
  complete(step: StepId, record: InventoryRecord | undefined): Promise<void>
  /** Ends the leases of the containers in `forget`, then stores `leases`. */
  saveLeases(leases: readonly Lease[], forget: readonly Address[]): Promise<void>
  forget(addresses: readonly Address[]): Promise<void>
  /** Ends a generation: whatever came of its steps, none is pending any more. */
  finish(generation: number, result: Generation['result']): Promise<void>
  /** The generations that are kept, the last 100, oldest first. */
  generations(): Promise<readonly Generation[]>
  close(): Promise<void>
}
