import { parseAddress } from '../../model/address.ts'
import { type Diagnostic, HeroPodsError, toDiagnostic } from '../../model/errors.ts'
import type { Step } from '../../model/plan.ts'
import type { RegistryMemory } from '../../reconciler/engine/registry-memory.ts'
import type { Engine, Planned, PlanRequest, Snapshot } from '../../reconciler/engine.ts'
import type { DesiredRevision } from './desired-revision.ts'

/** A plan of one stack, or of several that are to be as they were applied. */
export interface PlannedRevisions {
  readonly targets: readonly DesiredRevision[]
  readonly planned: Planned
}

export interface HostObservation {
  readonly snapshot: Snapshot
  readonly plans: readonly PlannedRevisions[]
  /** Stacks that cannot be planned, and why. */
  readonly errors: ReadonlyMap<string, Diagnostic>
  /** Another run of the instance was at work meanwhile: what differs may be what it has half done. */
  readonly disturbed: boolean
}

/**
 * Looks at the host once and plans every stack against what was seen: those that were applied together, since they rarely differ, new
 * ones each for itself. What cannot be planned keeps nobody else from it.
 */
export async function observeAndPlan(
  engine: Engine,
  targets: readonly DesiredRevision[],
  isNew: (target: DesiredRevision) => boolean,
  registries: RegistryMemory,
  freshMs: number,
): Promise<HostObservation> {
  const wanted = new Map(targets.flatMap((target) => [...target.wanted]))
  const isOtherAtWork = async (): Promise<boolean> => (await engine.lockHolder()) !== undefined
  const before = await isOtherAtWork()
  const seen = await engine.observeFor(wanted, registries, freshMs)
  const { snapshot } = seen
  const plans: PlannedRevisions[] = []
  const errors = new Map<string, Diagnostic>()
  const plan = async (some: readonly DesiredRevision[]): Promise<void> => {
    try {
      plans.push({ targets: some, planned: await engine.planRequest(requestFor(some), seen) })
    } catch (error) {
      if (!(error instanceof HeroPodsError)) throw error
      if (some.length > 1) for (const one of some) await plan([one])
      else for (const one of some) errors.set(one.stack, toDiagnostic(error))
    }
  }
  const standing = targets.filter((target) => !isNew(target))
  if (standing.length > 0) await plan(standing)
  for (const target of targets.filter(isNew)) await plan([target])
  // A run may have begun and ended within the look: at rest there is nothing to ask for.
  const differs = plans.some(({ planned }) => planned.plan.steps.length > 0)
  const isNewer = async (): Promise<boolean> => (await engine.generation()) !== snapshot.state.generation
  return { snapshot, plans, errors, disturbed: before || (await isOtherAtWork()) || (differs && (await isNewer())) }
}

/** What planning these stacks, and nothing else, asks for. Pure. */
export function requestFor(targets: readonly DesiredRevision[]): PlanRequest {
  const stacks = new Map(targets.map((target) => [target.stack, target]))
  return {
    scope: {
      wanted: new Map(targets.flatMap((target) => [...target.wanted])),
      removes: (at) => stacks.get(parseAddress(at).stack)?.inactive.includes(at) === false,
    },
    secretValues: new Map(targets.flatMap((target) => [...target.secretValues])),
    deleteData: false,
    mayTouch: (owner) => owner === undefined,
    place: async (at) => stacks.get(parseAddress(at).stack)?.place?.(at),
    sources: new Map(targets.map((target) => [target.stack, target.source])),
  }
}

/** Steps of a plan that concern one stack; the instance's default network is of every stack that is on it. Pure. */
export const stepsOf = (planned: Planned, { stack, wanted }: DesiredRevision): readonly Step[] =>
  planned.plan.steps.filter(({ address }) => parseAddress(address).stack === stack || wanted.has(address))
