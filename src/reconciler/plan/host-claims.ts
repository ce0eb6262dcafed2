import type { NetworkLock } from '../../host/network-lock.ts'
import type { Address } from '../../model/address.ts'
import type { Resource } from '../../model/desired.ts'
import { type Diagnostic, type HeroPodsError, refuse } from '../../model/errors.ts'
import type { Reporter, Step, StepId } from '../../model/plan.ts'
import type { Session } from '../session.ts'
import { unmanaged } from './unmanaged-objects.ts'

/** Steps after which a network has its addresses and ports on the host: until then nobody else may look for free ones. */
export const claimingSteps = (steps: readonly Step[]): readonly Step[] =>
  steps.filter(({ kind, action }) => kind === 'network' && action !== 'delete' && action !== 'release')

/**
 * Makes a plan under the lock of the host, which stays held where the plan takes addresses or ports, until they are taken. A plan that takes
 * none waits for nobody.
 */
export async function planUnderLock<P extends { readonly plan: { readonly steps: readonly Step[] } }>(
  lock: NetworkLock,
  makePlan: () => Promise<P>,
): Promise<P> {
  try {
    const atOnce = await lock.tryTake()
    // While another run is at work its networks are half made: what is refused then may be right, and its words are not.
    const planned = await makePlan().catch((error: unknown) => {
      if (atOnce) throw error
      return undefined
    })
    if (planned && claimingSteps(planned.plan.steps).length === 0) {
      await lock.release()
      return planned
    }
    if (planned && atOnce) return planned
    await lock.take()
    return await makePlan()
  } catch (error) {
    await lock.release()
    throw error
  }
}

/** Lets go of the lock as soon as the last step that takes addresses or ports has ended, however. */
export function releasing(reporter: Reporter, steps: readonly Step[], lock: NetworkLock | undefined): Reporter {
  const open = new Set<StepId>(claimingSteps(steps).map((step) => step.id))
  return {
    report(event) {
      reporter.report(event)
      // A lock that cannot be let go of ends with this process.
      if (event.type === 'step.finished' && open.delete(event.step.id) && open.size === 0)
        lock?.release().catch(() => undefined)
    },
  }
}

/** Holds the lock of the host from here on where the plan takes addresses or ports; what nobody has kept free is looked at again. */
export async function ensureClaims(
  session: Session,
  steps: readonly Step[],
  bound: ReadonlyMap<Address, Resource>,
): Promise<void> {
  const { networkLock: lock } = session
  if (lock === undefined || lock.held || claimingSteps(steps).length === 0) return
  await lock.take()
  const read = session.readContext()
  const { network } = session.registry.providers
  const networks = [...bound.values()].filter((one) => one.kind === 'network')
  const wanted = new Map(networks.map((one) => [one.address, one.spec]))
  const resources = await network.observe(read, wanted)
  const problems = [
    ...unmanaged(new Map(networks.map((one) => [one.address, one])), resources),
    ...((await network.preflight?.(read, wanted, resources)) ?? []),
  ]
  if (problems.length > 0) throw takenMeanwhile(problems)
}

/** What was free when the plan was made, and is not any more. */
const takenMeanwhile = (problems: readonly Diagnostic[]): HeroPodsError =>
  refuse(
    problems.map((one) => ({
      ...one,
      message: `${one.message} It was free when the plan was made.`,
      hint: 'Make the plan again.',
      retryable: true,
    })),
  )
