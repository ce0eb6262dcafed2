import { type Diagnostic, firstOf, placeText, withPlace } from '../../model/errors.ts'
import type { NewEvent } from '../../model/event.ts'
import { defaultNetwork } from '../../model/kinds/network.ts'
import { isResourceAddress, parseResourceAddress } from '../../model/resource-address.ts'
import type { DriftReport } from '../../model/status.ts'
import { conditionReason } from '../../model/values/condition-reason.ts'
import { countOf, someOf } from '../../model/values/count.ts'
import { groupBy } from '../../model/values/group-by.ts'
import type { Hold } from '../controller/decide.ts'
import type { StackEvent, Transition } from '../stacks/stack-event.ts'
import { isUntried, removalWaitsText, restoredText, type StackState } from '../stacks/stack-state.ts'

/** An event for users. `stack`: default that of its transition. */
type Announcement = NewEvent

/** The events that users see of a transition: all their texts. Pure. */
export const announcements = (transition: Transition): readonly NewEvent[] =>
  announcementsOf(transition).map((one) => ({ stack: transition.after.name, ...one, ...commitOf(one, transition) }))

/** Events about the files of a stack have their commit. Pure. */
function commitOf({ type, generation }: Announcement, { event, after }: Transition): Pick<NewEvent, 'commit'> {
  // The end of a held removal: the commit that declares the objects again is not that of the files, which are as before.
  if (type === 'stack.ready' && event.type === 'decided') return {}
  // The commit that corrected the files: that of the stack is the one that changed it.
  if (event.type === 'files-read') return event.revision.origin?.commit ? { commit: event.revision.origin.commit } : {}
  const isOfMissing = event.type === 'files-missing' || type === 'stack.pruned'
  if (isOfMissing) return after.missingSince ? { commit: after.missingSince } : {}
  const isOfGeneration = generation !== undefined && type !== 'stack.rolled-back'
  const commit = isOfGeneration || isAboutFiles(event, after) ? after.desired?.origin?.commit : undefined
  return commit ? { commit } : {}
}

/** A failed repair of drift and the removal of a stack have no commit: its files are not the cause. */
function isAboutFiles(event: StackEvent, after: Transition['after']): boolean {
  const { desired, undeclared } = after
  if (undeclared) return false
  if (event.type === 'failed') return event.hash === undefined || event.hash === desired?.hash
  if (event.type === 'decided') return event.hold?.reason !== 'Suspended' || isUntried(after)
  return event.type === 'recovered'
}

function announcementsOf({ before, event, after }: Transition): readonly Announcement[] {
  switch (event.type) {
    case 'files-read':
      return validAgain(before, after)
    case 'files-missing':
      return [...invalidFiles(event.problems), ...waitingRemoval(before, event)]
    case 'decided':
      return afterDecision(before, event, after)
    case 'drift-observed':
      return newDrift(before.drift, event.drift)
    case 'rollout-started':
      return [started(event)]
    case 'verification-passed':
      return [applied(event)]
    case 'failed':
      return [failure(event.error, event.touched ? after.record.attempted : null)]
    case 'heal-failed':
      return [failure(event.error, null)]
    case 'rejected':
      return [{ ...failure(event.error, event.rejected.generation), message: event.rejected.message }]
    case 'restored':
      return restored(before)
    case 'healed':
      return healed(event.healed)
    case 'unhealthy-restarted':
      return [restarted(event)]
    case 'pruned':
      return [info('stack.pruned', 'Removed', prunedText(event))]
    case 'untracked':
      return [info('stack.pruned', 'LetGo', `Its objects stay and are no longer watched: ${undeclared}.`)]
    case 'recovered':
      return [info('stack.ready', 'Recovered', recoveryText(before))]
    default:
      return []
  }
}

type Of<T extends StackEvent['type']> = Extract<StackEvent, { readonly type: T }>

const undeclared = 'no file declares the stack any more'

/** The containers have no events of their own: a run that removes many stops some of them before the next observation. */
function prunedText({ objects, containers }: Of<'pruned'>): string {
  if (objects === 0) return `It is no longer watched, and it had no objects: ${undeclared}.`
  const names = containers.length === 0 ? '' : ` (${someOf(containers, namedContainers)})`
  return `${countOf(objects, 'object')} removed${names}: ${undeclared}.`
}

/** This many containers of a removal are named; the others are counted. */
const namedContainers = 5

const info = (type: NewEvent['type'], reason: string, message: string): Announcement => ({
  type,
  level: 'info',
  reason,
  message,
})

const started = ({ steps, generation, replaces }: Of<'rollout-started'>): Announcement => ({
  ...info('stack.progressing', 'Changing', `Applying ${countOf(steps, 'change')}${replacedText(replaces)}.`),
  generation,
})

const replacedText = (replaces: Of<'rollout-started'>['replaces']): string =>
  replaces ? `; it replaces generation ${replaces.generation} by ${replaces.by}` : ''

const applied = ({ verification: { generation } }: Of<'verification-passed'>): Announcement => ({
  ...info('stack.applied', 'Applied', `Generation ${generation} is applied and healthy.`),
  generation,
})

/** A hold begins, or a removal that was held is no longer wanted. A hold that ends in a change or a removal has the events of those. */
function afterDecision({ hold }: StackState, event: Of<'decided'>, after: StackState): readonly Announcement[] {
  const { undeclared: isGone, desired, record } = after
  if (event.hold) return event.hold.reason === hold?.reason ? [] : [held(event.hold, after)]
  const isRestored = !isGone && desired?.hash === record.verifiedHash
  const isOfRemoval = hold?.reason === 'MassDeletion' || hold?.reason === 'AwaitingConfirmation'
  return isOfRemoval && isRestored ? [info('stack.ready', 'HoldEnded', heldRemovalEnd)] : []
}

const heldRemovalEnd = 'Its removal no longer waits: the files declare its objects again.'

const held = ({ reason, message, parts }: Hold, after: StackState): Announcement => ({
  type: 'stack.held',
  level: reason === 'Suspended' ? 'info' : 'warning',
  reason,
  message: reason === 'Suspended' ? suspendedText(after) : message,
  ...(parts && { parts }),
})

/** The change that waits for the end of a suspension. */
function suspendedText(state: StackState): string {
  if (state.undeclared) return `The removal of ${state.name} waits: the stack is suspended.`
  const waiting = isUntried(state) ? `A change of the files of ${state.name} waits` : `${state.name} is not repaired`
  return `${waiting}: the stack is suspended.`
}

function failure(error: Diagnostic, generation: number | null): Announcement {
  return {
    type: 'stack.failed',
    level: 'error',
    reason: conditionReason(error.code),
    message: withPlace(error),
    ...(error.address !== undefined && { address: error.address }),
    ...(generation !== null && { generation }),
  }
}

function invalidFiles(problems: readonly Diagnostic[]): readonly Announcement[] {
  const problem = firstOf(problems)
  if (problem === undefined) return []
  const { message, place } = problem
  return [
    {
      type: 'stack.failed',
      level: 'error',
      reason: 'Invalid',
      message: place ? `${placeText(place)}: ${message}` : message,
    },
  ]
}

/** Files that are valid again and declare the generation that is in place. Another content is applied, which has events of its own. */
function validAgain({ problems }: StackState, { name, desired, record }: StackState): readonly Announcement[] {
  if (problems.length === 0 || desired === undefined || desired.hash !== record.verifiedHash) return []
  return [info('stack.ready', 'Recovered', `The files of ${name} are valid again, and they are in place.`)]
}

function waitingRemoval(before: StackState, { removalWaitsFor }: Of<'files-missing'>): readonly Announcement[] {
  if (removalWaitsFor === undefined || before.removalWaitsFor !== undefined) return []
  const message = removalWaitsText(removalWaitsFor)
  return [{ type: 'stack.held', level: 'warning', reason: 'RemovalWaits', message }]
}

function newDrift(known: readonly DriftReport[], drift: readonly DriftReport[]): readonly Announcement[] {
  const before = new Set(known.map(({ address, text }) => `${address} ${text}`))
  return drift
    .filter(({ address, text }) => !before.has(`${address} ${text}`))
    .map(({ address, text }) => ({
      type: 'stack.drifted',
      level: 'warning',
      reason: 'Drifted',
      message: `${address}: ${text}.`,
      address,
      ...stackOf(address),
    }))
}

/** A plan can have steps for objects of other stacks. The default network belongs to each stack that uses it. */
const stackOf = (address: string): Pick<NewEvent, 'stack'> =>
  isResourceAddress(address) && address !== defaultNetwork ? { stack: parseResourceAddress(address).stack } : {}

function restored(before: StackState): readonly Announcement[] {
  const {
    restoreGeneration,
    record: { rejected },
  } = before
  if (rejected === null) return []
  return [
    {
      type: 'stack.rolled-back',
      level: 'warning',
      reason: rejected.reason,
      message: restoredText(before),
      ...(restoreGeneration !== undefined && { generation: restoreGeneration }),
    },
  ]
}

/** Failures of running containers. After another one the stack was healthy all the time. */
const healthFailures: ReadonlySet<string> = new Set(['container-exited', 'crash-loop', 'unhealthy', 'timeout'])

function recoveryText({ name, lastError, record: { rejected } }: StackState): string {
  const wasUnhealthy = lastError ? healthFailures.has(lastError.code) : rejected !== null
  return wasUnhealthy ? `${name} is healthy again.` : `${name} is as its files declare again.`
}

function healed(addresses: readonly string[]): readonly Announcement[] {
  const byStack = groupBy(addresses, (address) => stackOf(address).stack)
  return [...byStack].map(([stack, own]) => {
    const [address] = own
    return {
      ...info('stack.healed', 'Healed', `Repaired: ${own.join(', ')}.`),
      ...(own.length === 1 && address !== undefined && { address }),
      ...(stack !== undefined && { stack }),
    }
  })
}

function restarted({ address, error }: Extract<StackEvent, { readonly type: 'unhealthy-restarted' }>): Announcement {
  const { name } = parseResourceAddress(address)
  const message = error
    ? `${name} was unhealthy and could not be restarted: ${error.message}.`
    : `${name} was restarted because it was unhealthy.`
  return { type: 'container.restarted', level: 'warning', reason: 'Unhealthy', message, address }
}
