import { type Diagnostic, HeroPodsError, toDiagnostic } from '../../model/errors.ts'
import type { Step } from '../../model/plan.ts'
import { parseResourceAddress } from '../../model/resource-address.ts'
import type { RegistryCache } from '../../reconciler/engine/registry-cache.ts'
import type { Engine, Planned, PlanRequest, Snapshot } from '../../reconciler/engine.ts'
import type { DesiredRevision } from '../stacks/desired-revision.ts'

/** A plan of one revision, or of several that were applied before. */
export interface PlannedRevisions {
  readonly targets: readonly DesiredRevision[]
  readonly planned: Planned
}

/** The host at one moment, and plans against it. */
export interface HostObservation {
  readonly snapshot: Snapshot
  readonly plans: readonly PlannedRevisions[]
  /** Stacks that cannot be planned, and why. */
  readonly errors: ReadonlyMap<string, Diagnostic>
  /** Another run of the instance was in progress meanwhile: differences may be its own. */
  readonly disturbed: boolean
}

/**
 * Observes the host once and plans every revision against it: those for which `isAlone` is false together, since they rarely differ, the
 * others one by one. A revision that cannot be planned does not affect the others.
 */
export async function observeAndPlan(
  engine: Engine,
  targets: readonly DesiredRevision[],
  isAlone: (target: DesiredRevision) => boolean,
  registries: RegistryCache,
  freshMs: number,
): Promise<HostObservation> {
  const desired = new Map(targets.flatMap((target) => [...target.resources]))
  const isLocked = async (): Promise<boolean> => (await engine.lockHolder()) !== undefined
  const before = await isLocked()
  const observed = await engine.observeFor(desired, registries, freshMs)
  const { snapshot } = observed
  const plans: PlannedRevisions[] = []
  const errors = new Map<string, Diagnostic>()
  const plan = async (some: readonly DesiredRevision[]): Promise<void> => {
    try {
      plans.push({ targets: some, planned: await engine.planRequest(requestFor(some), observed) })
    } catch (error) {
      if (!(error instanceof HeroPodsError)) throw error
      if (some.length > 1) for (const one of some) await plan([one])
      else for (const one of some) errors.set(one.stack, toDiagnostic(error))
    }
  }
  const together = targets.filter((target) => !isAlone(target))
  if (together.length > 0) await plan(together)
  for (const target of targets.filter(isAlone)) await plan([target])
  // A run may have begun and ended between the two checks. If nothing differs, that does not matter.
  const differs = plans.some(({ planned }) => planned.plan.steps.length > 0)
  const isNewer = async (): Promise<boolean> => (await engine.generation()) !== snapshot.state.generation
  return { snapshot, plans, errors, disturbed: before || (await isLocked()) || (differs && (await isNewer())) }
}

/** The request that plans these revisions and nothing else. Pure. */
export function requestFor(targets: readonly DesiredRevision[]): PlanRequest {
  const stacks = new Map(targets.map((target) => [target.stack, target]))
  return {
    scope: {
      desired: new Map(targets.flatMap((target) => [...target.resources])),
      removes: (address) => stacks.get(parseResourceAddress(address).stack)?.inactive.includes(address) === false,
    },
    secretValues: new Map(targets.flatMap((target) => [...target.secretValues])),
    deleteData: false,
    mayTouch: (owner) => owner === undefined,
    place: async (address, path) => stacks.get(parseResourceAddress(address).stack)?.place?.(address, path),
    sources: new Map(targets.map((target) => [target.stack, target.source])),
  }
}

/** Steps of a plan that concern one stack. The instance's default network belongs to every stack that uses it. Pure. */
export const stepsOf = (planned: Planned, { stack, resources: desired }: DesiredRevision): readonly Step[] =>
  planned.plan.steps.filter(({ address }) => parseResourceAddress(address).stack === stack || desired.has(address))
