import { isFailedJob } from '../../model/kinds/restart-policy.ts'
import { isOwned, type Observation } from '../../model/observation.ts'
import type { Step } from '../../model/plan.ts'
import { parseResourceAddress, type ResourceAddress } from '../../model/resource-address.ts'
import { isHealing } from '../controller/drift.ts'
import type { StackState } from '../stacks/stack-state.ts'

/**
 * True if a step would run a failed job again with the same spec. Such a step is left out, unless a user has just resumed the stack. Pure.
 */
export function isFailedJobRerun(
  step: Step,
  states: readonly Pick<StackState, 'name' | 'rerunsJobs'>[],
  observations: ReadonlyMap<ResourceAddress, Observation>,
  now: Date,
): boolean {
  const one = observations.get(step.address)
  const state = states.find(({ name }) => name === parseResourceAddress(step.address).stack)
  if (step.action !== 'recreate' || !isHealing(step) || state?.rerunsJobs === true) return false
  if (!isOwned(one, 'container') || one.spec === undefined || one.actual.state !== 'exited') return false
  const { exitCode: code, startedAt, restarts } = one.actual
  return isFailedJob(one.spec, { code, ranMs: now.getTime() - Date.parse(startedAt ?? ''), restarts })
}
