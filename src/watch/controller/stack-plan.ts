import { type Diagnostic, toDiagnostic } from '../../model/errors.ts'
import type { Step } from '../../model/plan.ts'
import { parseResourceAddress, type ResourceAddress } from '../../model/resource-address.ts'
import { specHash } from '../../model/values/stable-json.ts'
import type { Engine, Planned } from '../../reconciler/engine.ts'
import { withoutSteps } from '../../reconciler/plan/without-steps.ts'
import type { DesiredRevision } from '../stacks/desired-revision.ts'
import type { StackState } from '../stacks/stack-state.ts'
import { isHealing, isStopped } from './drift.ts'
import { isIgnored, withoutIgnored } from './ignore.ts'
import { type HostObservation, stepsOf } from './observe.ts'

/** The plan of one stack in a reconcile, with its inputs. */
export interface StackPlan
  extends Pick<StackState, 'name' | 'desired' | 'undeclared' | 'removalWaitsFor' | 'settings'> {
  /** The revision that was planned; undefined: none, the stack is to be removed or cannot be planned. */
  readonly target: DesiredRevision | undefined
  readonly planned: Planned | undefined
  /** Its steps, without ignored ones and those of containers that a user has stopped. */
  readonly steps: readonly Step[]
  readonly error: Diagnostic | undefined
  /** Containers that differ from the last good generation. */
  readonly containers: readonly ResourceAddress[]
  /** True if the last good generation is still recorded; undefined: it was not read, because nothing changes. */
  readonly hasLastGood: boolean | undefined
}

/** True if the inputs of a plan are the same in the present state. */
export const isCurrent = (plan: StackPlan, state: StackState): boolean =>
  state.desired === plan.desired &&
  state.undeclared === plan.undeclared &&
  state.removalWaitsFor === plan.removalWaitsFor &&
  state.settings === plan.settings

/** The plan of a stack from an observation; empty if the stack has no desired revision. Reads records, changes nothing. */
export async function planStack(
  state: StackState,
  observation: HostObservation,
  engine: Engine,
  recordedRevision: (generation: number) => Promise<DesiredRevision | undefined>,
): Promise<readonly StackPlan[]> {
  const base = emptyPlan(state)
  if (state.undeclared) return [await planRemoval(base, observation, engine)]
  const error = observation.errors.get(state.name)
  if (error) return [{ ...base, error }]
  const plan = observation.plans.find(({ targets }) => targets.some((one) => one.stack === state.name))
  const target = plan?.targets.find((one) => one.stack === state.name)
  if (plan === undefined || target === undefined) return []
  const { planned } = plan
  // Steps that a new stack causes in other stacks, e.g. hosts files of a shared network, are part of its change.
  const all = plan.targets.length === 1 ? planned.plan.steps : stepsOf(planned, target)
  const { ignore } = state.settings
  const steps = withoutIgnored(withoutSteps(all, isStopped), ignore)
  // With the same files a tag can refer to another image than before.
  const changes = target.hash !== state.record.verifiedHash || steps.some((step) => !isHealing(step))
  if (!changes) return [{ ...base, target, planned, steps }]
  const lastGood =
    state.record.verifiedGeneration === null ? undefined : await recordedRevision(state.record.verifiedGeneration)
  const changed = changedContainers(target, planned, lastGood).filter((address) => !isIgnored(ignore, address))
  return [{ ...base, target, planned, steps, containers: changed, hasLastGood: lastGood !== undefined }]
}

/** A plan without steps. */
export const emptyPlan = ({ name, desired, undeclared, removalWaitsFor, settings }: StackState): StackPlan => ({
  name,
  desired,
  undeclared,
  removalWaitsFor,
  settings,
  target: undefined,
  planned: undefined,
  steps: [],
  error: undefined,
  containers: [],
  hasLastGood: undefined,
})

/** The removal of a stack that no file declares any more. */
async function planRemoval(base: StackPlan, { snapshot }: HostObservation, engine: Engine): Promise<StackPlan> {
  const isOwn = (address: ResourceAddress): boolean => parseResourceAddress(address).stack === base.name
  if (![...snapshot.observations.keys()].some(isOwn)) return base
  const planned = await engine
    .planRequest(
      {
        scope: { desired: new Map(), removes: isOwn },
        secretValues: new Map(),
        deleteData: false,
        mayTouch: (owner) => owner === undefined,
      },
      { snapshot },
    )
    .catch((error: unknown) => toDiagnostic(error))
  return 'plan' in planned ? { ...base, planned, steps: planned.plan.steps } : { ...base, error: planned }
}

function changedContainers(
  target: DesiredRevision,
  planned: Planned,
  lastGood: DesiredRevision | undefined,
): readonly ResourceAddress[] {
  const specOf = (address: ResourceAddress): string => specHash(planned.resolved.desired.get(address)?.spec)
  return [...target.resources.values()]
    .filter(({ kind }) => kind === 'container')
    .map(({ address }) => address)
    .filter(
      (address) =>
        lastGood?.resources.get(address) === undefined ||
        specHash(lastGood.resources.get(address)?.spec) !== specOf(address),
    )
}
