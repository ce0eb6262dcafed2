import { type Diagnostic, HeroPodsError } from '../model/errors.ts'
import type { StepOutcome } from '../model/plan.ts'
import { planBoot } from './boot.ts'
import type { ContainerOutcome, ContainerOutcomes, OperationOptions } from './engine/containers.ts'
import { applyPlan } from './reconcile.ts'
import type { Session } from './session.ts'

/**
 * The outcomes of `start`, after containers that have not run since the host was booted were started from the records of their stacks,
 * with the same addresses and files.
 */
export async function startFromRecords(
  session: Session,
  outcomes: ContainerOutcomes,
  { signal }: OperationOptions = {},
): Promise<ContainerOutcomes> {
  const gone = (await Promise.all(outcomes.map((one) => isWithoutRun(session, one)))).flatMap((isGone, index) =>
    isGone ? (outcomes[index]?.address ?? []) : [],
  )
  if (gone.length === 0) return outcomes
  const { planned, failures } = await planBoot(session, gone)
  // Without records only its files can start it.
  if (planned === undefined && failures.length === 0) return outcomes
  const result =
    planned &&
    (await applyPlan(session, planned, {
      reporter: { report: () => undefined },
      drainSignal: signal ?? new AbortController().signal,
      ...(signal && { abortSignal: signal }),
      continuesGeneration: true,
    }))
  return outcomes.map((before): ContainerOutcome => {
    const { address } = before
    if (!gone.includes(address)) return before
    const step = planned?.plan.steps.find((one) => one.address === address)
    const outcome = step && result?.outcomes.get(step.id)
    if (outcome?.status === 'done') return { address, result: 'started' }
    const error = failureOf(outcome, failures, before)
    return { address, error }
  })
}

/** True if a start was refused because nothing is left of the last run. */
async function isWithoutRun(session: Session, { address, error }: ContainerOutcome): Promise<boolean> {
  if (!(error instanceof HeroPodsError) || error.diagnostics[0]?.code !== 'needs-apply') return false
  return (await session.runtime.containers.bundle(session.readContext(), address)) === undefined
}

/** Why a container was not started. */
function failureOf(
  outcome: StepOutcome | undefined,
  failures: readonly Diagnostic[],
  before: ContainerOutcome,
): unknown {
  if (outcome?.status === 'failed') return new HeroPodsError(outcome.error)
  if (outcome?.status === 'cancelled') return new HeroPodsError({ code: 'interrupted', message: 'Interrupted.' })
  return failures.length > 0 ? new HeroPodsError(failures, { refused: true }) : before.error
}
