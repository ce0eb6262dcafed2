import type { Step } from '../../model/plan.ts'
import type { DriftReport } from '../../model/status.ts'

/**
 * Whether a step only mends what was applied before: nothing in it comes from a changed file. What a network says of its members
 * follows from them. Pure.
 */
export const isHealing = (step: Step): boolean =>
  step.action === 'create' || (step.changes.length > 0 && step.changes.every(isMended))

const isMended = ({ drift, path }: Step['changes'][number]): boolean =>
  drift !== undefined || /^\/(members|hosts|record)(\/|$)/.test(path)

/**
 * Drift by name: what differs on the host, one report an object and difference. What is not there is drift where it was applied before,
 * not where it is new. Pure.
 */
export const driftOf = (steps: readonly Step[], isNew = false): readonly DriftReport[] =>
  steps.flatMap((step): DriftReport[] => {
    const texts = step.changes.flatMap((change) => change.drift ?? [])
    const isGone = step.action === 'create' && step.class === null && !isNew
    return (isGone ? ['it is gone'] : texts).map((text) => ({ address: step.address, text }))
  })

/** What its user stopped stays so until someone starts it: only an apply by hand does. Pure. */
export const isStopped = (step: Step): boolean =>
  step.changes.length > 0 && step.changes.every((change) => change.drift === 'it was stopped')

/** Steps without some of them; who waited for one of those waits for what that one waited for. Pure. */
export function withoutSteps(steps: readonly Step[], dropped: (step: Step) => boolean): readonly Step[] {
  const gone = new Map(steps.filter(dropped).map((step) => [step.id, step]))
  if (gone.size === 0) return steps
  const bridged = (after: Step['after']): Step['after'][number][] =>
    after.flatMap((id) => {
      const step = gone.get(id)
      return step === undefined ? [id] : bridged(step.after)
    })
  return steps
    .filter((step) => !gone.has(step.id))
    .map((step) => ({ ...step, after: [...new Set(bridged(step.after))].sort() }))
}
