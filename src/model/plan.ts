import type { Address, Kind } from './address.ts'
import type { Change, ChangeClass } from './change.ts'
import type { Diagnostic } from './errors.ts'

export type StepId = `${Address}:${StepAction}`
export type StepAction = 'create' | 'update' | 'recreate' | 'delete' | 'release'

/** One step of a plan: plain data in a stable order. `spec` is what will be applied (delete: what was). */
export interface Step {
  readonly id: StepId
  readonly address: Address
  readonly kind: Kind
  readonly action: StepAction
  readonly class: ChangeClass | null
  /** Why, in words: "not there", "mem_limit changed", "no longer stated". */
  readonly reason: string
  readonly changes: readonly Change[]
  readonly after: readonly StepId[]
  readonly destructive: boolean
  readonly spec: unknown
}

export interface Plan {
  readonly formatVersion: 1
  readonly steps: readonly Step[]
  readonly summary: {
    readonly create: number
    readonly update: number
    readonly recreate: number
    readonly delete: number
    readonly keep: number
  }
  /** Notes for people: what an earlier run left undone. */
  readonly warnings: readonly Diagnostic[]
}

export type StepOutcome =
  | { readonly status: 'done'; readonly outputs?: Readonly<Record<string, unknown>> }
  | { readonly status: 'failed'; readonly error: Diagnostic }
  | { readonly status: 'skipped'; readonly because: StepId }
  | { readonly status: 'cancelled' }

/** What the engine says while it works; reporters choose the words. */
export type Event =
  | { readonly type: 'apply.started'; readonly steps: number; readonly generation: number }
  | { readonly type: 'step.started'; readonly step: Step }
  | { readonly type: 'step.progress'; readonly address: Address; readonly message: string }
  | { readonly type: 'step.finished'; readonly step: Step; readonly outcome: StepOutcome; readonly durationMs: number }
  | {
      readonly type: 'finished'
      readonly done: number
      readonly failed: number
      readonly skipped: number
      readonly cancelled: number
      readonly durationMs: number
    }

export interface Reporter {
  report(event: Event): void
}
