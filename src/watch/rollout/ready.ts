import type { Address } from '../../model/address.ts'
import type { ContainerActual } from '../../model/kinds/container.ts'
import { isOwned, type Observation } from '../../model/observation.ts'
import type { Step, StepId } from '../../model/plan.ts'

/** A step that waits for another container to be healthy or to have completed. */
export interface Waiting {
  readonly step: Step
  readonly on: Address
}

/**
 * Steps that may be taken now, and those that wait for what containers they depend on have yet to become, with all that comes after
 * them: nobody sits in an apply until it is so, the next look takes them up. Pure.
 */
export function splitReady(
  steps: readonly Step[],
  observed: ReadonlyMap<Address, Observation>,
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
  renewed: ReadonlySet<Address>,
  observed: ReadonlyMap<Address, Observation>,
): Address | undefined {
  if (step.kind !== 'container' || (step.action !== 'create' && step.action !== 'recreate')) return undefined
  return step.spec.depends_on.find(({ container, condition }) => {
    if (condition === 'service_started') return false
    const one = observed.get(container)
    return renewed.has(container) || !isOwned(one, 'container') || !fulfils(one.actual, condition)
  })?.container
}

const fulfils = (actual: ContainerActual, condition: string): boolean =>
  condition === 'service_healthy' ? actual.health === 'healthy' : actual.state === 'completed'

/** Steps come in order: who waits for a waiting one stands behind it. */
const behind = (step: Step, waiting: ReadonlyMap<StepId, Waiting>): Address | undefined =>
  step.after.map((id) => waiting.get(id)?.on).find((on) => on !== undefined)
