import { isRecordOnly, type Step } from '../../model/plan.ts'
import { parseResourceAddress } from '../../model/resource-address.ts'
import type { Planned } from '../../reconciler/engine.ts'
import { withoutSteps } from '../../reconciler/plan/without-steps.ts'
import { isFailedJobRerun } from '../rollout/failed-jobs.ts'
import { splitReady } from '../rollout/runnable-steps.ts'
import { healableAt } from '../stacks/backoff.ts'
import type { StackState } from '../stacks/stack-state.ts'
import { driftOf } from './drift.ts'
import type { ApplyOutcome } from './executor.ts'
import { isPending } from './pending-restarts.ts'
import { type ActionTools, type ReconcileContext, secondsSince } from './reconcile.ts'
import type { StackPlan } from './stack-plan.ts'
import { unhealthyToRestart } from './unhealthy.ts'

/** Heals drift, and restarts unhealthy containers whose `on_unhealthy` is `restart`. */
export class Healer {
  constructor(private readonly tools: ActionTools) {}

  /** Heals stacks, those with one plan in one apply. Returns whether anything was done. */
  async heal(plans: readonly StackPlan[], reconcile: ReconcileContext): Promise<boolean> {
    let hasActed = false
    for (const planned of new Set(plans.flatMap((plan) => plan.planned ?? []))) {
      const own = plans.filter((plan) => plan.planned === planned)
      hasActed = (await this.healTogether(own, planned, reconcile)) || hasActed
    }
    return hasActed
  }

  /** Restarts unhealthy containers of these stacks. Returns whether anything was done. */
  async restartUnhealthy(plans: readonly StackPlan[], { observation }: ReconcileContext): Promise<boolean> {
    const { executor, stacks, clock } = this.tools
    const now = clock.monotonic()
    const due = unhealthyToRestart(this.statesOf(plans), observation.snapshot.observations, now)
    if (due.length === 0) return false
    const restarted = await executor.restart(due)
    for (const { address, error } of restarted ?? [])
      await stacks.dispatch(parseResourceAddress(address).stack, { type: 'unhealthy-restarted', address, error, now })
    return restarted !== undefined
  }

  private async healTogether(
    plans: readonly StackPlan[],
    planned: Planned,
    reconcile: ReconcileContext,
  ): Promise<boolean> {
    const { executor, stacks, clock } = this.tools
    const startedAt = clock.monotonic()
    const states = this.statesOf(plans)
    const { observations } = reconcile.observation.snapshot
    const all = [...new Map(plans.flatMap((plan) => plan.steps).map((step) => [step.id, step])).values()]
    const due = withoutSteps(
      all,
      (step) =>
        isPostponed(step, states, reconcile) || isFailedJobRerun(step, states, observations, reconcile.now.wall),
    )
    const { ready, waiting } = splitReady(due, observations)
    const addresses = waiting.map(({ step }) => step.address)
    for (const { name } of plans) {
      const own = addresses.filter((address) => parseResourceAddress(address).stack === name)
      await stacks.dispatch(name, { type: 'steps-deferred', waiting: own })
    }
    if (ready.length === 0) return false
    const isCurrent = async (): Promise<boolean> => (await Promise.all(plans.map(this.tools.isCurrent))).every(Boolean)
    const outcome = await executor.apply(planned, ready, { continuesGeneration: true, isCurrent })
    if (outcome === undefined) return false
    for (const plan of plans) await this.record(plan, outcome, startedAt)
    return true
  }

  private async record({ name, steps }: StackPlan, { done, failed }: ApplyOutcome, startedAt: number): Promise<void> {
    const { stacks, clock } = this.tools
    const isOwn = ({ id }: Step): boolean => steps.some((step) => step.id === id)
    const attempted = [...done, ...failed.map(({ step }) => step)].filter((step) => isOwn(step) && !isRecordOnly(step))
    const now = clock.monotonic()
    await stacks.dispatch(name, { type: 'heal-attempted', addresses: attempted.map(({ address }) => address), now })
    const isDone = new Set(done.map(({ id }) => id))
    const healed = steps.filter(({ id }) => isDone.has(id))
    const seconds = secondsSince(startedAt, clock)
    await stacks.dispatch(name, {
      type: 'healed',
      healed: [...new Set(driftOf(healed).map(({ address }) => address))],
      remaining: driftOf(steps.filter(({ id }) => !isDone.has(id))),
      seconds: healed.length > 0 ? seconds : undefined,
    })
    const failure = failed.find(({ step }) => isOwn(step))
    if (failure === undefined) return
    const error = { ...failure.error, address: failure.step.address }
    await stacks.dispatch(name, { type: 'heal-failed', error, seconds })
  }

  private statesOf(plans: readonly StackPlan[]): readonly StackState[] {
    return plans.flatMap(({ name }) => this.tools.stacks.get(name) ?? [])
  }
}

/**
 * True if a later reconcile decides about a step: its object flaps, its restart policy is about to start it, or it is being verified, and
 * the result decides about the change. Pure.
 */
function isPostponed(
  { address, kind, action }: Step,
  states: readonly StackState[],
  { pendingRestarts, now }: ReconcileContext,
): boolean {
  const isVerified =
    kind === 'container' &&
    action !== 'update' &&
    states.some(({ verification }) => verification?.containers.includes(address))
  const isFlapping = states.some(({ flapping }) => healableAt(flapping.get(address)) > now.monotonic)
  return isVerified || isFlapping || isPending(pendingRestarts, address, now.monotonic)
}
