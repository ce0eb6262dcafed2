import { firstOf, placeText } from '../../model/errors.ts'
import type { MessageParts } from '../../model/event.ts'
import { commitText } from '../../model/generation.ts'
import { type Condition, type ConditionType, conditionTypes } from '../../model/status.ts'
import { conditionReason } from '../../model/values/condition-reason.ts'
import { someOf } from '../../model/values/count.ts'
import type { Hold } from '../controller/decide.ts'
import { isSuspended, isUntried, removalWaitsText, type StackState } from '../stacks/stack-state.ts'

interface Fact {
  readonly status: boolean
  readonly reason: string
  readonly message: string
  readonly parts?: MessageParts
}

type ConditionCause = Omit<Fact, 'status'>

interface UnhealthyContainer extends ConditionCause {
  readonly address: string
}

/** Facts about the containers of a stack from one observation. */
export interface ContainerFacts {
  /** The containers that make the stack degraded, as sentences without the full stop. */
  readonly unhealthy: readonly UnhealthyContainer[]
  /** Names of containers that a user has stopped. */
  readonly stopped: readonly string[]
  /** Names of containers that a user has paused. */
  readonly paused: readonly string[]
  /** Running containers with processes that were killed because of a lack of memory, in words. */
  readonly killed: readonly string[]
  /** The number of containers with a health check that nothing runs. */
  readonly unchecked: number
}

export const noContainerFacts: ContainerFacts = { unhealthy: [], stopped: [], paused: [], killed: [], unchecked: 0 }

/**
 * The conditions of a stack now. `before`: its conditions until now; `since` changes only with a status. Pure.
 */
export function conditionsOf(
  state: StackState,
  containers: ContainerFacts,
  before: readonly Condition[],
  now: Date,
): readonly Condition[] {
  const facts = factsOf(state, containers)
  return conditionTypes.map((type) => {
    const known = before.find((one) => one.type === type)
    const fact = facts[type]
    return { type, ...fact, since: known?.status === fact.status ? known.since : now.toISOString() }
  })
}

function factsOf(state: StackState, containers: ContainerFacts): Readonly<Record<ConditionType, Fact>> {
  const degraded = degradation(state, containers.unhealthy)
  const progressing = progress(state)
  return {
    Ready: readiness(state, degraded ?? progressing, containers),
    Degraded: {
      status: degraded !== undefined,
      reason: 'AsStated',
      message: progressing === undefined ? 'No fault was found.' : 'No error so far.',
      ...degraded,
    },
    Progressing: {
      status: progressing !== undefined,
      reason: 'Settled',
      message: 'No change is in progress.',
      ...progressing,
    },
    Suspended: isSuspended(state)
      ? { status: true, reason: 'Suspended', message: suspensionText(state) }
      : { status: false, reason: 'Active', message: 'Not suspended.' },
  }
}

function readiness(
  { desired, record }: StackState,
  cause: ConditionCause | undefined,
  containers: ContainerFacts,
): Fact {
  if (cause !== undefined) return { status: false, ...cause }
  const isApplied =
    record.verifiedGeneration !== null && (desired === undefined || desired.hash === record.verifiedHash)
  return isApplied
    ? {
        status: true,
        reason: 'Applied',
        message: appliedText(record.verifiedGeneration, containers),
      }
    : { status: false, reason: 'NotApplied', message: notAppliedText(record.verifiedGeneration) }
}

const notAppliedText = (inPlace: number | null): string =>
  inPlace === null
    ? 'Not applied yet.'
    : `The files have changed since generation ${inPlace}, and the change is not applied yet.`

function degradation(state: StackState, unhealthy: ContainerFacts['unhealthy']): ConditionCause | undefined {
  const { problems, record, hold, undeclared, desired, lastError, drift } = state
  const problem = firstOf(problems)
  if (problem) {
    const inPlace = record.verifiedGeneration
    const rest = inPlace === null ? '' : ` Generation ${inPlace} stays in place.`
    return {
      reason: 'Invalid',
      message: `${problem.place ? `${placeText(problem.place)}: ` : ''}${problem.message}${rest}`,
    }
  }
  if (state.removalWaitsFor !== undefined)
    return { reason: 'RemovalWaits', message: removalWaitsText(state.removalWaitsFor) }
  // A hold that waits for the user comes before earlier failures.
  if (hold && (hold.reason === 'MassDeletion' || (undeclared && hold.reason !== 'Suspended'))) return causeOf(hold)
  const { rejected } = record
  if (rejected && rejected.hash === desired?.hash) return { reason: rejected.reason, message: rejected.message }
  if (lastError) return { reason: conditionReason(lastError.code), message: lastError.message }
  if (hold && hold.reason !== 'Suspended') return causeOf(hold)
  return brokenCause(drift, unhealthy)
}

/** The end of a container is also a difference of the host. */
const endReasons: readonly string[] = ['ContainerExited', 'OutOfMemory']

/** Containers that do not work come before other differences of the host. An exit that is reported as a difference is named once. */
function brokenCause(drift: StackState['drift'], unhealthy: ContainerFacts['unhealthy']): ConditionCause | undefined {
  const broken = unhealthy.filter(
    ({ address, reason }) => !(endReasons.includes(reason) && drift.some((one) => one.address === address)),
  )
  const texts = drift.map(({ address, text }) => `${address}: ${text}`)
  const [first] = broken
  if (first) return { reason: first.reason, message: listText([...broken.map(({ message }) => message), ...texts]) }
  return texts.length > 0 ? { reason: 'Drifted', message: listText(texts) } : undefined
}

const causeOf = ({ reason, message, parts }: Hold): ConditionCause => ({ reason, message, ...(parts && { parts }) })

/** This many problems are named; the others are counted. */
const namedProblems = 3

const listText = (problems: readonly string[]): string => `${someOf(problems, namedProblems, '; ')}.`

/** The end of a suspension, and the change that waits for it. */
function suspensionText(state: StackState): string {
  const { undeclared, removalWaitsFor, desired, record } = state
  const end = record.suspended ? `\`heropods resume ${state.name}\`` : 'its file no longer has `suspend: true`'
  const text = `Suspended${suspensionAuthor(record)}: no changes and no repairs until ${end}.`
  if (undeclared) return `${text} Its removal waits: no file declares it any more.`
  if (removalWaitsFor !== undefined || !isUntried(state)) return text
  const commit = desired?.origin?.commit
  return `${text} ${commit ? `Commit ${commitText(commit)}` : 'A change of its files'} waits.`
}

/** The page offers a text in backticks as a command, and the reason of a user can contain any text. */
function suspensionAuthor({ suspended, suspension }: StackState['record']): string {
  if (!suspended || suspension === undefined) return ''
  const { by, reason } = suspension
  return ` by ${by}${reason === undefined ? '' : ` ("${reason.replaceAll('`', "'").replace(/\.$/, '')}")`}`
}

function progress(state: StackState): ConditionCause | undefined {
  const { verification, awaitsPrefetch, prefetch, waiting, otherRun } = state
  if (otherRun) return { reason: 'Applying', message: otherRun }
  if (verification)
    return { reason: 'Proving', message: `Generation ${verification.generation} is applied and is being verified.` }
  if (awaitsPrefetch && prefetch) return { reason: 'Pulling', message: `Pulling ${prefetch.images.join(', ')}.` }
  const [first] = waiting
  return first === undefined ? undefined : { reason: 'Waiting', message: `${first} waits for its dependencies.` }
}

function appliedText(generation: number | null, { stopped, paused, killed, unchecked }: ContainerFacts): string {
  const byHand = [...byHandText(stopped, 'stopped'), ...byHandText(paused, 'paused')]
  const end = [
    ...(byHand.length === 0 ? [] : [`, except ${byHand.join(', ')}`]),
    ...killed.map((one) => `; ${one}`),
  ].join('')
  if (unchecked === 0) return `Generation ${generation} is applied and healthy${end}.`
  const checks = unchecked === 1 ? '1 container has' : `${unchecked} containers have`
  return `Generation ${generation} is applied${end}. ${checks} a health check that is not running: start \`heropods watch\` or use \`heropods apply --wait\`.`
}

/** A user stops or pauses a container on purpose: the stack is ready without it. */
const byHandText = (names: readonly string[], act: 'stopped' | 'paused'): readonly string[] =>
  names.length === 0 ? [] : [`${names.join(', ')} (${act} by hand)`]
