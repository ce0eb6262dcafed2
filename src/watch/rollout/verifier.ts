import type { Diagnostic } from '../../model/errors.ts'
import type { ActionTools, ReconcileContext } from '../controller/reconcile.ts'
import type { StackPlan } from '../controller/stack-plan.ts'
import { isFailing, type StackState } from '../stacks/stack-state.ts'
import { withChange } from './container-changes.ts'
import type { Rollout } from './rollout.ts'
import { type Verification, verify, withStarts } from './verify.ts'

/** Verifies applied changes, at each reconcile until they are healthy or have failed. */
export class Verifier {
  constructor(
    private readonly tools: ActionTools,
    private readonly rollout: Pick<Rollout, 'fail'>,
  ) {}

  /** Returns whether the change of a stack has failed. */
  async hasFailed(plan: StackPlan, { observation: { snapshot }, now: instant }: ReconcileContext): Promise<boolean> {
    const { stacks, executor } = this.tools
    const state = stacks.get(plan.name)
    const { target, steps } = plan
    if (state?.verification === undefined || target === undefined) return false
    if (state.verification.hash !== target.hash) {
      await stacks.dispatch(plan.name, { type: 'verification-dropped' })
      return false
    }
    const outstanding = new Set(steps.map((step) => step.address).filter((address) => state.waiting.includes(address)))
    const now = instant.monotonic
    const verification = withStarts(state.verification, snapshot.observations, outstanding, now)
    await stacks.dispatch(plan.name, { type: 'verification-observed', verification })
    const result = verify(verification, snapshot.observations, outstanding, state.settings, now)
    if (result.result === 'failed') {
      const { code, message, container: address } = result
      const failure: Diagnostic = { code, message, address }
      const { secretValues } = target
      const explained = await executor.failVerification(verification.generation, { failure, secretValues })
      const error = withChange(explained ?? failure, verification.changes ?? new Map())
      await this.rollout.fail(state, verification, error, now)
      return true
    }
    if (result.result === 'healthy' && !steps.some((step) => step.kind === 'container' && step.action !== 'update'))
      await this.pass(state, verification)
    return false
  }

  private async pass(state: StackState, verification: Verification): Promise<void> {
    const { stacks, executor, clock } = this.tools
    const { name, retry } = state
    if (retry.failures > 0) await executor.conclude(verification.generation, 'done')
    await stacks.dispatch(name, { type: 'verification-passed', verification, passedAt: clock.wall().toISOString() })
    if (isFailing(state)) await stacks.dispatch(name, { type: 'recovered' })
  }
}
