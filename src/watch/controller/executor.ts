import { type Diagnostic, HeroPodsError, toDiagnostic } from '../../model/errors.ts'
import type { FailedVerification, Generation, GenerationOrigin } from '../../model/generation.ts'
import type { Event, Step, StepOutcome } from '../../model/plan.ts'
import type { ResourceAddress } from '../../model/resource-address.ts'
import type { Engine, Planned } from '../../reconciler/engine.ts'
import type { Wakeups } from './wakeups.ts'

export interface ApplyOutcome {
  /** The new generation; undefined: it only healed an earlier one. */
  readonly generation: number | undefined
  readonly done: readonly Step[]
  readonly failed: readonly { readonly step: Step; readonly error: Diagnostic }[]
}

export interface ApplyOptions {
  /** The desired state is unchanged: no generation is recorded. */
  readonly continuesGeneration?: boolean
  /** A generation whose steps were done and that failed later: its record is changed to failed. */
  readonly failedGeneration?: number
  /** Asked under the lock: true if the plan is still needed. Default: true. */
  readonly isCurrent?: () => Promise<boolean>
  /** Where the desired state comes from, for the history; default: the newest revision of the source. */
  readonly origin?: GenerationOrigin
  /** Called with the generation's number before the first step, and with the generations before it. */
  readonly onGeneration?: (generation: number, before: readonly Generation[]) => void
}

/** Wait before the next try if another run holds the instance. Milliseconds. */
const busyRetryMs = 250

/** Applies plans one at a time under the instance lock; gives up at once if the lock is taken. */
export class Executor {
  constructor(
    private readonly openWriter: (origin?: GenerationOrigin) => Promise<Engine>,
    private readonly signal: AbortSignal,
    private readonly wakeups: Wakeups,
  ) {}

  /** Applies steps of a plan. undefined: another run holds the instance, or has begun since the host was observed. */
  apply(planned: Planned, steps: readonly Step[], options: ApplyOptions = {}): Promise<ApplyOutcome | undefined> {
    return this.withLock(async (engine) => {
      if ((await engine.generation()) !== planned.snapshot.state.generation) return undefined
      if ((await options.isCurrent?.()) === false) return undefined
      if (options.failedGeneration !== undefined)
        await engine.conclude({ generation: options.failedGeneration, result: 'failed' })
      await engine.maintain(planned.snapshot)
      return this.applySteps(engine, { ...planned, plan: { ...planned.plan, steps: closed(steps) } }, options)
    }, options.origin)
  }

  /** Requests a reconcile soon, since another run is or was in progress. */
  retrySoon(): void {
    this.wakeups.after(busyRetryMs)
  }

  /** Changes the result of a recorded generation; does nothing if another run holds the instance. */
  async conclude(generation: number, result: 'done' | 'failed'): Promise<void> {
    await this.withLock(async (engine) => {
      await engine.conclude({ generation, result })
      return true
    })
  }

  /** Records that the verification of a generation failed; undefined: another run holds the instance. Returns the failure with output. */
  failVerification(generation: number, failed: FailedVerification): Promise<Diagnostic | undefined> {
    return this.withLock((engine) => engine.conclude({ generation, result: 'failed', failed }))
  }

  /** Restarts containers that are still unhealthy; undefined as above. */
  restart(
    containers: readonly ResourceAddress[],
  ): Promise<readonly { readonly address: ResourceAddress; readonly error: Diagnostic | undefined }[] | undefined> {
    // It gets no signal to abort: a container whose restart is given up would stay down.
    return this.withLock(async (engine) =>
      (await engine.restartUnhealthy(containers))
        .filter(({ result }) => result !== 'no longer unhealthy')
        .map(({ address, error }) => ({ address, error: error === undefined ? undefined : toDiagnostic(error) })),
    )
  }

  private async withLock<T>(
    act: (engine: Engine) => Promise<T | undefined>,
    origin?: GenerationOrigin,
  ): Promise<T | undefined> {
    const engine = await this.openWriter(origin).catch((error: unknown) => {
      if (error instanceof HeroPodsError && error.diagnostics[0]?.code === 'lock-held') return undefined
      throw error
    })
    try {
      const result = engine && (await act(engine).catch(undefinedIfRetryable))
      if (result === undefined) this.retrySoon()
      return result
    } finally {
      await engine?.close()
    }
  }

  private async applySteps(engine: Engine, planned: Planned, options: ApplyOptions): Promise<ApplyOutcome> {
    const outcomes: { step: Step; outcome: StepOutcome }[] = []
    const { continuesGeneration = false } = options
    const before = options.onGeneration && !continuesGeneration ? await engine.generations() : []
    let generation: number | undefined
    const report = (event: Event): void => {
      if (event.type === 'step.finished') outcomes.push(event)
      if (event.type !== 'apply.started' || continuesGeneration) return
      generation = event.generation
      options.onGeneration?.(event.generation, before)
    }
    await engine.apply(planned, { reporter: { report }, drainSignal: this.signal, continuesGeneration })
    return {
      generation,
      done: outcomes.filter(({ outcome }) => outcome.status === 'done').map(({ step }) => step),
      failed: outcomes.flatMap(({ step, outcome }) =>
        outcome.status === 'failed' ? [{ step, error: outcome.error }] : [],
      ),
    }
  }
}

/** A refusal that passes by itself, such as a port that another run has just taken, is tried again. */
function undefinedIfRetryable(error: unknown): undefined {
  if (error instanceof HeroPodsError && error.refused && error.diagnostics.every((one) => one.retryable))
    return undefined
  throw error
}

/** The steps without edges to steps that are not among them. */
function closed(steps: readonly Step[]): readonly Step[] {
  const ids = new Set(steps.map((step) => step.id))
  return steps.map((step) => ({ ...step, after: step.after.filter((id) => ids.has(id)) }))
}
