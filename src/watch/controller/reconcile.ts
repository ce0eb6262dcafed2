import type { Clock, Instant } from '../clock.ts'
import type { Stacks } from '../stacks/stacks.ts'
import type { Executor } from './executor.ts'
import type { HostObservation } from './observe.ts'
import type { PendingRestarts } from './pending-restarts.ts'
import type { StackPlan } from './stack-plan.ts'
import type { Wakeups } from './wakeups.ts'

/** The inputs of the actions of one reconcile. */
export interface ReconcileContext {
  readonly observation: HostObservation
  readonly pendingRestarts: PendingRestarts
  /** The time of its decisions. */
  readonly now: Instant
}

/** Tools of all actions. */
export interface ActionTools {
  readonly stacks: Stacks
  readonly executor: Pick<Executor, 'apply' | 'conclude' | 'failVerification' | 'restart' | 'retrySoon'>
  readonly wakeups: Wakeups
  readonly clock: Clock
  /** In [0, 1). */
  random(): number
  /** True if the inputs of a plan (files, settings, suspension) are unchanged since it was computed. */
  isCurrent(plan: StackPlan): Promise<boolean>
}

export const secondsSince = (startedAt: number, clock: Clock): number => (clock.monotonic() - startedAt) / 1000
