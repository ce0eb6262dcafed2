import { type Clock, instantOf } from '../clock.ts'
import { prune } from '../rollout/prune.ts'
import { restore } from '../rollout/restore.ts'
import { Rollout, type RolloutTools } from '../rollout/rollout.ts'
import { Verifier } from '../rollout/verifier.ts'
import type { Decision } from './decide.ts'
import { type Decided, decideAll, type HoldFacts, healedMeanwhile, type Subject } from './decide-all.ts'
import { Healer } from './healer.ts'
import { notesOf } from './notes.ts'
import type { HostObservation } from './observe.ts'
import { observePendingRestarts, type PendingRestarts, pendingUntil } from './pending-restarts.ts'
import type { ReconcileContext } from './reconcile.ts'
import type { StackPlan } from './stack-plan.ts'

export interface ActionsTools extends RolloutTools {
  readonly clock: Clock
  holdFacts(): HoldFacts
}

/** Carries out the decisions of a reconcile. */
export class Actions {
  private pendingRestarts: PendingRestarts = new Map()
  private readonly healer: Healer
  private readonly rollout: Rollout
  private readonly verifier: Verifier

  constructor(private readonly tools: ActionsTools) {
    this.healer = new Healer(tools)
    this.rollout = new Rollout(tools)
    this.verifier = new Verifier(tools, this.rollout)
  }

  /** Returns whether anything was done. */
  async act(observation: HostObservation, plans: readonly StackPlan[]): Promise<boolean> {
    const now = instantOf(this.tools.clock)
    this.pendingRestarts = observePendingRestarts(this.pendingRestarts, observation.snapshot.observations, now)
    const reconcile = { observation, pendingRestarts: this.pendingRestarts, now }
    for (const { name, hasLastGood } of plans)
      if (hasLastGood !== undefined) await this.tools.stacks.dispatch(name, { type: 'last-good-checked', hasLastGood })
    const remaining = await this.verifyAll(plans, reconcile)
    const decided = decideAll(this.subjects(remaining), observation, now.wall, this.tools.holdFacts())
    for (const one of decided) await this.note(one, reconcile)
    // Another run may have ended meanwhile, but these plans were made while it ran.
    if (observation.disturbed && remaining.some((plan) => plan.steps.length > 0)) {
      this.tools.executor.retrySoon()
      return false
    }
    return this.carryOut(decided, plans, reconcile)
  }

  /** When exits become drift. Milliseconds of the monotonic clock. */
  dueTimes(): readonly number[] {
    return pendingUntil(this.pendingRestarts)
  }

  /** Plans of stacks whose change has not just failed. A stack with a failed change is planned again by the next reconcile. */
  private async verifyAll(plans: readonly StackPlan[], reconcile: ReconcileContext): Promise<readonly StackPlan[]> {
    const remaining: StackPlan[] = []
    for (const plan of plans) if (!(await this.verifier.hasFailed(plan, reconcile))) remaining.push(plan)
    return remaining
  }

  private subjects(plans: readonly StackPlan[]): readonly Subject[] {
    return plans.flatMap((plan) => {
      const state = this.tools.stacks.get(plan.name)
      return state === undefined ? [] : [{ state, plan }]
    })
  }

  private async note(decided: Decided, reconcile: ReconcileContext): Promise<void> {
    const { stacks, random } = this.tools
    for (const event of notesOf(decided, reconcile, random())) await stacks.dispatch(decided.plan.name, event)
  }

  private async carryOut(
    decided: readonly Decided[],
    plans: readonly StackPlan[],
    reconcile: ReconcileContext,
  ): Promise<boolean> {
    const of = (action: Decision['action']): readonly StackPlan[] =>
      decided.filter(({ decision }) => decision.action === action).map(({ plan }) => plan)
    let did = await this.healer.heal([...of('heal'), ...healedMeanwhile(decided, reconcile.now.monotonic)], reconcile)
    did = (await this.healer.restartUnhealthy(plans, reconcile)) || did
    for (const plan of of('prune')) did = (await prune(this.tools, plan)) || did
    for (const plan of of('restore')) did = (await restore(this.tools, plan, reconcile)) || did
    for (const plan of of('change')) did = (await this.rollout.apply(plan, reconcile)) || did
    const newest = reconcile.observation.snapshot.state.generation
    for (const plan of of('verify')) await this.rollout.beginVerification(plan, newest)
    return did
  }
}
