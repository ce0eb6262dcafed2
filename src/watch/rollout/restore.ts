import { type ActionTools, type ReconcileContext, secondsSince } from '../controller/reconcile.ts'
import type { StackPlan } from '../controller/stack-plan.ts'
import { isBackingOff } from '../stacks/stack-state.ts'
import { deferSteps } from './defer-steps.ts'

/** Restores the last good generation after a change was rejected. Returns whether anything was done. */
export async function restore(
  tools: ActionTools,
  plan: StackPlan,
  { observation }: ReconcileContext,
): Promise<boolean> {
  const { stacks, executor, clock } = tools
  const { name, planned, steps } = plan
  const startedAt = clock.monotonic()
  const state = stacks.get(name)
  if (!state || planned === undefined || isBackingOff(state, startedAt)) return false
  const { rejected, verifiedGeneration } = state.record
  if (rejected === null || verifiedGeneration === null) return false
  const { ready, waiting } = await deferSteps(stacks, name, steps, observation)
  if (ready.length === 0 && waiting.length > 0) return false
  // A revision that is undone already is not undone again: its rollback is repaired.
  const undoes = rejected.restored ? {} : { undoes: rejected.generation }
  const back = { ...planned, request: { ...planned.request, rollbackOf: verifiedGeneration, ...undoes } }
  const outcome = await executor.apply(back, ready, {
    failedGeneration: rejected.generation,
    isCurrent: () => tools.isCurrent(plan),
    continuesGeneration: state.restoreGeneration !== undefined,
  })
  if (outcome === undefined) return false
  const seconds = secondsSince(startedAt, clock)
  const broken = outcome.failed.find(({ error }) => error.code !== 'dependency-pending')
  if (broken) {
    const details = { now: clock.monotonic(), random: tools.random(), seconds }
    await stacks.dispatch(name, { type: 'failed', error: broken.error, touched: true, ...details })
    return true
  }
  await stacks.dispatch(name, { type: 'restore-applied', generation: outcome.generation })
  // A later reconcile applies the steps that wait for dependencies.
  if (waiting.length === 0 && outcome.failed.length === 0) await stacks.dispatch(name, { type: 'restored', seconds })
  return true
}
