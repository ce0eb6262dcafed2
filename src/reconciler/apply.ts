import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Diagnostic, HeroPodsError, toDiagnostic } from '../model/errors.ts'
import type { ActualOf } from '../model/kinds.ts'
import { type Observation, observedAs } from '../model/observation.ts'
import {
  isRecordOnly,
  isRemoving,
  makes,
  type Reporter,
  removes,
  type Step,
  type StepAction,
  type StepId,
  type StepOutcome,
} from '../model/plan.ts'
import type { Kind, ResourceAddress } from '../model/resource-address.ts'
import { fillReferences } from '../model/tokens.ts'
import { specHash } from '../model/values/stable-json.ts'
import { type Providers, referencesOf } from '../providers/by-kind.ts'
import type { ApplyItem, OnItemFinished, OnItemStarted, RemoveItem, WriteContext } from '../providers/provider.ts'
import type { InventoryRecord, State } from '../state/state.ts'
import { applyActions, stepIds, waitsForOtherImage } from './plan/order.ts'

export interface ApplyInput {
  readonly steps: readonly Step[]
  readonly observed: ReadonlyMap<ResourceAddress, Observation>
  readonly generation: number
  readonly deleteData: boolean
}

export interface ApplyTools {
  readonly write: WriteContext
  readonly providers: Providers
  readonly state: State
  readonly reporter: Reporter
  /** Once aborted no further step starts; running steps finish. */
  readonly drainSignal: AbortSignal
  /** Removes sensitive values from a message of a program, which may quote the command that it could not run. */
  readonly redact: (text: string) => string
}

export interface ApplyResult {
  readonly outcomes: ReadonlyMap<StepId, StepOutcome>
  readonly ok: boolean
  readonly interrupted: boolean
}

/**
 * Applies the steps of a plan. Ready steps go to their provider in batches of one kind and action. Steps that depend on a failed step are
 * skipped; other steps continue. A step is recorded as pending before it starts and as complete after it ends.
 */
export async function applySteps(input: ApplyInput, tools: ApplyTools): Promise<ApplyResult> {
  const started = Date.now()
  const run = new PlanRun(input, tools)
  tools.reporter.report({ type: 'apply.started', steps: input.steps.length, generation: input.generation })
  await run.run()
  const outcomes = run.outcomes
  const count = (status: StepOutcome['status']): number =>
    [...outcomes.values()].filter((one) => one.status === status).length
  const totals = {
    done: count('done'),
    failed: count('failed'),
    skipped: count('skipped'),
    cancelled: count('cancelled'),
  }
  tools.reporter.report({ type: 'finished', ...totals, durationMs: Date.now() - started })
  if (run.recordError !== undefined) throw run.recordError
  return { outcomes, ok: totals.done === input.steps.length, interrupted: totals.cancelled > 0 }
}

/** A step that its user interrupted has not failed. */
const outcomeOfError = (error: Diagnostic, address: ResourceAddress): StepOutcome =>
  error.code === 'interrupted' ? { status: 'cancelled' } : { status: 'failed', error: { ...error, address } }

/** Steps that one call of a provider takes. */
interface Group {
  readonly kind: Kind
  readonly action: StepAction
  readonly steps: readonly Step[]
}

class PlanRun {
  readonly outcomes = new Map<StepId, StepOutcome>()
  private readonly waiting: Map<StepId, Step>
  /** Steps whose process runs. Their start is not verified yet. */
  private readonly started = new Set<StepId>()
  private readonly outputs = new Map<ResourceAddress, Readonly<Record<string, unknown>>>()
  private readonly running = new Set<Promise<void>>()
  private readonly recordWrites: Promise<void>[] = []

  constructor(
    private readonly input: ApplyInput,
    private readonly tools: ApplyTools,
  ) {
    this.waiting = new Map(input.steps.map((step) => [step.id, step]))
  }

  async run(): Promise<void> {
    while (this.waiting.size > 0 || this.running.size > 0) {
      if (this.tools.drainSignal.aborted) this.cancelWaiting()
      this.skipDependents()
      const hasStarted = this.startReady()
      if (this.running.size > 0) await this.nextStepEnd()
      else if (!hasStarted && this.waiting.size > 0)
        throw new HeroPodsError({ code: 'internal', message: 'The plan has steps that wait for each other.' })
    }
    await Promise.all(this.recordWrites)
  }

  /** The first error of writing a record; undefined: all were written. */
  recordError: unknown

  private wake: () => void = () => undefined

  /** Resolves after a step has ended. Steps that end at the same time are handled together, so that the steps that waited for them are one batch. */
  private async nextStepEnd(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.wake = resolve
    })
    await nextTurn()
  }

  private cancelWaiting(): void {
    for (const step of this.waiting.values()) this.end(step, { status: 'cancelled' }, 0)
    this.waiting.clear()
  }

  private skipDependents(): void {
    for (let again = true; again; ) {
      again = false
      for (const step of [...this.waiting.values()]) {
        const because = step.after.find((id) =>
          ['failed', 'skipped', 'cancelled'].includes(this.outcomes.get(id)?.status ?? ''),
        )
        if (because === undefined) continue
        this.waiting.delete(step.id)
        this.end(step, this.skippedFor(step, because), 0)
        again = true
      }
    }
  }

  private skippedFor(step: Step, id: StepId): StepOutcome {
    const earlier = this.outcomes.get(id)
    const because = earlier?.status === 'skipped' ? earlier.because : id
    const failed = this.input.steps.find((one) => one.id === because)
    const isOfImages = failed !== undefined && waitsForOtherImage(step, failed, this.tools.providers)
    return { status: 'skipped', because, ...(isOfImages && { becauseOfImages: true }) }
  }

  private startReady(): boolean {
    const ready = [...this.waiting.values()].filter((step) => this.isReady(step))
    const groups = new Map<string, Group>()
    for (const step of ready) {
      this.waiting.delete(step.id)
      const { kind, action } = step
      const key = `${kind}:${action}`
      groups.set(key, { kind, action, steps: [...(groups.get(key)?.steps ?? []), step] })
    }
    for (const group of groups.values()) {
      const run = this.runGroup(group).finally(() => {
        this.running.delete(run)
        this.wake()
      })
      this.running.add(run)
    }
    return ready.length > 0
  }

  private isReady(step: Step): boolean {
    const open = step.after.filter((id) => this.outcomes.get(id)?.status !== 'done')
    if (open.length === 0) return true
    if (isRemoving(step) || !open.every((id) => this.started.has(id))) return false
    const references = referencesOf(this.tools.providers, step).filter(({ onceStarted }) => onceStarted)
    const sufficient = new Set(references.flatMap(({ to }) => stepIds(to, applyActions)))
    return open.every((id) => sufficient.has(id))
  }

  private async runGroup({ kind, action, steps }: Group): Promise<void> {
    const startedAt = Date.now()
    const open = new Map(steps.map((step) => [step.address, step]))
    const finish = (address: ResourceAddress, outcome: StepOutcome): void => {
      const step = open.get(address)
      if (step === undefined) return
      open.delete(address)
      this.end(step, outcome, Date.now() - startedAt)
    }
    for (const step of steps) this.tools.reporter.report({ type: 'step.started', step })
    try {
      await this.tools.state.markPending(steps.map((step) => step.id))
      for (const step of steps.filter(isRecordOnly)) finish(step.address, { status: 'done' })
      const started: OnItemStarted = (address) => {
        const step = open.get(address)
        if (step) this.started.add(step.id)
        this.wake()
      }
      const finished: OnItemFinished = (address, { error, outputs, note }) =>
        finish(
          address,
          error === undefined
            ? { status: 'done', ...(outputs && { outputs }), ...(note !== undefined && { note }) }
            : outcomeOfError(toDiagnostic(error), address),
        )
      await this.dispatch(kind, action, [...open.values()], { finished, started })
      for (const step of [...open.values()]) {
        finish(step.address, {
          status: 'failed',
          error: {
            code: 'internal',
            message: `${step.kind} ${step.action} ended without an answer.`,
            address: step.address,
          },
        })
      }
    } catch (error) {
      for (const step of [...open.values()])
        finish(step.address, { status: 'failed', error: { ...toDiagnostic(error), address: step.address } })
    }
  }

  /** Passes a batch to the provider of its kind. Generic in the kind, so that the compiler knows that provider and items have the same kind. */
  private dispatch<K extends Kind>(
    kind: K,
    action: StepAction,
    steps: readonly Step[],
    { finished, started }: { readonly finished: OnItemFinished; readonly started: OnItemStarted },
  ): Promise<void> {
    if (steps.length === 0) return Promise.resolve()
    const provider = this.tools.providers[kind]
    const { write } = this.tools
    switch (action) {
      case 'create':
        return provider.create(write, this.applyItems(kind, steps), finished, started)
      case 'update':
        return provider.update(write, this.applyItems(kind, steps), finished)
      case 'recreate':
        return (provider.recreate ?? provider.update).call(
          provider,
          write,
          this.applyItems(kind, steps),
          finished,
          started,
        )
      case 'delete':
        return provider.remove(write, this.removeItems(kind, steps), { deleteData: this.input.deleteData }, finished)
      case 'release':
        return provider.remove(write, this.removeItems(kind, steps), { deleteData: false }, finished)
    }
  }

  private applyItems<K extends Kind>(kind: K, steps: readonly Step[]): readonly ApplyItem<K>[] {
    return steps
      .filter((step) => makes(step, kind))
      .map(({ address, action, spec, changes }) => ({
        address,
        spec: fillReferences(spec, (target, output) => this.outputs.get(target)?.[output]?.toString()),
        actual: action === 'create' ? undefined : this.actualOf(kind, address),
        changes,
      }))
  }

  private removeItems<K extends Kind>(kind: K, steps: readonly Step[]): readonly RemoveItem<K>[] {
    return steps
      .filter((step) => removes(step, kind))
      .map(({ address, spec, changes }) => ({ address, spec, actual: this.actualOf(kind, address), changes }))
  }

  private actualOf<K extends Kind>(kind: K, address: ResourceAddress): ActualOf<K> | undefined {
    return observedAs(this.input.observed.get(address), kind)?.actual
  }

  private end(step: Step, ended: StepOutcome, durationMs: number): void {
    const outcome: StepOutcome =
      ended.status === 'failed'
        ? { ...ended, error: { ...ended.error, message: this.tools.redact(ended.error.message) } }
        : ended
    this.outcomes.set(step.id, outcome)
    if (outcome.status === 'done') {
      if (outcome.outputs) this.outputs.set(step.address, outcome.outputs)
      // A record that cannot be written is reported at the end. The other steps continue.
      this.recordWrites.push(
        this.tools.state.markComplete(step.id, this.recordOf(step)).catch((error: unknown) => {
          this.recordError ??= error
        }),
      )
    }
    this.tools.reporter.report({ type: 'step.finished', step, outcome, durationMs })
    this.wake()
  }

  private recordOf(step: Step): InventoryRecord | undefined {
    if (isRemoving(step)) return undefined
    return { address: step.address, specHash: specHash(step.spec), generation: this.input.generation }
  }
}
