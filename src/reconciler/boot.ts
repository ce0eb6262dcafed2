import type { Resource } from '../model/desired.ts'
import { type Diagnostic, HeroPodsError, refusedError } from '../model/errors.ts'
import { defaultNetwork } from '../model/kinds/network.ts'
import { parseResourceAddress, type ResourceAddress } from '../model/resource-address.ts'
import { lastRunOf } from './history/last-run.ts'
import { recordedStack } from './history/rollback.ts'
import { bootSteps, type LeftObject } from './plan/boot-steps.ts'
import type { Planned } from './planned.ts'
import { planScope } from './reconcile.ts'
import type { Session } from './session.ts'

/** A stack that a boot brings up, and the generation that it takes. */
export interface BootedStack {
  readonly stack: string
  readonly generation: number
}

export interface PlannedBoot {
  /** undefined: nothing can be planned. */
  readonly planned: Planned | undefined
  readonly stacks: readonly BootedStack[]
  /** Objects that are left as they are, and why. */
  readonly left: readonly LeftObject[]
  /** Why stacks or containers cannot be planned. The others are. */
  readonly failures: readonly Diagnostic[]
}

/**
 * Plans the start of all stacks after a boot: each as its last successful generation has it, or the newest one if none was successful.
 * Files are not read. Objects that cannot be planned are left out, with their errors. `chosen`: only these containers are started, whatever
 * their restart policies.
 */
export async function planBoot(session: Session, chosen?: readonly ResourceAddress[]): Promise<PlannedBoot> {
  const found = await recordedStacks(session, chosen && new Set(chosen.map(stackOf)))
  const desired = new Map(found.stacks.flatMap(({ resources }) => [...resources]))
  const secretValues = new Map(found.stacks.flatMap((one) => [...one.secretValues]))
  const { planned, failures } = await planWithoutFaulty(session, desired, secretValues)
  const stacks = found.stacks.map(({ stack, generation }) => ({ stack, generation }))
  const common = { stacks, failures: [...found.failures, ...failures] }
  if (planned === undefined) return { ...common, planned, left: [] }
  const { steps, left } = bootSteps(planned.plan.steps, planned.snapshot.observations, chosen)
  return { ...common, planned: { ...planned, plan: { ...planned.plan, steps } }, left }
}

interface RecordedStack
  extends BootedStack,
    Pick<NonNullable<Awaited<ReturnType<typeof recordedStack>>>, 'resources' | 'secretValues'> {}

/** The stacks as their generations have them, the oldest generation first: of a shared default network the newest record counts. */
async function recordedStacks(
  session: Session,
  names: ReadonlySet<string> | undefined,
): Promise<{ readonly stacks: readonly RecordedStack[]; readonly failures: readonly Diagnostic[] }> {
  const [history, generations] = await Promise.all([session.state.history(), session.state.generations()])
  const stacks: RecordedStack[] = []
  const failures: Diagnostic[] = []
  for (const stack of [...history.document.keys()].filter((one) => names?.has(one) ?? true).sort()) {
    const { applied, attempted } = lastRunOf(stack, generations, undefined)
    const generation = (applied ?? attempted)?.generation
    if (generation === undefined) continue
    try {
      const recorded = await recordedStack(session, generation, stack)
      if (recorded) stacks.push({ stack, generation, ...recorded })
    } catch (error) {
      if (!(error instanceof HeroPodsError)) throw error
      failures.push(...error.diagnostics)
    }
  }
  return { stacks: stacks.toSorted((one, other) => one.generation - other.generation), failures }
}

async function planWithoutFaulty(
  session: Session,
  all: ReadonlyMap<ResourceAddress, Resource>,
  secretValues: ReadonlyMap<string, string>,
): Promise<Pick<PlannedBoot, 'planned' | 'failures'>> {
  const failures: Diagnostic[] = []
  for (let desired = all; desired.size > 0; ) {
    try {
      const scope = { desired, removes: () => false }
      return {
        failures,
        planned: await planScope(session, {
          scope,
          secretValues,
          deleteData: false,
          mayTouch: () => true,
          isBoot: true,
        }),
      }
    } catch (error) {
      if (!(error instanceof HeroPodsError && error.refused)) throw error
      failures.push(...error.diagnostics)
      const rest = withoutFaulty(desired, error.diagnostics)
      if (rest.size === desired.size) throw refusedError(failures)
      desired = rest
    }
  }
  return { failures, planned: undefined }
}

/**
 * The objects without those that these errors concern: a container alone, for another object its stack, for the default network every
 * container on it. Pure.
 */
export function withoutFaulty(
  desired: ReadonlyMap<ResourceAddress, Resource>,
  errors: readonly Diagnostic[],
): ReadonlyMap<ResourceAddress, Resource> {
  const faulty = new Set(errors.flatMap(({ address }) => address ?? []))
  const stacks = new Set(
    [...faulty].filter((one) => desired.get(one)?.kind !== 'container' && one !== defaultNetwork).map(stackOf),
  )
  const isFaulty = ({ address, kind, spec }: Resource): boolean =>
    faulty.has(address) ||
    stacks.has(stackOf(address)) ||
    (kind === 'container' && spec.networks.some(({ network }) => network === defaultNetwork && faulty.has(network)))
  return new Map([...desired].filter(([, one]) => !isFaulty(one)))
}

const stackOf = (address: ResourceAddress): string => parseResourceAddress(address).stack
