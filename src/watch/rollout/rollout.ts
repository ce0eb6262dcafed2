import type { Diagnostic } from '../../model/errors.ts'
import { nothingKnown } from '../../state/watch-store.ts'
import { steadyNow } from '../clock.ts'
import type { Target } from '../controller/desired-revision.ts'
import { withoutSteps } from '../controller/drift.ts'
import type { Lane } from '../controller/executor.ts'
import type { Survey } from '../controller/observe.ts'
import type { LeftToPolicy } from '../controller/pending-restarts.ts'
import type { Work } from '../controller/stack-plan.ts'
import { isFailing, type Kept } from '../controller/stack-state.ts'
import type { Ledger } from '../events/event-recorder.ts'
import { reasonOf } from '../status/conditions.ts'
import { noBackoff } from './backoff.ts'
import type { Staging } from './prefetch.ts'
import { splitReady } from './ready.ts'
import { type Gate, judge } from './verify.ts'

/** How soon it is looked again at a change that has only just begun to prove itself, and at one that failed. Milliseconds. */
const [soon, soonest] = [250, 20]

/** Brings stacks from one generation to the next: applies, has it prove itself, goes back where it does not, takes away. */
export class Changer {
  /** When the next look is due. Milliseconds since the epoch. */
  lookAt = 0

  constructor(
    private readonly lane: Lane,
    private readonly ledger: Ledger,
    private readonly leftToPolicy: LeftToPolicy,
    private readonly staging: Staging,
    /** Whether what a work was made from is still so. */
    private readonly stillSo: (work: Work) => Promise<boolean>,
  ) {}

  /** Applies what is new: images first, then what may be done now; it becomes a generation that has yet to prove itself. */
  async change(work: Work, { snapshot }: Survey): Promise<boolean> {
    const { kept, target, planned, steps, concerned } = work
    const startedAt = steadyNow()
    if (target === undefined || planned === undefined || kept.retry.until > startedAt) return false
    const now = withoutSteps(steps, (step) => this.leftToPolicy.isLeft(step.address))
    const { ready, waiting } = splitReady(now, snapshot.resources)
    kept.waiting = waiting.map((one) => one.step.address)
    if (ready.length === 0) return false
    const staged = this.staging.ask(kept.name, ready)
    kept.staging = staged === 'coming'
    if (staged === 'coming') return false
    if (staged !== 'here') {
      this.ledger.failed(kept, staged, { touched: false, startedAt })
      return false
    }
    // The same change once more: what waited for others goes on, what failed is tried again; it is no other generation.
    const isRetry = kept.retry.failures > 0 && kept.memory.attemptedHash === target.hash
    const goesOn = kept.gate?.hash === target.hash || isRetry
    const onGeneration = (generation: number): void => {
      this.ledger.remember(kept, { attempted: generation, attemptedHash: target.hash }).catch(() => undefined)
      const message = `Steps to what is stated: ${ready.length}.`
      this.ledger.tell(kept, { type: 'stack.progressing', level: 'info', reason: 'Changing', message, generation })
    }
    const stillSo = (): Promise<boolean> => this.stillSo(work)
    const result = await this.lane.carry(planned, ready, { mends: goesOn, onGeneration, stillSo })
    if (result === undefined) return false
    if (kept.gate?.hash !== target.hash)
      kept.gate = beginning(target, result.generation ?? kept.memory.attempted ?? snapshot.state.generation, concerned)
    // What another container has stopped being meanwhile is waited for as before.
    const broken = result.failed.find(({ error }) => error.code !== 'dependency-pending')
    if (broken) await this.changeFailed(kept, target.hash, broken.error, startedAt)
    else this.ledger.counted(kept, 'changed', startedAt)
    return true
  }

  /** What is new is in place already: it only has to prove itself. */
  beginProof({ kept, target, concerned }: Work, newest: number): void {
    if (target === undefined || kept.gate?.hash === target.hash || kept.retry.until > steadyNow()) return
    kept.gate = beginning(target, Math.max(kept.memory.attempted ?? 0, newest), concerned)
    this.lookAt = steadyNow() + soon
  }

  /** Judges a change that is in place; answers whether it has failed. */
  async failsProof({ kept, target, steps }: Work, { snapshot }: Survey): Promise<boolean> {
    const { gate } = kept
    if (gate === undefined || target === undefined) return false
    if (gate.hash !== target.hash) {
      kept.gate = undefined
      return false
    }
    const outstanding = new Set(steps.filter((step) => kept.waiting.includes(step.address)).map((step) => step.address))
    const verdict = judge(gate, snapshot.resources, outstanding, kept.settings, steadyNow())
    if (verdict.result === 'failed') {
      const { code, message, container: address } = verdict
      await this.changeFailed(kept, gate.hash, { code, message, address }, steadyNow())
      return true
    }
    if (verdict.result === 'good' && !steps.some((step) => step.kind === 'container' && step.action !== 'update'))
      await this.proved(kept, gate)
    return false
  }

  /** Brings the last good generation back. */
  async restore(work: Work, { snapshot }: Survey): Promise<boolean> {
    const { kept, planned, steps } = work
    const startedAt = steadyNow()
    const { rejected, applied } = kept.memory
    if (planned === undefined || rejected === null || applied === null || kept.retry.until > startedAt) return false
    const { ready, waiting } = splitReady(steps, snapshot.resources)
    kept.waiting = waiting.map((one) => one.step.address)
    if (ready.length === 0 && waiting.length > 0) return false
    const back = { ...planned, request: { ...planned.request, rollbackOf: applied } }
    const stillSo = (): Promise<boolean> => this.stillSo(work)
    const mends = kept.restoring !== undefined
    const result = await this.lane.carry(back, ready, { condemns: rejected.generation, stillSo, mends })
    if (result === undefined) return false
    const broken = result.failed.find(({ error }) => error.code !== 'dependency-pending')
    if (broken) {
      this.ledger.failed(kept, broken.error, { touched: true, startedAt })
      return true
    }
    kept.restoring ??= result.generation
    // What waits for others comes back at a later look.
    if (waiting.length > 0 || result.failed.length > 0) return true
    const generation = kept.restoring
    kept.restoring = undefined
    await this.ledger.remember(kept, { rejected: { ...rejected, restored: true } })
    this.ledger.counted(kept, 'restored', startedAt)
    this.ledger.tell(kept, {
      type: 'stack.rolled-back',
      level: 'warning',
      reason: rejected.reason,
      message: `Back to generation ${applied}, since generation ${rejected.generation} failed.`,
      ...(generation !== undefined && { generation }),
    })
    return true
  }

  /** Takes away a stack that its folder no longer states, or lets it go. */
  async remove(work: Work): Promise<boolean> {
    const { kept, planned, steps } = work
    const startedAt = steadyNow()
    if (kept.retry.until > startedAt || !(await this.stillSo(work))) return false
    const told = { type: 'stack.pruned', level: 'info' } as const
    if (kept.settings.prune === false) {
      const message = 'No file states it any more: what stands is left, and nobody keeps it.'
      this.ledger.tell(kept, { ...told, reason: 'LetGo', message })
    } else if (planned !== undefined) {
      const result = await this.lane.carry(planned, steps, { stillSo: () => this.stillSo(work) })
      if (result === undefined) return false
      const [broken] = result.failed
      if (broken) {
        this.ledger.failed(kept, broken.error, { touched: true, startedAt })
        return true
      }
      this.ledger.counted(kept, 'pruned', startedAt)
      const message = `${steps.length} objects are gone, as no file states them any more.`
      this.ledger.tell(kept, { ...told, reason: 'Removed', message })
    }
    await this.ledger.forget(kept)
    // Its file was put back meanwhile: it begins anew.
    if (!kept.removed) {
      kept.forgotten = false
      const { source, files, settings, onRoot } = kept.memory
      await this.ledger.remember(kept, { ...nothingKnown, source, files, settings, onRoot })
    }
    return true
  }

  private async proved(kept: Kept, gate: Gate): Promise<void> {
    const wasFailing = isFailing(kept)
    kept.gate = undefined
    if (kept.retry.failures > 0) await this.lane.conclude(gate.generation, 'done')
    await this.ledger.remember(kept, {
      appliedHash: gate.hash,
      applied: gate.generation,
      attempted: gate.generation,
      appliedAt: new Date().toISOString(),
    })
    this.ledger.tell(kept, {
      type: 'stack.applied',
      level: 'info',
      reason: 'Applied',
      message: `Generation ${gate.generation} stands and is well.`,
      generation: gate.generation,
    })
    kept.retry = noBackoff
    kept.untouched = false
    if (wasFailing) await this.ledger.recovered(kept)
  }

  /** A change that did not do: back to the last good generation, and not again until the files change. */
  private async changeFailed(kept: Kept, hash: string, error: Diagnostic, startedAt: number): Promise<void> {
    kept.gate = undefined
    const { applied, attempted } = kept.memory
    if (error.retryable === true || !kept.settings.rollback || applied === null || !kept.hasGood)
      return this.ledger.failed(kept, error, { touched: true, startedAt })
    const generation = attempted ?? 0
    this.ledger.tellFailed(kept, error, generation)
    this.ledger.counted(kept, 'failed', startedAt)
    const message = `Generation ${generation} failed: ${error.message} Generation ${applied} is kept until the files change.`
    const rejected = { hash, reason: reasonOf(error.code), message, generation, restored: false }
    await this.ledger.remember(kept, { rejected })
    this.lookAt = steadyNow() + soonest
  }
}

const beginning = ({ hash }: Target, generation: number, containers: Gate['containers']): Gate => ({
  hash,
  generation,
  startedAt: steadyNow(),
  containers,
  starts: new Map(),
})
