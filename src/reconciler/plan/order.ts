import type { ObjectReference } from '../../model/kind-rules.ts'
import { isRemoving, type Step, type StepAction, type StepId } from '../../model/plan.ts'
import type { ResourceAddress } from '../../model/resource-address.ts'
import { exclusiveOf, type Providers, referencesOf } from '../../providers/by-kind.ts'
import type { PlanInput } from './plan-input.ts'

export const applyActions = ['create', 'update', 'recreate'] as const

const removers = ['delete', 'release'] as const

export const stepIds = (address: ResourceAddress, actions: readonly StepAction[]): StepId[] =>
  actions.map((action): StepId => `${address}:${action}`)

/**
 * The order of steps. A step that makes an object waits for the steps that make the objects it refers to, and for the removal of the old
 * object at its own address. A step that removes an object waits for the steps of the objects that refer to it.
 */
export function stepDependencies(
  drafts: ReadonlyMap<StepId, Step>,
  input: PlanInput,
  providers: Providers,
): ReadonlyMap<StepId, StepId[]> {
  const waits = new Map<StepId, StepId[]>([...drafts.keys()].map((id) => [id, []]))
  const wait = (id: StepId, others: readonly StepId[]): void => {
    waits.get(id)?.push(...others.filter((other) => other !== id && drafts.has(other)))
  }
  const freed = freedBy(drafts, providers)
  for (const [id, one] of drafts) {
    const references = referencesOf(providers, one)
    for (const { to } of isRemoving(one) ? references : neededUntilReplaced(one.address, input, providers))
      for (const remover of stepIds(to, removers)) wait(remover, [id])
    if (isRemoving(one)) continue
    for (const { to } of references) wait(id, stepIds(to, applyActions))
    wait(id, stepIds(one.address, removers))
    for (const key of exclusiveOf(providers, one)) wait(id, freed.get(key) ?? [])
  }
  return waits
}

/** The objects that an existing object uses until its successor runs. */
function neededUntilReplaced(
  address: ResourceAddress,
  input: PlanInput,
  providers: Providers,
): readonly ObjectReference[] {
  const observed = input.snapshot.observations.get(address)
  return observed?.presence === 'owned'
    ? referencesOf(providers, observed).filter((reference) => reference.neededUntilReplaced)
    : []
}

/** The steps that free an exclusive name, by name. */
function freedBy(drafts: ReadonlyMap<StepId, Step>, providers: Providers): ReadonlyMap<string, readonly StepId[]> {
  const freed = new Map<string, StepId[]>()
  for (const one of drafts.values()) {
    if (one.action !== 'delete') continue
    for (const key of exclusiveOf(providers, one)) freed.set(key, [...(freed.get(key) ?? []), one.id])
  }
  return freed
}
