import { firstOf } from '../../model/errors.ts'
import { type Condition, type ConditionType, conditionTypes } from '../../model/status.ts'
import { isSuspended, type StackState } from '../controller/stack-state.ts'

interface Fact {
  readonly status: boolean
  readonly reason: string
  readonly message: string
}

/** The conditions of a stack as it is now; `since` moves only where a status does. Pure. */
export function conditionsOf(kept: StackState, unwell: readonly string[], now: Date): readonly Condition[] {
  const facts = factsOf(kept, unwell)
  return conditionTypes.map((type) => {
    const before = kept.conditions.find((one) => one.type === type)
    const fact = facts[type]
    return { type, ...fact, since: before?.status === fact.status ? before.since : now.toISOString() }
  })
}

function factsOf(kept: StackState, unwell: readonly string[]): Readonly<Record<ConditionType, Fact>> {
  const degraded = degradation(kept, unwell)
  const progressing = progress(kept)
  const applied = kept.memory.applied !== null
  const isCurrent = kept.desired === undefined || kept.desired.hash === kept.memory.appliedHash
  return {
    Ready: {
      status: applied && isCurrent && degraded === undefined && progressing === undefined,
      reason: degraded?.reason ?? progressing?.reason ?? (applied && isCurrent ? 'Applied' : 'NotApplied'),
      message:
        degraded?.message ??
        progressing?.message ??
        (applied && isCurrent ? `Generation ${kept.memory.applied} stands.` : 'What is stated is not applied yet.'),
    },
    Degraded: { status: degraded !== undefined, reason: 'AsStated', message: 'Nothing is wrong.', ...degraded },
    Progressing: {
      status: progressing !== undefined,
      reason: 'Settled',
      message: 'Nothing is under way.',
      ...progressing,
    },
    Suspended: isSuspended(kept)
      ? { status: true, reason: 'Suspended', message: 'Nothing is changed or mended: `heropods resume` goes on.' }
      : { status: false, reason: 'Active', message: 'It is kept as stated.' },
  }
}

function degradation(kept: StackState, unwell: readonly string[]): Omit<Fact, 'status'> | undefined {
  const problem = firstOf(kept.problems)
  if (problem) {
    const rest = kept.memory.applied === null ? '' : ' The last good state is kept.'
    return { reason: 'Invalid', message: `Its files are wrong: ${problem.message}${rest}` }
  }
  // Whatever failed before: what is waited for now is its user.
  if (kept.hold && (kept.hold.reason === 'MassDeletion' || (kept.removed && kept.hold.reason !== 'Suspended')))
    return kept.hold
  const { rejected } = kept.memory
  if (rejected && rejected.hash === kept.desired?.hash) return { reason: rejected.reason, message: rejected.message }
  if (kept.lastError) return { reason: reasonOf(kept.lastError.code), message: kept.lastError.message }
  if (kept.hold && kept.hold.reason !== 'Suspended') return kept.hold
  const [first] = kept.drift
  if (first) return { reason: 'Drifted', message: `${first.address}: ${first.text}${more(kept.drift.length)}.` }
  const [sick] = unwell
  return sick === undefined ? undefined : { reason: 'Unhealthy', message: `${sick}${more(unwell.length)}.` }
}

function progress(kept: StackState): Omit<Fact, 'status'> | undefined {
  if (kept.verification)
    return {
      reason: 'Proving',
      message: `Generation ${kept.verification.generation} is in place and has yet to prove itself.`,
    }
  if (kept.prefetching) return { reason: 'Pulling', message: 'The images of what is stated are on their way.' }
  const [first] = kept.waiting
  return first === undefined ? undefined : { reason: 'Waiting', message: `${first} waits for what it depends on.` }
}

const more = (count: number): string => (count > 1 ? ` (and ${count - 1} more)` : '')

/** `image-pull-failed` as `ImagePullFailed`. Pure. */
export const reasonOf = (code: string): string =>
  code
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
