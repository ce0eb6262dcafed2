import { hasProcess } from '../../model/kinds/container.ts'
import { type BootObstacle, bootObstacle } from '../../model/kinds/restart-policy.ts'
import { isOwned, type Observation } from '../../model/observation.ts'
import { isRemoving, type Step, type StepId } from '../../model/plan.ts'
import type { ResourceAddress } from '../../model/resource-address.ts'
import { withoutSteps } from './without-steps.ts'

/** An object that `heropods boot` leaves as it is. */
export interface LeftObject {
  readonly address: ResourceAddress
  /** The end of a sentence whose subject is the object: `was stopped`. */
  readonly why: string
  /** True if its restart policy or its user wants it so; false: it needs an apply. */
  readonly isIntended: boolean
}

const obstacleTexts: Readonly<Record<BootObstacle, string>> = {
  'no-policy': 'does not start at boot: its restart policy is "no"',
  stopped: 'stays stopped: a user stopped it',
  completed: 'has completed and does not run again',
}

/** Why a container does not start at boot, as the end of a sentence. Pure. */
export const obstacleText = (obstacle: BootObstacle): string => obstacleTexts[obstacle]

/**
 * The steps that a boot may apply: it starts containers as their restart policies require, and repairs networks and mounts. It ends no process
 * and removes nothing, so such steps are left out, with those that need them. `chosen`: only these containers are started, whatever their
 * policies; default: all. Pure.
 */
export function bootSteps(
  steps: readonly Step[],
  observed: ReadonlyMap<ResourceAddress, Observation>,
  chosen?: readonly ResourceAddress[],
): { readonly steps: readonly Step[]; readonly left: readonly LeftObject[] } {
  const left = new Map<StepId, LeftObject>()
  for (const step of steps) {
    const found = leftBy(step, observed.get(step.address), chosen) ?? behindLeft(step, left)
    if (found) left.set(step.id, found)
  }
  return { steps: withoutSteps(steps, ({ id }) => left.has(id)), left: [...left.values()] }
}

function leftBy(
  step: Step,
  observed: Observation | undefined,
  chosen: readonly ResourceAddress[] | undefined,
): LeftObject | undefined {
  const { address, reason } = step
  if (isRemoving(step)) return { address, why: `would have to be removed: ${reason}`, isIntended: false }
  if (step.kind !== 'container' || step.action === 'update') return undefined
  const state = isOwned(observed, 'container') ? observed.actual.state : 'absent'
  if (hasProcess(state)) return { address, why: `runs and would have to be restarted: ${reason}`, isIntended: false }
  if (chosen) return chosen.includes(address) ? undefined : { address, why: 'was not chosen', isIntended: true }
  const obstacle = bootObstacle(step.spec, state)
  return obstacle && { address, why: obstacleText(obstacle), isIntended: true }
}

/** A step cannot follow one that needs an apply. Containers that stay down as intended hold nothing up. */
function behindLeft({ address, after }: Step, left: ReadonlyMap<StepId, LeftObject>): LeftObject | undefined {
  const needed = after.map((id) => left.get(id)).find((one) => one?.isIntended === false)
  return needed && { address, why: `needs ${needed.address}, which ${needed.why}`, isIntended: false }
}
