import type { Address } from '../../model/address.ts'
import { type Diagnostic, HeroPodsError, toDiagnostic } from '../../model/errors.ts'
import type { Event, Step, StepOutcome } from '../../model/plan.ts'
import type { Engine, Planned } from '../../reconciler/engine.ts'
import { monotonicNow } from '../clock.ts'

/** What came of carrying a plan out. */
export interface ApplyOutcome {
  /** The generation it became; undefined: it only mended what another one had made. */
  readonly generation: number | undefined
  readonly done: readonly Step[]
  readonly failed: readonly { readonly step: Step; readonly error: Diagnostic }[]
}

export interface ApplyOptions {
  /** Nothing that is wanted has changed: no generation is made. */
  readonly heals?: boolean
  /** A generation whose steps were done, and that failed all the same: its record says so from now on. */
  readonly failedGeneration?: number
  /** Asked under the lock: whether it is still to be done. Default: it is. */
  readonly isCurrent?: () => Promise<boolean>
  /** Called with the generation's number before the first step. */
  readonly onGeneration?: (generation: number) => void
}

/** How soon it is looked again when somebody else holds the instance. Milliseconds. */
const soon = 250

/** The way to the host: one after the other, under the instance's lock, which is never waited for. */
export class Executor {
  /** When it is worth another try, since someone else was at it; 0: nobody was. Milliseconds since the epoch. */
  retryAt = 0

  constructor(
    private readonly openWriter: () => Promise<Engine>,
    private readonly signal: AbortSignal,
  ) {}

  /**
   * Carries steps of a plan out, if it is still true. undefined: someone else holds the instance, or another run has begun since the
   * host was looked at.
   */
  apply(planned: Planned, steps: readonly Step[], options: ApplyOptions = {}): Promise<ApplyOutcome | undefined> {
    return this.withLock(async (engine) => {
      if ((await engine.generation()) !== planned.snapshot.state.generation) return undefined
      if ((await options.isCurrent?.()) === false) return undefined
      if (options.failedGeneration !== undefined) await engine.conclude(options.failedGeneration, 'failed')
      await engine.maintain(planned.snapshot)
      return this.applySteps(engine, { ...planned, plan: { ...planned.plan, steps: closed(steps) } }, options)
    })
  }

  /** Has it looked again, since someone else is or was at it. */
  retrySoon(): void {
    this.retryAt = monotonicNow() + soon
  }

  /** Writes down how a generation ended after all; left where someone else is at it. */
  async conclude(generation: number, result: 'done' | 'failed'): Promise<void> {
    await this.withLock(async (engine) => {
      await engine.conclude(generation, result)
      return true
    })
  }

  /** Gives unhealthy containers a new process, if they are so still; undefined as above. */
  restart(
    containers: readonly Address[],
  ): Promise<readonly { readonly address: Address; readonly error: Diagnostic | undefined }[] | undefined> {
    // What is under way is finished: a container whose restart is given up would stay down.
    return this.withLock(async (engine) =>
      (await engine.restartUnhealthy(containers))
        .filter(({ result }) => result !== 'no longer unhealthy')
        .map(({ address, error }) => ({ address, error: error === undefined ? undefined : toDiagnostic(error) })),
    )
  }

  private async withLock<T>(act: (engine: Engine) => Promise<T | undefined>): Promise<T | undefined> {
    const engine = await this.openWriter().catch((error: unknown) => {
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
    const { heals: mends = false } = options
    let generation: number | undefined
    const report = (event: Event): void => {
      if (event.type === 'step.finished') outcomes.push(event)
      if (event.type !== 'apply.started' || mends) return
      generation = event.generation
      options.onGeneration?.(event.generation)
    }
    await engine.apply(planned, { reporter: { report }, signal: this.signal, mends })
    return {
      generation,
      done: outcomes.filter(({ outcome }) => outcome.status === 'done').map(({ step }) => step),
      failed: outcomes.flatMap(({ step, outcome }) =>
        outcome.status === 'failed' ? [{ step, error: outcome.error }] : [],
      ),
    }
  }
}

/** What another run of this host was faster at is looked at again. */
function undefinedIfRetryable(error: unknown): undefined {
  if (error instanceof HeroPodsError && error.refused && error.diagnostics.every((one) => one.retryable))
    return undefined
  throw error
}

/** Steps whose edges lead to none that is not among them. */
function closed(steps: readonly Step[]): readonly Step[] {
  const ids = new Set(steps.map((step) => step.id))
  return steps.map((step) => ({ ...step, after: step.after.filter((id) => ids.has(id)) }))
}
