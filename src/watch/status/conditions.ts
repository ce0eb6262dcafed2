import { firstOf, placeText } from '../../model/errors.ts'
import { type Condition, type ConditionType, conditionTypes } from '../../model/status.ts'
import { conditionReason } from '../../model/values/condition-reason.ts'
import { isSuspended, type StackState } from '../stacks/stack-state.ts'

interface Fact {
  readonly status: boolean
  readonly reason: string
  readonly message: string
}

type Trouble = Omit<Fact, 'status'>

/**
 * The conditions of a stack now. `unhealthy`: sentences about containers that make it degraded, without the full stop; `stopped`: names of
 * containers that a user has stopped. `before`: its conditions until now; `since` changes only with a status. Pure.
 */
export function conditionsOf(
  state: StackState,
  unhealthy: readonly string[],
  before: readonly Condition[],
  now: Date,
  stopped: readonly string[] = [],
): readonly Condition[] {
  const facts = factsOf(state, unhealthy, stopped)
  return conditionTypes.map((type) => {
    const known = before.find((one) => one.type === type)
    const fact = facts[type]
    return { type, ...fact, since: known?.status === fact.status ? known.since : now.toISOString() }
  })
}

function factsOf(
  state: StackState,
  unhealthy: readonly string[],
  stopped: readonly string[],
): Readonly<Record<ConditionType, Fact>> {
  const degraded = degradation(state, unhealthy)
  const progressing = progress(state)
  return {
    Ready: readiness(state, degraded ?? progressing, stopped),
    Degraded: { status: degraded !== undefined, reason: 'AsStated', message: 'Nothing is wrong.', ...degraded },
    Progressing: {
      status: progressing !== undefined,
      reason: 'Settled',
      message: 'No change is in progress.',
      ...progressing,
    },
    Suspended: isSuspended(state)
      ? { status: true, reason: 'Suspended', message: 'No changes and no repairs until `heropods resume`.' }
      : { status: false, reason: 'Active', message: 'Not suspended.' },
  }
}

function readiness({ desired, record }: StackState, trouble: Trouble | undefined, stopped: readonly string[]): Fact {
  if (trouble !== undefined) return { status: false, ...trouble }
  const isApplied = record.applied !== null && (desired === undefined || desired.hash === record.appliedHash)
  return isApplied
    ? {
        status: true,
        reason: 'Applied',
        message: `Generation ${record.applied} is applied and healthy${byHand(stopped)}.`,
      }
    : { status: false, reason: 'NotApplied', message: 'Not applied yet.' }
}

function degradation(state: StackState, unhealthy: readonly string[]): Trouble | undefined {
  const { problems, record, hold, undeclared: removed, desired, lastError, drift } = state
  const problem = firstOf(problems)
  if (problem) {
    const rest = record.applied === null ? '' : ' Still running the last good version.'
    return {
      reason: 'Invalid',
      message: `Invalid files: ${problem.place ? `${placeText(problem.place)}: ` : ''}${problem.message}${rest}`,
    }
  }
  // A hold that waits for the user comes before earlier failures.
  if (hold && (hold.reason === 'MassDeletion' || (removed && hold.reason !== 'Suspended'))) return hold
  const { rejected } = record
  if (rejected && rejected.hash === desired?.hash) return { reason: rejected.reason, message: rejected.message }
  if (lastError) return { reason: conditionReason(lastError.code), message: lastError.message }
  if (hold && hold.reason !== 'Suspended') return hold
  const [first] = drift
  if (first) return { reason: 'Drifted', message: `${first.address}: ${first.text}${more(drift.length)}.` }
  const [container] = unhealthy
  return container === undefined
    ? undefined
    : { reason: 'Unhealthy', message: `${container}${more(unhealthy.length)}.` }
}

function progress({ verification, awaitsPrefetch: prefetching, waiting }: StackState): Trouble | undefined {
  if (verification)
    return { reason: 'Proving', message: `Generation ${verification.generation} is applied and is being verified.` }
  if (prefetching) return { reason: 'Pulling', message: 'Pulling images.' }
  const [first] = waiting
  return first === undefined ? undefined : { reason: 'Waiting', message: `${first} waits for its dependencies.` }
}

/** A user stops a container on purpose: the stack is ready without it. */
const byHand = (stopped: readonly string[]): string =>
  stopped.length === 0 ? '' : `; ${stopped.join(', ')} stopped by hand`

const more = (count: number): string => (count > 1 ? ` (and ${count - 1} more)` : '')
