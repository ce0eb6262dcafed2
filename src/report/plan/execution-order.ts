import type { Step, StepId } from '../../model/plan.ts'
import { kinds } from '../../model/resource-address.ts'

/**
 * Steps in the order in which an apply starts them: first those that wait for no other step, then those that wait only for these, and so
 * on; steps that start at the same time by kind. `steps` must be in an order in which each comes after those that it waits for. Pure.
 */
export function inExecutionOrder(steps: readonly Step[]): readonly Step[] {
  const rounds = new Map<StepId, number>()
  for (const { id, after } of steps) rounds.set(id, Math.max(-1, ...after.map((other) => rounds.get(other) ?? -1)) + 1)
  const roundOf = ({ id }: Step): number => rounds.get(id) ?? 0
  return [...steps].sort(
    (left, right) => roundOf(left) - roundOf(right) || kinds.indexOf(left.kind) - kinds.indexOf(right.kind),
  )
}
