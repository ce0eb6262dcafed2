import type { Step } from '../../model/plan.ts'
import type { StackEvent } from '../stacks/stack-event.ts'
import { isBackingOff, isDeferred, isFailing } from '../stacks/stack-state.ts'
import { type Decided, holdOf, isNew } from './decide-all.ts'
import { driftOf } from './drift.ts'
import { isPending } from './pending-restarts.ts'
import type { ReconcileContext } from './reconcile.ts'

/** The events of a decision, before anything is done. `random` in [0, 1). Pure. */
export function notesOf(decided: Decided, reconcile: ReconcileContext, random: number): readonly StackEvent[] {
  const { state, plan, decision } = decided
  const { monotonic, wall } = reconcile.now
  const { error } = plan
  const events: StackEvent[] = [{ type: 'decided', hold: holdOf(decided, wall) }]
  if (state.awaitsPrefetch && decision.action !== 'change') events.push({ type: 'prefetch-awaited', awaited: false })
  // While another run is in progress, differences may be its own.
  if (!reconcile.observation.disturbed)
    events.push({ type: 'drift-observed', drift: driftOf(driftSteps(decided, reconcile), isNew(plan, state)) })
  if (error && !isBackingOff(state, monotonic))
    events.push({
      type: 'failed',
      error,
      touched: false,
      ...(plan.target && { hash: plan.target.hash }),
      now: monotonic,
      random,
      seconds: 0,
    })
  if (hasRecovered(decided, monotonic)) events.push({ type: 'recovered' })
  return events
}

/** Steps whose drift counts: not those that a restart policy is about to make unnecessary. */
function driftSteps({ plan, decision }: Decided, { pendingRestarts, now }: ReconcileContext): readonly Step[] {
  if (decision.action === 'heal')
    return plan.steps.filter((step) => !isPending(pendingRestarts, step.address, now.monotonic))
  return decision.action === 'report' || decision.action === 'hold' ? plan.steps : []
}

/** True if earlier failures are over: the files themselves are planned, and the host is as they declare. */
function hasRecovered({ state, plan, decision }: Decided, now: number): boolean {
  const { target, error, steps } = plan
  const { desired, record } = state
  if (!isFailing(state) || decision.action !== 'none' || error !== undefined) return false
  const isOfFiles = target !== undefined && desired !== undefined && target.hash === desired.hash
  return isOfFiles && steps.length === 0 && !isDeferred(state, now) && record.rejected?.hash !== target.hash
}
