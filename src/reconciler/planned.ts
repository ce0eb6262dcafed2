import type { SecretValues } from '../model/desired.ts'
import type { Place } from '../model/errors.ts'
import type { Commit, StackSource } from '../model/generation.ts'
import type { Plan } from '../model/plan.ts'
import type { ResourceAddress } from '../model/resource-address.ts'
import type { Resolved } from '../providers/runtime.ts'
import type { Snapshot } from './observe.ts'
import type { Scope, ScopeOptions } from './plan/scope.ts'

export interface PlanOptions extends ScopeOptions {
  /** Erases the data of removed volumes, except protected ones. */
  readonly deleteData?: boolean
  /** The reason of the steps that remove objects; default: no file has them any more. */
  readonly removalReason?: string
  /** The commit of the files. undefined: unknown, or not from git. */
  readonly commit?: Commit
}

/** The request for a plan. */
export interface PlanRequest {
  readonly scope: Scope
  /** Values behind sensitive tokens. */
  readonly secretValues: SecretValues
  readonly deleteData: boolean
  /** The reason of the steps that remove objects; default: no file has them any more. */
  readonly removalReason?: string
  /** True if this run may change or remove the objects of `owner`; undefined: a stack file manages them. */
  readonly mayTouch: (owner: string | undefined, address: ResourceAddress) => boolean
  /** Where a resource is declared, for messages. */
  readonly place?: (address: ResourceAddress, path?: string) => Promise<Place | undefined>
  /** The source of each complete stack, for the history. */
  readonly sources?: ReadonlyMap<string, StackSource>
  /** The stacks that the run removes completely, also those that only exist in the records. */
  readonly destroys?: readonly string[]
  /** True if the run only removes stacks, because a user asked for it. */
  readonly isDestroy?: boolean
  /** True if the run brings the stacks up after a boot. */
  readonly isBoot?: boolean
  /** The commit of the files, if the session does not know it. */
  readonly commit?: Commit
  /** The generation whose state is restored. */
  readonly rollbackOf?: number
  /** The failed generation that watch undoes by it. */
  readonly undoes?: number
}

/** A plan with all that applying it needs. Only `plan` is shown or saved. */
export interface Planned {
  readonly plan: Plan
  readonly resolved: Resolved
  readonly snapshot: Snapshot
  readonly request: PlanRequest
}
