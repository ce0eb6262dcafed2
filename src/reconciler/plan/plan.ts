import { type Change, costliestClass } from '../../model/change.ts'
import type { Resource } from '../../model/desired.ts'
import type { Diagnostic } from '../../model/errors.ts'
import { hasProcess } from '../../model/kinds/container.ts'
import { defaultNetwork } from '../../model/kinds/network.ts'
import { isOwned, type OwnedOf } from '../../model/observation.ts'
import {
  type ApplyAction,
  type ApplyStep,
  isRemoving,
  type Plan,
  type RemoveAction,
  type RemoveStep,
  recordPath,
  type Step,
  type StepAction,
  type StepId,
} from '../../model/plan.ts'
import type { ResourceAddress } from '../../model/resource-address.ts'
import {
  changeForNamespaceSharers,
  diffOf,
  holdsData,
  leavesData,
  mayErase,
  notErasedBecause,
  type Providers,
  referencesOf,
} from '../../providers/by-kind.ts'
import { closure, topologicalOrder } from './graph.ts'
import { applyActions, stepDependencies, stepIds } from './order.ts'
import type { PlanInput } from './plan-input.ts'
import { type ReplicaReason, replicaReasons } from './replica-reasons.ts'
import { changeReason, reasons } from './step-reason.ts'

/** The steps from the observed to the desired objects, in order. Pure and deterministic. */
export function computePlan(input: PlanInput, providers: Providers): Plan {
  const steps = addNamespaceSharers(
    expandReplacements(initialSteps(input, providers), input, providers),
    input,
    providers,
  )
  const dependencies = stepDependencies(steps, input, providers)
  const ordered = topologicalOrder(dependencies).flatMap((id): readonly Step[] => {
    const step = steps.get(id)
    const after = [...(dependencies.get(id) ?? [])].sort()
    return step === undefined ? [] : [{ ...step, ...processState(step, input), after }]
  })
  return {
    formatVersion: 1,
    steps: ordered,
    summary: summarise(ordered, input.declared),
    warnings: warnings(input),
  }
}

/** A container without a process: removing or starting it is not an outage. One that ignores its stop signal is down for longer. */
function processState({ address, action }: Step, { snapshot }: PlanInput): Pick<Step, 'notRunning' | 'ignoresStop'> {
  const observed = snapshot.observations.get(address)
  if (observed === undefined || !isOwned(observed, 'container') || action === 'update') return {}
  const { state, ignoresStop } = observed.actual
  if (!hasProcess(state)) return { notRunning: state }
  return ignoresStop === undefined ? {} : { ignoresStop }
}

function initialSteps(input: PlanInput, providers: Providers): Map<StepId, Step> {
  const steps = new Map<StepId, Step>()
  const replicaReason = replicaReasons(input)
  const concerned = concernedObjects(input, providers)
  for (const resource of input.desired.values()) {
    const observed = input.snapshot.observations.get(resource.address)
    if (observed?.presence === 'unmanaged') continue
    if (observed === undefined) add(steps, creating(resource, input.released, replicaReason))
    else {
      const isConcerned = concerned.has(resource.address)
      for (const step of stepsForExisting({ resource, observed, isConcerned }, input, providers)) add(steps, step)
    }
  }
  for (const [address, observed] of input.snapshot.observations) {
    if (observed.presence !== 'owned' || input.desired.has(address) || !input.removes(address)) continue
    const keepsData = leavesData(providers, observed) && !(input.deleteData && mayErase(providers, observed))
    const reason = replicaReason(address) ?? input.removalReason
    const fullReason =
      keepsData && input.deleteData ? reasons.notErased(reason, notErasedBecause(providers, observed)) : reason
    add(steps, removeStep(providers, address, observed, keepsData ? 'release' : 'delete', fullReason))
  }
  return steps
}

/**
 * The objects whose drift a run repairs: those that it declares, those that they refer to, and the default network, which all stacks share.
 * The drift of other stacks' networks is not in its plan.
 */
function concernedObjects({ desired, declared }: PlanInput, providers: Providers): ReadonlySet<ResourceAddress> {
  const own = [...desired.values()].filter(({ address }) => declared.has(address))
  const used = own.flatMap((one) => referencesOf(providers, one).map(({ to }) => to))
  return new Set([...declared.keys(), ...used, defaultNetwork])
}

interface Existing {
  readonly resource: Resource
  readonly observed: OwnedOf
  /** False: its drift is not repaired. */
  readonly isConcerned: boolean
}

/** The step for an object that exists: its change, or only a new record; none if nothing differs. */
function stepsForExisting(
  { resource, observed, isConcerned }: Existing,
  input: PlanInput,
  providers: Providers,
): readonly Step[] {
  const diff = diffOf(providers, resource, observed)
  if (diff.action === 'keep') return isConcerned ? recordSteps(resource, input) : []
  const changes = isConcerned ? diff.changes : diff.changes.filter(({ drift }) => drift === undefined)
  if (changes.length === 0) return []
  const reason = changeReason(changes)
  const details = { class: costliestClass(changes), changes }
  // `expandReplacements` adds the create of a replacement.
  return diff.action === 'replace'
    ? [removeStep(providers, resource.address, observed, 'delete', reason, details)]
    : [applyStep(resource, diff.action, reason, details)]
}

/** The step that records an object again whose record is lost or incomplete; none if it is recorded. */
function recordSteps(resource: Resource, input: PlanInput): readonly Step[] {
  const { address } = resource
  const { inventory, inventoryUnknown } = input.snapshot.state
  if (inventoryUnknown || inventory.has(address)) return []
  const failure = input.failedCreations.get(address)
  const drift = failure === undefined ? reasons.recordLost : reasons.creationFailed(failure)
  const change: Change = { path: recordPath, before: undefined, after: 'recorded', class: 'live', drift }
  const reason = failure === undefined ? reasons.recordRebuilt : drift
  return [applyStep(resource, 'update', reason, { class: 'live', changes: [change] })]
}

const creating = (
  resource: Resource,
  released: ReadonlySet<ResourceAddress>,
  replicaReason: ReplicaReason,
): ApplyStep =>
  released.has(resource.address)
    ? { ...applyStep(resource, 'create', reasons.reused), reuses: true }
    : applyStep(resource, 'create', replicaReason(resource.address) ?? reasons.missing)

type Details = Partial<Pick<Step, 'class' | 'changes'>>
const noDetails = { class: null, changes: [], after: [], destructive: false } as const

const applyStep = (resource: Resource, action: ApplyAction, reason: string, details: Details = {}): ApplyStep => ({
  id: `${resource.address}:${action}`,
  action,
  reason,
  ...noDetails,
  ...details,
  ...resource,
})

function removeStep(
  providers: Providers,
  address: ResourceAddress,
  { presence: _, actual: _actual, ...applied }: OwnedOf,
  action: RemoveAction,
  reason: string,
  details: Details = {},
): RemoveStep {
  const destructive = action === 'delete' && holdsData(providers, applied.kind)
  return { id: `${address}:${action}`, address, action, reason, ...noDetails, destructive, ...details, ...applied }
}

/** A replacement is a delete and a create. Objects that depend on the replaced one are deleted and created with it. */
function expandReplacements(steps: Map<StepId, Step>, input: PlanInput, providers: Providers): Map<StepId, Step> {
  const replaced = [...steps.values()].filter((step) => step.action === 'delete')
  for (const { address, reason, changes } of replaced) {
    const desired = input.desired.get(address)
    if (desired === undefined) continue
    add(steps, applyStep(desired, 'create', reasons.replacement(reason), { class: 'replace', changes }))
    for (const [dependent, observed] of dependentsOf(address, input, providers)) {
      // It does not come back, for a reason of its own.
      if (!input.desired.has(dependent) && steps.has(`${dependent}:delete`)) continue
      for (const id of stepIds(dependent, applyActions)) steps.delete(id)
      const desiredDependent = input.desired.get(dependent)
      const details: Details = { class: 'replace', changes: fieldChanges(desiredDependent, observed, providers) }
      const dependentReason = reasons.replacedBelow(address)
      add(steps, removeStep(providers, dependent, observed, 'delete', dependentReason, details))
      if (desiredDependent) add(steps, applyStep(desiredDependent, 'create', dependentReason, details))
    }
  }
  return steps
}

/** The changed fields of an object that another replacement replaces. Drift ends with the old object. */
function fieldChanges(resource: Resource | undefined, observed: OwnedOf, providers: Providers): readonly Change[] {
  const diff = resource === undefined ? undefined : diffOf(providers, resource, observed)
  return diff === undefined || diff.action === 'keep' ? [] : diff.changes.filter(({ drift }) => drift === undefined)
}

/** Also recreates the containers that share the network namespace of a recreated one. */
function addNamespaceSharers(steps: Map<StepId, Step>, input: PlanInput, providers: Providers): Map<StepId, Step> {
  const { observations } = input.snapshot
  const changes = [...steps.values()].flatMap((step) => {
    if (step.action !== 'create' && step.action !== 'recreate') return []
    const change = changeForNamespaceSharers(providers, step, observations.get(step.address))
    return change === undefined ? [] : [{ of: step.address, change }]
  })
  for (const { of, change } of changes) {
    for (const sharer of input.desired.values()) {
      const exists = observations.get(sharer.address)?.presence === 'owned'
      const planned = stepIds(sharer.address, ['create', 'recreate']).some((id) => steps.has(id))
      if (!exists || planned || !followsRestartOf(providers, sharer, of)) continue
      const all = [...(steps.get(`${sharer.address}:update`)?.changes ?? []), change]
      steps.delete(`${sharer.address}:update`)
      add(steps, applyStep(sharer, 'recreate', changeReason(all), { class: 'recreate', changes: all }))
    }
  }
  return steps
}

const add = (steps: Map<StepId, Step>, step: Step): unknown => steps.set(step.id, step)

/** Owned objects that refer to `address`, and those that restart together with one of these, directly or not. */
function dependentsOf(
  address: ResourceAddress,
  input: PlanInput,
  providers: Providers,
): readonly (readonly [ResourceAddress, OwnedOf])[] {
  const owned = [...input.snapshot.observations].flatMap(([own, one]) =>
    one.presence === 'owned' ? [[own, one] as const] : [],
  )
  const refersTo = (one: OwnedOf, to: ResourceAddress): boolean =>
    referencesOf(providers, one).some((ref) => ref.to === to)
  const reached = closure([address], (from) =>
    owned
      .filter(([, one]) => (from === address ? refersTo(one, from) : followsRestartOf(providers, one, from)))
      .map(([own]) => own),
  )
  return owned.filter(([own]) => own !== address && reached.has(own)).sort(([left], [right]) => (left < right ? -1 : 1))
}

const followsRestartOf = (providers: Providers, one: Resource | OwnedOf, other: ResourceAddress): boolean =>
  referencesOf(providers, one).some(({ to, followsRestart }) => to === other && followsRestart)

function summarise(steps: readonly Step[], declared: PlanInput['declared']): Plan['summary'] {
  const count = (...actions: StepAction[]): number => steps.filter((step) => actions.includes(step.action)).length
  const touched = new Set(steps.filter((step) => !isRemoving(step)).map((step) => step.address))
  return {
    create: count('create'),
    update: count('update'),
    recreate: count('recreate'),
    delete: count('delete', 'release'),
    keep: [...declared.keys()].filter((address) => !touched.has(address)).length,
  }
}

function warnings(input: PlanInput): readonly Diagnostic[] {
  const pending = input.snapshot.state.pending
  return pending.length === 0
    ? []
    : [
        {
          code: 'interrupted-before',
          message: `An earlier run was interrupted (${pending.length === 1 ? '1 step' : `${pending.length} steps`} unfinished: ${pending.slice(0, 3).join(', ')}${pending.length > 3 ? ' ...' : ''}). This plan finishes it.`,
        },
      ]
}
