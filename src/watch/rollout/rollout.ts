import type { Diagnostic } from '../../model/errors.ts'
import { emptyWatchRecord } from '../../state/watch-store.ts'
import { monotonicNow } from '../clock.ts'
import type { DesiredRevision } from '../controller/desired-revision.ts'
import { withoutSteps } from '../controller/drift.ts'
import type { Executor } from '../controller/executor.ts'
import type { HostObservation } from '../controller/observe.ts'
import type { PendingRestarts } from '../controller/pending-restarts.ts'
import type { StackPlan } from '../controller/stack-plan.ts'
import { isFailing, type StackState } from '../controller/stack-state.ts'
import type { EventRecorder } from '../events/event-recorder.ts'
import { reasonOf } from '../status/conditions.ts'
import { noBackoff } from './backoff.ts'
import type { Prefetch } from './prefetch.ts'
import { splitReady } from './ready.ts'
import { type Verification, verify } from './verify.ts'

/** How soon it is looked again at a change that has only just begun to prove itself, and at one that failed. Milliseconds. */
const [soon, soonest] = [250, 20]

/** Brings stacks from one generation to the next: applies, has it prove itself, goes back where it does not, takes away. */
export class Rollout {
  /** When the next look is due. Milliseconds since the epoch. */
  lookAt = 0

  constructor(
    private readonly executor: Executor,
    private readonly events: EventRecorder,
    private readonly pendingRestarts: PendingRestarts,
    private readonly prefetch: Prefetch,
    /** Whether what a work was made from is still so. */
    private readonly isCurrent: (work: StackPlan) => Promise<boolean>,
  ) {}

  /** Applies what is new: images first, then what may be done now; it becomes a generation that has yet to prove itself. */
  async apply(work: StackPlan, { snapshot }: HostObservation): Promise<boolean> {
    const { state: kept, target, planned, steps, concerned } = work
    const startedAt = monotonicNow()
    if (target === undefined || planned === undefined || kept.retry.until > startedAt) return false
    const now = withoutSteps(steps, (step) => this.pendingRestarts.isPending(step.address))
    const { ready, waiting } = splitReady(now, snapshot.resources)
    kept.waiting = waiting.map((one) => one.step.address)
    if (ready.length === 0) return false
    const staged = this.prefetch.ask(kept.name, ready)
    kept.prefetching = staged === 'coming'
    if (staged === 'coming') return false
    if (staged !== 'here') {
      this.events.failed(kept, staged, { touched: false, startedAt })
      return false
    }
    // The same change once more: what waited for others goes on, what failed is tried again; it is no other generation.
    const isRetry = kept.retry.failures > 0 && kept.memory.attemptedHash === target.hash
    const goesOn = kept.verification?.hash === target.hash || isRetry
    const onGeneration = (generation: number): void => {
      this.events.remember(kept, { attempted: generation, attemptedHash: target.hash }).catch(() => undefined)
      const message = `Steps to what is stated: ${ready.length}.`
      this.events.record(kept, { type: 'stack.progressing', level: 'info', reason: 'Changing', message, generation })
    }
    const stillSo = (): Promise<boolean> => this.isCurrent(work)
    const result = await this.executor.apply(planned, ready, { heals: goesOn, onGeneration, isCurrent: stillSo })
    if (result === undefined) return false
    if (kept.verification?.hash !== target.hash)
      kept.verification = beginning(
        target,
        result.generation ?? kept.memory.attempted ?? snapshot.state.generation,
        concerned,
      )
    // What another container has stopped being meanwhile is waited for as before.
    const broken = result.failed.find(({ error }) => error.code !== 'dependency-pending')
    if (broken) await this.rolloutFailed(kept, target.hash, broken.error, startedAt)
    else this.events.measure(kept, 'changed', startedAt)
    return true
  }

  /** What is new is in place already: it only has to prove itself. */
  beginVerification({ state: kept, target, concerned }: StackPlan, newest: number): void {
    if (target === undefined || kept.verification?.hash === target.hash || kept.retry.until > monotonicNow()) return
    kept.verification = beginning(target, Math.max(kept.memory.attempted ?? 0, newest), concerned)
    this.lookAt = monotonicNow() + soon
  }

  /** Judges a change that is in place; answers whether it has failed. */
  async failsVerification({ state: kept, target, steps }: StackPlan, { snapshot }: HostObservation): Promise<boolean> {
    const { verification: gate } = kept
    if (gate === undefined || target === undefined) return false
    if (gate.hash !== target.hash) {
      kept.verification = undefined
      return false
    }
    const outstanding = new Set(steps.filter((step) => kept.waiting.includes(step.address)).map((step) => step.address))
    const verdict = verify(gate, snapshot.resources, outstanding, kept.settings, monotonicNow())
    if (verdict.result === 'failed') {
      const { code, message, container: address } = verdict
      await this.rolloutFailed(kept, gate.hash, { code, message, address }, monotonicNow())
      return true
    }
    if (verdict.result === 'good' && !steps.some((step) => step.kind === 'container' && step.action !== 'update'))
      await this.verified(kept, gate)
    return false
  }

  /** Brings the last good generation back. */
  async restore(work: StackPlan, { snapshot }: HostObservation): Promise<boolean> {
    const { state: kept, planned, steps } = work
    const startedAt = monotonicNow()
    const { rejected, applied } = kept.memory
    if (planned === undefined || rejected === null || applied === null || kept.retry.until > startedAt) return false
    const { ready, waiting } = splitReady(steps, snapshot.resources)
    kept.waiting = waiting.map((one) => one.step.address)
    if (ready.length === 0 && waiting.length > 0) return false
    const back = { ...planned, request: { ...planned.request, rollbackOf: applied } }
    const stillSo = (): Promise<boolean> => this.isCurrent(work)
    const mends = kept.restoring !== undefined
    const result = await this.executor.apply(back, ready, {
      failedGeneration: rejected.generation,
      isCurrent: stillSo,
      heals: mends,
    })
    if (result === undefined) return false
    const broken = result.failed.find(({ error }) => error.code !== 'dependency-pending')
    if (broken) {
      this.events.failed(kept, broken.error, { touched: true, startedAt })
      return true
    }
    kept.restoring ??= result.generation
    // What waits for others comes back at a later look.
    if (waiting.length > 0 || result.failed.length > 0) return true
    const generation = kept.restoring
    kept.restoring = undefined
    await this.events.remember(kept, { rejected: { ...rejected, restored: true } })
    this.events.measure(kept, 'restored', startedAt)
    this.events.record(kept, {
      type: 'stack.rolled-back',
      level: 'warning',
      reason: rejected.reason,
      message: `Back to generation ${applied}, since generation ${rejected.generation} failed.`,
      ...(generation !== undefined && { generation }),
    })
    return true
  }

  /** Takes away a stack that its folder no longer states, or lets it go. */
  async remove(work: StackPlan): Promise<boolean> {
    const { state: kept, planned, steps } = work
    const startedAt = monotonicNow()
    if (kept.retry.until > startedAt || !(await this.isCurrent(work))) return false
    const told = { type: 'stack.pruned', level: 'info' } as const
    if (kept.settings.prune === false) {
      const message = 'No file states it any more: what stands is left, and nobody keeps it.'
      this.events.record(kept, { ...told, reason: 'LetGo', message })
    } else if (planned !== undefined) {
      const result = await this.executor.apply(planned, steps, { isCurrent: () => this.isCurrent(work) })
      if (result === undefined) return false
      const [broken] = result.failed
      if (broken) {
        this.events.failed(kept, broken.error, { touched: true, startedAt })
        return true
      }
      this.events.measure(kept, 'pruned', startedAt)
      const message = `${steps.length} objects are gone, as no file states them any more.`
      this.events.record(kept, { ...told, reason: 'Removed', message })
    }
    await this.events.forget(kept)
    // Its file was put back meanwhile: it begins anew.
    if (!kept.removed) {
      kept.forgotten = false
      const { source, files, settings, onRoot } = kept.memory
      await this.events.remember(kept, { ...emptyWatchRecord, source, files, settings, onRoot })
    }
    return true
  }

  private async verified(kept: StackState, gate: Verification): Promise<void> {
    const wasFailing = isFailing(kept)
    kept.verification = undefined
    if (kept.retry.failures > 0) await this.executor.conclude(gate.generation, 'done')
    await this.events.remember(kept, {
      appliedHash: gate.hash,
      applied: gate.generation,
      attempted: gate.generation,
      appliedAt: new Date().toISOString(),
    })
    this.events.record(kept, {
      type: 'stack.applied',
      level: 'info',
      reason: 'Applied',
      message: `Generation ${gate.generation} stands and is well.`,
      generation: gate.generation,
    })
    kept.retry = noBackoff
    kept.untouched = false
    if (wasFailing) await this.events.recovered(kept)
  }

  /** A change that did not do: back to the last good generation, and not again until the files change. */
  private async rolloutFailed(kept: StackState, hash: string, error: Diagnostic, startedAt: number): Promise<void> {
    kept.verification = undefined
    const { applied, attempted } = kept.memory
    if (error.retryable === true || !kept.settings.rollback || applied === null || !kept.hasGood)
      return this.events.failed(kept, error, { touched: true, startedAt })
    const generation = attempted ?? 0
    this.events.recordFailure(kept, error, generation)
    this.events.measure(kept, 'failed', startedAt)
    const message = `Generation ${generation} failed: ${error.message} Generation ${applied} is kept until the files change.`
    const rejected = { hash, reason: reasonOf(error.code), message, generation, restored: false }
    await this.events.remember(kept, { rejected })
    this.lookAt = monotonicNow() + soonest
  }
}

const beginning = (
  { hash }: DesiredRevision,
  generation: number,
  containers: Verification['containers'],
): Verification => ({
  hash,
  generation,
  startedAt: monotonicNow(),
  containers,
  starts: new Map(),
})
