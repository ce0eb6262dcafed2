import { type Decision, decide } from './decide.ts'
import { isHealing } from './drift.ts'
import type { HostObservation } from './observe.ts'
import { isMassDeletion, removedBy } from './prune-guard.ts'
import type { StackPlan } from './stack-plan.ts'
import { isSuspended } from './stack-state.ts'

/**
 * What to do about each stack; whether too much would go at once is a question of all that would go ahead. `wayOut`: the command that does
 * it where it is meant. Pure.
 */
export function decideAll(
  works: readonly StackPlan[],
  { snapshot }: HostObservation,
  now: number,
  wayOut: string,
): readonly { readonly work: StackPlan; readonly decision: Decision }[] {
  const ahead = works.filter((work) => ['change', 'remove'].includes(decideOne(work, undefined, now).action))
  const removed = ahead.flatMap((work) => removedBy(work.steps))
  const owned = [...snapshot.resources.values()].filter((one) => one.presence === 'owned')
  const mass = isMassDeletion(removed.length, owned.length)
  const heldBack = (work: StackPlan): boolean => mass && removedBy(work.steps).length > 0
  return works.map((work) => ({ work, decision: decideOne(work, heldBack(work) ? wayOut : undefined, now) }))
}

function decideOne(work: StackPlan, massDeletion: string | undefined, now: number): Decision {
  const { state: kept, target, settings, removed, error, steps } = work
  return decide({
    settings,
    suspended: isSuspended(kept),
    isNew: isNew(work),
    removed,
    restores: kept.memory.rejected?.restored === false && target?.hash === kept.memory.appliedHash,
    failed: error !== undefined,
    steps: steps.length,
    changes: steps.some((step) => !isHealing(step)),
    massDeletion,
    now: new Date(now),
  })
}

/** Whether what a stack is held against is not what was last applied and has proved itself. Pure. */
export const isNew = ({ target, state: kept }: StackPlan): boolean =>
  target !== undefined && target.hash !== kept.memory.appliedHash
