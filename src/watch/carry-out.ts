import { type Diagnostic, HeroPodsError, toDiagnostic } from '../errors.ts'
import { restartContainer } from '../providers/container/restart.ts'
import type { Address } from '../providers/provider.ts'
import type { Event, Step, StepOutcome } from '../reconciler/plan-types.ts'
import { applyPlan, type Planned } from '../reconciler/reconcile.ts'
import { type Session, selfCommand } from '../reconciler/session.ts'

/** What came of carrying a plan out. */
export interface CarriedOut {
  /** The generation it became; undefined: it only mended what another one had made. */
  readonly generation: number | undefined
  readonly done: readonly Step[]
  readonly failed: readonly { readonly step: Step; readonly error: Diagnostic }[]
  /** Someone else holds the instance, or has changed it since the plan was made: look again. */
  readonly outdated: boolean
}

const outdated: CarriedOut = { generation: undefined, done: [], failed: [], outdated: true }

export interface CarryOutOptions {
  /** Nothing that is wanted has changed: no generation is made. */
  readonly mends: boolean
  /** A generation whose steps were done, and that failed all the same: its record says so from now on. */
  readonly condemns?: number
  readonly signal: AbortSignal
  /** Called with the generation's number before the first step. */
  readonly onGeneration?: (generation: number) => void
}

/**
 * Carries a plan out under the instance's lock, if it is still true: no other run has begun since the host was looked at. Never waits
 * for the lock.
 */
export async function carryOut(
  openWriter: () => Promise<Session>,
  planned: Planned,
  options: CarryOutOptions,
): Promise<CarriedOut> {
  const session = await writerIfFree(openWriter)
  if (session === undefined) return outdated
  try {
    if ((await session.state.read()).generation !== planned.snapshot.state.generation) return outdated
    if (options.condemns !== undefined) await session.state.finish(options.condemns, 'failed')
    await session.registry.upkeep({ host: session.host(), paths: session.paths }, planned.snapshot.resources)
    return await apply(session, planned, options)
  } finally {
    await session.close()
  }
}

async function apply(session: Session, planned: Planned, options: CarryOutOptions): Promise<CarriedOut> {
  const outcomes: { step: Step; outcome: StepOutcome }[] = []
  let generation: number | undefined
  const report = (event: Event): void => {
    if (event.type === 'step.finished') outcomes.push(event)
    if (event.type !== 'apply.started' || options.mends) return
    generation = event.generation
    options.onGeneration?.(event.generation)
  }
  await applyPlan(session, planned, { reporter: { report }, signal: options.signal, mends: options.mends })
  return {
    generation,
    done: outcomes.filter(({ outcome }) => outcome.status === 'done').map(({ step }) => step),
    failed: outcomes.flatMap(({ step, outcome }) =>
      outcome.status === 'failed' ? [{ step, error: outcome.error }] : [],
    ),
    outdated: false,
  }
}

/** Gives containers a new process under the instance's lock; undefined: someone else holds it. */
export async function restart(
  openWriter: () => Promise<Session>,
  containers: readonly Address[],
): Promise<readonly { readonly address: Address; readonly error: Diagnostic | undefined }[] | undefined> {
  const session = await writerIfFree(openWriter)
  if (session === undefined) return undefined
  const write = {
    ...session.readContext(),
    host: session.host(),
    signal: new AbortController().signal,
    reveal: (text: string) => text,
    progress: () => undefined,
  }
  try {
    return await Promise.all(
      containers.map(async (address) => {
        const error = await restartContainer(write, address, selfCommand()).then(() => undefined, toDiagnostic)
        return { address, error }
      }),
    )
  } finally {
    await session.close()
  }
}

const writerIfFree = (openWriter: () => Promise<Session>): Promise<Session | undefined> =>
  openWriter().catch((error: unknown) => {
    if (error instanceof HeroPodsError && error.diagnostics[0]?.code === 'lock-held') return undefined
    throw error
  })
