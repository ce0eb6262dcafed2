import { dependencyState } from '../../model/kinds/dependency.ts'
import { isOwned, type Observation } from '../../model/observation.ts'
import type { Step, StepId } from '../../model/plan.ts'
import type { ResourceAddress } from '../../model/resource-address.ts'

/** A step that waits for another container to be healthy or to have completed. */
export interface Waiting {
  readonly step: Step
  readonly on: ResourceAddress
}

/**
 * Splits steps into those that can be applied now and those that wait for a dependency, with all steps after them. An apply of `watch`
 * never waits for a dependency: a later reconcile applies the waiting steps. Pure.
 */
export function splitReady(
  steps: readonly Step[],
  observed: ReadonlyMap<ResourceAddress, Observation>,
): { readonly ready: readonly Step[]; readonly waiting: readonly Waiting[] } {
  const renewed = new Set(
    steps.filter((step) => step.action === 'create' || step.action === 'recreate').map((step) => step.address),
  )
  const waiting = new Map<StepId, Waiting>()
  for (const step of steps) {
    const on = awaited(step, renewed, observed) ?? behind(step, waiting)
    if (on !== undefined) waiting.set(step.id, { step, on })
  }
  return { ready: steps.filter((step) => !waiting.has(step.id)), waiting: [...waiting.values()] }
}

function awaited(
  step: Step,
  renewed: ReadonlySet<ResourceAddress>,
  observed: ReadonlyMap<ResourceAddress, Observation>,
): ResourceAddress | undefined {
  if (step.kind !== 'container' || (step.action !== 'create' && step.action !== 'recreate')) return undefined
  return step.spec.depends_on.find(({ container, condition }) => {
    if (condition === 'service_started') return false
    const one = observed.get(container)
    const dependency = dependencyState(condition, isOwned(one, 'container') ? one : undefined)
    return renewed.has(container) || dependency.state !== 'fulfilled'
  })?.container
}

/** A step that comes after a waiting one waits for the same container. Steps are in order, so that one is already in `waiting`. */
const behind = (step: Step, waiting: ReadonlyMap<StepId, Waiting>): ResourceAddress | undefined =>
  step.after.map((id) => waiting.get(id)?.on).find((on) => on !== undefined)
