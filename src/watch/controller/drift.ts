import type { Step } from '../../model/plan.ts'
import type { DriftReport } from '../../model/status.ts'

/**
 * True if a step only brings back an applied state, and none of its changes comes from a changed file. Members and hosts of a network
 * follow from its containers. Pure.
 */
export const isHealing = (step: Step): boolean =>
  step.action === 'create' || (step.changes.length > 0 && step.changes.every(isHealed))

const isHealed = ({ drift, path }: Step['changes'][number]): boolean =>
  drift !== undefined || /^\/(members|hosts|record)(\/|$)/.test(path)

/** Drift that these steps remove: a report for each object and difference. An object that was never applied is not drift. Pure. */
export const driftOf = (steps: readonly Step[], isNew = false): readonly DriftReport[] =>
  steps.flatMap((step): DriftReport[] => {
    const texts = step.changes.flatMap((change) => change.drift ?? [])
    const isGone = step.action === 'create' && step.class === null && !isNew
    return (isGone ? ['it is gone'] : texts).map((text) => ({ address: step.address, text }))
  })

/** True if a step only starts a container that a user has stopped. Only `start` or `apply` starts it again. Pure. */
export const isStopped = (step: Step): boolean =>
  step.changes.length > 0 && step.changes.every((change) => change.drift === 'it was stopped')
