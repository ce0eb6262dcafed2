import type { ObjectReference } from '../../model/kind-rules.ts'
import { isRemoving, type Step, type StepAction, type StepId } from '../../model/plan.ts'
import type { ResourceAddress } from '../../model/resource-address.ts'
import { exclusiveOf, type Providers, referencesOf } from '../../providers/by-kind.ts'
import type { PlanInput } from './plan-input.ts'

export const applyActions = ['create', 'update', 'recreate'] as const

const removeActions = ['delete', 'release'] as const

export const stepIds = (address: ResourceAddress, actions: readonly StepAction[]): StepId[] =>
  actions.map((action): StepId => `${address}:${action}`)

/**
 * The order of steps. A step that makes an object waits for the steps that make the objects it refers to, and for the removal of the old
 * object at its own address. A step that removes an object waits for the steps of the objects that refer to it. Images come first.
 */
export function stepDependencies(
  steps: ReadonlyMap<StepId, Step>,
  input: PlanInput,
  providers: Providers,
): ReadonlyMap<StepId, StepId[]> {
  const dependencies = new Map<StepId, StepId[]>([...steps.keys()].map((id) => [id, []]))
  const addDependencies = (id: StepId, others: readonly StepId[]): void => {
    dependencies.get(id)?.push(...others.filter((other) => other !== id && steps.has(other)))
  }
  const freeing = freeingSteps(steps, providers)
  for (const [id, one] of steps) {
    const references = referencesOf(providers, one)
    for (const { to } of isRemoving(one) ? references : neededUntilReplaced(one.address, input, providers))
      for (const remover of stepIds(to, removeActions)) addDependencies(remover, [id])
    if (isRemoving(one)) continue
    for (const { to } of references) addDependencies(id, stepIds(to, applyActions))
    addDependencies(id, stepIds(one.address, removeActions))
    for (const key of exclusiveOf(providers, one)) addDependencies(id, freeing.get(key) ?? [])
  }
  return withImagesFirst(steps, dependencies)
}

/**
 * The dependencies with the images of a run before every other step: an image that cannot be obtained then stops the run before it changes
 * anything.
 */
function withImagesFirst(
  steps: ReadonlyMap<StepId, Step>,
  dependencies: ReadonlyMap<StepId, StepId[]>,
): ReadonlyMap<StepId, StepId[]> {
  const images = new Set(
    [...steps.values()]
      .filter((one) => obtainsImage(one) && dependencies.get(one.id)?.length === 0)
      .map(({ id }) => id),
  )
  return new Map(
    [...dependencies].map(([id, others]) => {
      // A step that waits for another one comes after the images because that one does.
      const isFirst = !images.has(id) && others.every((other) => images.has(other))
      return [id, isFirst ? [...new Set([...others, ...images])] : others]
    }),
  )
}

/** True if a step that cannot run waits for an image that it does not use, because all images are obtained first. Pure. */
export const waitsForOtherImage = (step: Step, failed: Step, providers: Providers): boolean =>
  obtainsImage(failed) &&
  failed.after.length === 0 &&
  !referencesOf(providers, step).some(({ to }) => to === failed.address)

/** Only steps that obtain a new image come first. A failed repair of an image must not block other repairs. */
const obtainsImage = ({ kind, action, changes }: Step): boolean =>
  kind === 'image' && (action === 'create' || (action === 'update' && changes.some(({ drift }) => drift === undefined)))

/** The objects that an existing object needs until its replacement runs. */
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
function freeingSteps(steps: ReadonlyMap<StepId, Step>, providers: Providers): ReadonlyMap<string, readonly StepId[]> {
  const freeing = new Map<string, StepId[]>()
  for (const one of steps.values()) {
    if (one.action !== 'delete') continue
    for (const key of exclusiveOf(providers, one)) freeing.set(key, [...(freeing.get(key) ?? []), one.id])
  }
  return freeing
}
