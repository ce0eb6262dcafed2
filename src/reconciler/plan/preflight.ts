import type { Diagnostic } from '../../model/errors.ts'
import { makes, type Plan } from '../../model/plan.ts'
import { kinds } from '../../model/resource-address.ts'
import { type Providers, preflightKind, runsProcesses } from '../../providers/by-kind.ts'
import type { ReadContext } from '../../providers/provider.ts'
import type { Resolved } from '../../providers/runtime.ts'
import type { Snapshot } from '../observe.ts'

export interface Preflight {
  readonly errors: readonly Diagnostic[]
  /** Problems that would stop the next process of an existing object. Errors if the plan starts one, else warnings. */
  readonly restartErrors: readonly Diagnostic[]
}

/** The problems that would make steps fail. Reads only. */
export async function preflight(
  providers: Providers,
  read: ReadContext,
  resolved: Resolved,
  snapshot: Snapshot,
  { rollbackOf }: { readonly rollbackOf?: number },
): Promise<Preflight> {
  const options = { isRollback: rollbackOf !== undefined }
  const found = await Promise.all(
    kinds.map(async (kind) => {
      const state = { desired: resolved.desired, resources: snapshot.observations }
      return { kind, problems: await preflightKind(providers, kind, read, state, options) }
    }),
  )
  const alreadyExists = ({ address }: Diagnostic): boolean => {
    const observed = address === undefined ? undefined : snapshot.observations.get(address)
    return observed?.presence === 'owned' && runsProcesses(providers, observed.kind)
  }
  // Changed ports apply without a restart, so problems of networks are always errors.
  const all = found.flatMap(({ kind, problems }) =>
    problems.map((problem) => ({ problem, onlyOnRestart: runsProcesses(providers, kind) && alreadyExists(problem) })),
  )
  const problemsWith = (waits: boolean): readonly Diagnostic[] =>
    all.filter((one) => one.onlyOnRestart === waits).map(({ problem }) => problem)
  return { errors: problemsWith(false), restartErrors: problemsWith(true) }
}

/** Warnings about the containers that a plan gives a new process. Reads only. */
export async function startWarningsOf(
  providers: Providers,
  read: ReadContext,
  { steps }: Plan,
): Promise<readonly Diagnostic[]> {
  const starting = steps.flatMap((step) =>
    makes(step, 'container') && step.action !== 'update' ? [[step.address, step.spec] as const] : [],
  )
  return (await providers.container.startWarnings?.(read, new Map(starting))) ?? []
}

/** The problems with the processes that a plan starts. Pure. */
export function restartErrorsOf(
  providers: Providers,
  plan: Plan,
  restartErrors: readonly Diagnostic[],
): readonly Diagnostic[] {
  const starting = plan.steps.filter(
    ({ action, kind }) => runsProcesses(providers, kind) && (action === 'create' || action === 'recreate'),
  )
  const addresses = new Set<string>(starting.map((step) => step.address))
  return restartErrors.filter(({ address }) => addresses.has(address ?? ''))
}
