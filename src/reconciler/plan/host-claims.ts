import type { NetworkLock } from '../../host/network-lock.ts'
import type { Resource } from '../../model/desired.ts'
import { type Diagnostic, type HeroPodsError, refusedError } from '../../model/errors.ts'
import { isRemoving, type Reporter, type Step, type StepId } from '../../model/plan.ts'
import { type Kind, kinds, type ResourceAddress } from '../../model/resource-address.ts'
import { observeKind, type Providers, preflightKind, takesHostAddresses } from '../../providers/by-kind.ts'
import type { ReadContext } from '../../providers/provider.ts'
import type { Session } from '../session.ts'
import { unmanagedErrors } from './unmanaged-objects.ts'

/** Steps that take addresses or ports of the host: no other instance may search for free ones until they have ended. Pure. */
export const claimingSteps = (providers: Providers, steps: readonly Step[]): readonly Step[] =>
  steps.filter((step) => takesHostAddresses(providers, step.kind) && !isRemoving(step))

/**
 * Makes a plan under the network lock of the host. If the plan takes addresses or ports, the lock stays held until they are taken. A plan that
 * takes none does not wait for the lock.
 */
export async function planUnderLock<P extends { readonly plan: { readonly steps: readonly Step[] } }>(
  lock: NetworkLock,
  providers: Providers,
  makePlan: () => Promise<P>,
): Promise<P> {
  try {
    const isLocked = await lock.tryAcquire()
    // Without the lock another run may be making its networks. A refusal may then have a cause that ends with that run.
    const planned = await makePlan().catch((error: unknown) => {
      if (isLocked) throw error
      return undefined
    })
    if (planned && claimingSteps(providers, planned.plan.steps).length === 0) {
      await lock.release()
      return planned
    }
    if (planned && isLocked) return planned
    await lock.acquire()
    return await makePlan()
  } catch (error) {
    await lock.release()
    throw error
  }
}

/** A reporter that releases the lock once the last of these steps has ended, with any result. */
export function releaseAfterSteps(
  reporter: Reporter,
  claiming: readonly Step[],
  lock: NetworkLock | undefined,
): Reporter {
  const open = new Set<StepId>(claiming.map((step) => step.id))
  return {
    report(event) {
      reporter.report(event)
      // A lock that cannot be released ends with this process.
      if (event.type === 'step.finished' && open.delete(event.step.id) && open.size === 0)
        lock?.release().catch(() => undefined)
    },
  }
}

/**
 * Takes the lock of the host if the plan takes addresses or ports and the lock was released since it was made. Raises (refused) if another
 * run has taken an address or port of the plan since.
 */
export async function ensureClaims(
  session: Session,
  steps: readonly Step[],
  resolved: ReadonlyMap<ResourceAddress, Resource>,
): Promise<void> {
  const { networkLock: lock, runtime } = session
  const { providers } = runtime
  if (lock === undefined || lock.held || claimingSteps(providers, steps).length === 0) return
  await lock.acquire()
  const read = session.readContext()
  const claiming = kinds.filter((kind) => takesHostAddresses(providers, kind))
  const problems = await Promise.all(claiming.map((kind) => currentProblems(providers, kind, read, resolved)))
  if (problems.flat().length > 0) throw takenMeanwhileError(problems.flat())
}

/** The problems of one kind as the host is now. */
async function currentProblems(
  providers: Providers,
  kind: Kind,
  read: ReadContext,
  resolved: ReadonlyMap<ResourceAddress, Resource>,
): Promise<readonly Diagnostic[]> {
  const desired = new Map([...resolved].filter(([, one]) => one.kind === kind))
  const resources = await observeKind(providers, kind, read, desired)
  const found = await preflightKind(providers, kind, read, { desired, resources }, { isRollback: false })
  return [...unmanagedErrors(desired, resources), ...found]
}

/** The refusal of a plan whose addresses or ports were taken after it was made. */
const takenMeanwhileError = (problems: readonly Diagnostic[]): HeroPodsError =>
  refusedError(
    problems.map((one) => ({
      ...one,
      message: `${one.message} It was free when the plan was made.`,
      hint: 'Run `heropods diff --out` or `heropods apply` again.',
      retryable: true,
    })),
  )
