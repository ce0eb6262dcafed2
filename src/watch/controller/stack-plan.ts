import { type Address, parseAddress } from '../../model/address.ts'
import { type Diagnostic, toDiagnostic } from '../../model/errors.ts'
import type { Step } from '../../model/plan.ts'
import { specHash } from '../../model/values/stable-json.ts'
import type { Engine, Planned } from '../../reconciler/engine.ts'
import type { DesiredRevision } from './desired-revision.ts'
import { isHealing, isStopped, withoutSteps } from './drift.ts'
import { isLeftAlone, withoutIgnored } from './ignore.ts'
import { type HostObservation, stepsOf } from './observe.ts'
import type { StackState } from './stack-state.ts'

/** What a look found to do for one stack. */
export interface StackPlan extends Pick<StackState, 'desired' | 'removed' | 'settings'> {
  readonly state: StackState
  /** undefined: it is to go. */
  readonly target: DesiredRevision | undefined
  readonly planned: Planned | undefined
  /** Its steps, without what is ignored and what its users stopped. */
  readonly steps: readonly Step[]
  readonly error: Diagnostic | undefined
  /** Containers that differ from the last good generation: the change's own. */
  readonly concerned: readonly Address[]
}

/** Whether what the work was made from is still so: files may have changed, and users may have spoken, while others were at it. */
export const isCurrent = ({ state: kept, desired: stated, removed, settings }: StackPlan): boolean =>
  kept.desired === stated && kept.removed === removed && kept.settings === settings

/** Work on a stack as a survey found it; none where there is nothing that it is held against. */
export async function planStack(
  kept: StackState,
  found: HostObservation,
  engine: Engine,
  recorded: (generation: number) => Promise<DesiredRevision | undefined>,
): Promise<readonly StackPlan[]> {
  const { desired, removed, settings } = kept
  const base = {
    state: kept,
    desired,
    removed,
    settings,
    target: undefined,
    planned: undefined,
    steps: [],
    concerned: [],
  }
  if (removed) return [await removalOf(base, found, engine)]
  const error = found.errors.get(kept.name)
  if (error) return [{ ...base, error }]
  const plan = found.plans.find(({ targets }) => targets.some((target) => target.stack === kept.name))
  const target = plan?.targets.find((one) => one.stack === kept.name)
  if (plan === undefined || target === undefined) return []
  const own = stepsOf(plan.planned, target)
  const alone = plan.targets.length === 1
  // What follows from a new stack for others, as names in a shared network, is part of its own change.
  const all = alone ? plan.planned.plan.steps : own
  const steps = withoutIgnored(
    withoutSteps(all, (step) => isStopped(step)),
    kept.settings.ignore,
  )
  // The same files may ask for something else too, as a tag that means another image now.
  const changes = target.hash !== kept.memory.appliedHash || steps.some((step) => !isHealing(step))
  const good = changes && kept.memory.applied !== null ? await recorded(kept.memory.applied) : undefined
  if (changes) kept.hasGood = good !== undefined
  const changed = changes ? changedContainers(target, plan.planned, good) : []
  const concerned = changed.filter((at) => !isLeftAlone(kept.settings.ignore, at))
  return [{ ...base, target, planned: plan.planned, steps, error: undefined, concerned }]
}

/** The end of a stack that no file states any more. */
async function removalOf(
  work: Omit<StackPlan, 'error'>,
  { snapshot }: HostObservation,
  engine: Engine,
): Promise<StackPlan> {
  const { state: kept } = work
  const base = { ...work, error: undefined }
  const owned = [...snapshot.resources.keys()].some((at) => parseAddress(at).stack === kept.name)
  if (!owned) return { ...base, planned: undefined, steps: [] }
  const planned = await engine
    .planRequest(
      {
        scope: { wanted: new Map(), removes: (at) => parseAddress(at).stack === kept.name },
        secretValues: new Map(),
        deleteData: false,
        removal: 'its folder no longer states it',
        mayTouch: (owner) => owner === undefined,
      },
      { snapshot },
    )
    .catch((error: unknown) => toDiagnostic(error))
  if (!('plan' in planned)) return { ...base, planned: undefined, steps: [], error: planned }
  return { ...base, planned, steps: planned.plan.steps }
}

function changedContainers(
  target: DesiredRevision,
  planned: Planned,
  good: DesiredRevision | undefined,
): readonly Address[] {
  const specOf = (at: Address): string => specHash(planned.resolved.wanted.get(at)?.spec)
  return [...target.wanted.values()]
    .filter(({ kind }) => kind === 'container')
    .map(({ address }) => address)
    .filter((at) => good?.wanted.get(at) === undefined || specHash(good.wanted.get(at)?.spec) !== specOf(at))
}
