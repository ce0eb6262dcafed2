import { type Diagnostic, withPlace } from '../../model/errors.ts'
import { conditionReason } from '../../model/values/condition-reason.ts'
import type { StackEvent } from '../stacks/stack-event.ts'
import type { StackState } from '../stacks/stack-state.ts'

/** Facts of a failure that the state does not hold. Times as in `StackEvent`. */
export interface FailureDetails {
  readonly hash: string
  /** Its steps were done, and its verification failed. */
  readonly wasApplied: boolean
  readonly now: number
  readonly random: number
  readonly seconds: number
}

/**
 * The event of a failed rollout. It is tried again if the failure can pass by itself, if rollback is off, or if there is no good generation.
 * Otherwise the revision is rejected: the last good generation is restored, and the revision is not tried again. Pure.
 */
export function rolloutFailure(
  { record, settings, hasLastGood }: StackState,
  error: Diagnostic,
  { hash, wasApplied, ...details }: FailureDetails,
): StackEvent {
  const { verifiedGeneration, attempted } = record
  if (error.retryable === true || !settings.rollback || verifiedGeneration === null || !hasLastGood)
    return { type: 'failed', error, touched: true, wasApplied, hash, ...details }
  const generation = attempted ?? 0
  const failed = wasApplied ? 'was applied but did not become healthy' : 'failed'
  const message = `Generation ${generation} ${failed}: ${withPlace(error)}`
  const rejected = { hash, reason: conditionReason(error.code), message, generation, restored: false }
  return { type: 'rejected', error, rejected, seconds: details.seconds }
}
