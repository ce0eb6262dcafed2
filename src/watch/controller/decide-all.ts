import type { Commit } from '../../model/generation.ts'
import { holdOfChange } from '../stacks/hold.ts'
import { isBackingOff, isSuspended, type StackState } from '../stacks/stack-state.ts'
import { type Decision, decide, type MassDeletion } from './decide.ts'
import { isHealing } from './drift.ts'
import type { HostObservation } from './observe.ts'
import { isMassDeletion, removedBy } from './prune-guard.ts'
import type { StackPlan } from './stack-plan.ts'

/** A stack in one reconcile: its present state, and its plan. */
export interface Subject {
  readonly state: StackState
  readonly plan: StackPlan
}

export interface Decided extends Subject {
  readonly decision: Decision
}

/** The commands for an action that is held, and the commit of the files. */
export interface HoldFacts {
  /** Applies the plan of a mass deletion. */
  readonly massDeletion: string
  /** Removes a stack. */
  readonly destroy: (stack: string) => string
  /** undefined: the files are not from git. */
  readonly commit: Commit | undefined
}

/** Decides about each stack. A mass deletion is counted over all stacks that would be changed or pruned. Pure. */
export function decideAll(
  subjects: readonly Subject[],
  { snapshot }: HostObservation,
  now: Date,
  facts: HoldFacts,
): readonly Decided[] {
  const ahead = subjects.filter((subject) =>
    ['change', 'prune'].includes(decideOne(subject, undefined, facts, now).action),
  )
  const removed = ahead.flatMap(({ plan }) => removedBy(plan.steps))
  const owned = [...snapshot.observations.values()].filter((one) => one.presence === 'owned')
  const mass = isMassDeletion(removed.length, owned.length)
  const isPart = ({ plan }: Subject): boolean => mass && removedBy(plan.steps).length > 0
  const { massDeletion: command } = facts
  const commit = ahead.filter(isPart).map(removingCommit).find(Boolean) ?? facts.commit
  const massDeletion = { removed, owned: owned.length, command, ...(commit && { commit }) }
  return subjects.map((subject) => ({
    ...subject,
    decision: decideOne(subject, isPart(subject) ? massDeletion : undefined, facts, now),
  }))
}

/** The commit by which objects of a stack are no longer declared. */
const removingCommit = ({ state: { undeclared, missingSince, desired } }: Subject): Commit | undefined =>
  undeclared ? missingSince : desired?.origin?.commit

function decideOne(
  { state, plan }: Subject,
  massDeletion: MassDeletion | undefined,
  { destroy }: HoldFacts,
  now: Date,
): Decision {
  const { target, settings, undeclared, error, steps } = plan
  const { rejected, verifiedHash } = state.record
  return decide({
    settings,
    suspended: isSuspended(state),
    isUnverified: isNew(plan, state),
    undeclared,
    needsRestore: rejected?.restored === false && target?.hash === verifiedHash,
    planFailed: error !== undefined,
    steps: steps.length,
    hasNonDriftSteps: steps.some((step) => !isHealing(step)),
    massDeletion,
    destroyCommand: destroy(state.name),
    now,
  })
}

/** True if the planned revision is not the one that was last applied and verified. Pure. */
export const isNew = ({ target }: StackPlan, { record }: StackState): boolean =>
  target !== undefined && target.hash !== record.verifiedHash

/** The hold of a decision, or that of a change which is not planned yet. Pure. */
export const holdOf = ({ state, decision }: Decided, now: Date): Decided['state']['hold'] =>
  decision.action === 'hold' ? decision : holdOfChange(state, now)

/** Plans that heal stacks whose change is held, or waits for its next try. `now`: monotonic clock. Pure. */
export const healedMeanwhile = (all: readonly Decided[], now: number): readonly StackPlan[] =>
  all.flatMap((one) => {
    const { plan } = one
    if (plan.undeclared || plan.settings.mode !== 'heal') return []
    const steps = healedSteps(one, now)
    return steps.length > 0 ? [{ ...plan, steps }] : []
  })

function healedSteps({ state, plan, decision }: Decided, now: number): StackPlan['steps'] {
  const steps = plan.steps.filter(isHealing)
  // The same files, such as a new image under a tag.
  if (decision.action === 'hold')
    return ['OutsideWindow', 'MassDeletion'].includes(decision.reason) && !isNew(plan, state) ? steps : []
  // The change is in place and not healthy. The container that failed is left to the next try.
  const waits = decision.action === 'change' && state.isInPlace && isBackingOff(state, now)
  return waits && plan.target?.hash === state.failedRevision
    ? steps.filter(({ address }) => address !== state.lastError?.address)
    : []
}
