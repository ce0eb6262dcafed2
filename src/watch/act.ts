import { type Diagnostic, toDiagnostic } from '../errors.ts'
import { type Address, parseAddress } from '../providers/provider.ts'
import { isRecordOnly } from '../reconciler/apply.ts'
import type { Step } from '../reconciler/plan-types.ts'
import type { Planned } from '../reconciler/reconcile.ts'
import type { Session } from '../reconciler/session.ts'
import type { NewEvent } from '../state/event.ts'
import type { StackMemory } from '../state/watch-store.ts'
import { afterFailure, afterMending, type Flapping, mendableAt, noBackoff } from './backoff.ts'
import { type CarriedOut, carryOut, restart } from './carry-out.ts'
import { reasonOf } from './conditions.ts'
import { type Decision, decide } from './decide.ts'
import { driftOf, isMending, withoutSteps } from './drift.ts'
import { judge } from './gate.ts'
import { isMassDeletion, removedBy } from './guard.ts'
import { isFailing, isSuspended, type Kept, waitOfChange } from './kept.ts'
import { LeftToPolicy } from './left-to-policy.ts'
import { splitReady } from './ready.ts'
import type { Recorder } from './recorder.ts'
import type { Survey } from './survey.ts'
import { Unhealthy } from './unhealthy.ts'
import type { Work } from './work.ts'

export interface ActorTools {
  readonly recorder: Recorder
  readonly signal: AbortSignal
  openWriter(): Promise<Session>
  /** Brings the images that a plan wants, before anything is touched. Raises what keeps them from coming. */
  stage(planned: Planned): Promise<void>
  onReconcile(stack: string, result: 'changed' | 'healed' | 'restored' | 'pruned' | 'failed', seconds: number): void
  random(): number
}

/** How soon it is looked again when somebody else holds the instance. Milliseconds. */
const soon = 250
/** The same where the next step is known already. Milliseconds. */
const soonest = 20

/** Does what follows from a look: mends, changes, goes back, removes, or holds back and says why. */
export class Actor {
  private readonly flapping = new Map<Address, Flapping>()
  private readonly leftToPolicy = new LeftToPolicy()
  private readonly unhealthy = new Unhealthy()
  private again = 0

  constructor(private readonly tools: ActorTools) {}

  /** Answers whether anything was done. */
  async act(found: Survey, works: readonly Work[]): Promise<boolean> {
    this.again = 0
    const now = Date.now()
    this.leftToPolicy.look(found.snapshot.resources, now)
    const standing: Work[] = []
    // What has just failed is not gone on with: the next look is held against what was before.
    for (const work of works) if (!(await this.failsProof(work, found))) standing.push(work)
    const decided = decideAll(standing, found, now)
    for (const { work, decision } of decided) await this.note(work, decision)
    const of = (action: Decision['action']): readonly Work[] =>
      decided.filter((one) => one.decision.action === action).map((one) => one.work)
    let did = await this.heal(of('heal'), found)
    did = (await this.restartUnhealthy(works, found)) || did
    for (const work of of('remove')) did = (await this.remove(work)) || did
    for (const work of of('restore')) did = (await this.restore(work)) || did
    for (const work of of('change')) did = (await this.change(work, found)) || did
    for (const work of of('prove')) await this.beginGate(work, found.snapshot.state.generation)
    return did
  }

  /** When there is something to be done again though nothing may be heard of it. */
  dueTimes(now: number): readonly number[] {
    const mendable = [...this.flapping.values()].map(mendableAt).filter((time) => time > now)
    return [...mendable, ...this.leftToPolicy.dueTimes(now), ...(this.again > now ? [this.again] : [])]
  }

  /** Writes down what was decided, for status and events. */
  private async note(work: Work, decision: Decision): Promise<void> {
    const { kept, target, steps, error } = work
    const held = decision.action === 'hold' ? decision : waitOfChange(kept, new Date())
    if (held && held.reason !== kept.hold?.reason)
      this.tell(kept, 'stack.held', held.reason === 'Suspended' ? 'info' : 'warning', held.reason, held.message)
    kept.hold = held
    const left = ({ address }: Step): boolean => decision.action === 'heal' && this.leftToPolicy.isLeft(address)
    const own = ['heal', 'report', 'hold'].includes(decision.action) ? steps.filter((step) => !left(step)) : []
    const drift = driftOf(own, isNew(work))
    const known = new Set(kept.drift.map((one) => `${one.address} ${one.text}`))
    for (const { address, text } of drift)
      if (!known.has(`${address} ${text}`))
        this.tell(kept, 'stack.drifted', 'warning', 'Drifted', `${address}: ${text}.`, address)
    kept.drift = drift
    if (error) this.planFailed(kept, error)
    // While something else stands in for what is stated, nothing is over.
    else if (decision.action === 'none' && target !== undefined && target.hash === (kept.stated ?? target).hash)
      await this.recovered(kept)
  }

  /** Also where its files went back to what stands: then nothing of what was rejected is left. */
  private async recovered(kept: Kept): Promise<void> {
    if (!isFailing(kept)) return
    kept.lastError = undefined
    kept.retry = noBackoff
    kept.untouched = false
    if (kept.memory.rejected !== null) await this.remember(kept, { rejected: null })
    this.tellRecovered(kept)
  }

  private tellRecovered(kept: Kept): void {
    this.tell(kept, 'stack.ready', 'info', 'Recovered', `${kept.name} is as stated again.`)
  }

  private planFailed(kept: Kept, error: Diagnostic): void {
    if (kept.retry.until > Date.now()) return
    this.fail(kept, error, { touched: false })
  }

  /** Mends what stacks have lost, all of them in one go; what breaks again and again waits longer each time. */
  private async heal(works: readonly Work[], found: Survey): Promise<boolean> {
    let did = false
    for (const planned of new Set(works.map((work) => work.planned as Planned))) {
      const own = works.filter((work) => work.planned === planned)
      did = (await this.healTogether(own, planned, found)) || did
    }
    return did
  }

  private async healTogether(works: readonly Work[], planned: Planned, { snapshot }: Survey): Promise<boolean> {
    const startedAt = Date.now()
    const all = [...new Map(works.flatMap((work) => work.steps).map((step) => [step.id, step])).values()]
    const due = withoutSteps(
      all,
      ({ address, kind, action }) =>
        mendableAt(this.flapping.get(address)) > startedAt ||
        this.leftToPolicy.isLeft(address) ||
        // A change that has yet to prove itself is judged by what its containers do.
        (kind === 'container' &&
          action !== 'update' &&
          works.some(({ kept }) => kept.gate?.containers.includes(address))),
    )
    const { ready, waiting } = splitReady(due, snapshot.resources)
    for (const { kept } of works)
      kept.waiting = waiting.map((one) => one.step.address).filter((at) => parseAddress(at).stack === kept.name)
    if (ready.length === 0) return false
    const result = await this.carry({ ...planned, plan: { ...planned.plan, steps: closed(ready) } }, true)
    if (result === undefined) return false
    const seconds = (Date.now() - startedAt) / 1000
    const attempted = [...result.done, ...result.failed.map((one) => one.step)]
    for (const step of attempted.filter((one) => !isRecordOnly(one)))
      this.flapping.set(step.address, afterMending(this.flapping.get(step.address), Date.now()))
    const done = new Set(result.done.map((step) => step.id))
    for (const work of works) {
      work.kept.drift = driftOf(work.steps.filter((step) => !done.has(step.id)))
      this.tellHealed(work, result, seconds)
    }
    return true
  }

  private tellHealed({ kept, steps }: Work, { done, failed }: CarriedOut, seconds: number): void {
    const own = new Set(steps.map((step) => step.id))
    const mended = done.filter((step) => own.has(step.id))
    const drift = driftOf(mended)
    if (drift.length > 0) {
      const names = [...new Set(drift.map((one) => one.address))]
      this.tell(kept, 'stack.healed', 'info', 'Healed', `Mended: ${names.join(', ')}.`)
    }
    const [broken] = failed.filter(({ step }) => own.has(step.id))
    if (mended.length > 0) this.tools.onReconcile(kept.name, 'healed', seconds)
    if (broken === undefined) return
    kept.lastError = broken.error
    this.tell(kept, 'stack.failed', 'error', reasonOf(broken.error.code), broken.error.message, broken.step.address)
    this.tools.onReconcile(kept.name, 'failed', seconds)
  }

  /** Starts containers anew that are unhealthy and say so of themselves. */
  private async restartUnhealthy(works: readonly Work[], { snapshot }: Survey): Promise<boolean> {
    const now = Date.now()
    const kept = new Map(works.map((work) => [work.kept.name, work.kept]))
    const due = this.unhealthy.due(snapshot.resources, now).filter((address) => {
      const own = kept.get(parseAddress(address).stack)
      return own && own.settings.mode === 'heal' && !isSuspended(own) && !own.gate?.containers.includes(address)
    })
    if (due.length === 0) return false
    const restarted = await restart(() => this.tools.openWriter(), due)
    if (restarted === undefined) this.again = Date.now() + soon
    for (const { address, error } of restarted ?? []) {
      this.unhealthy.restarted(address, now)
      const own = kept.get(parseAddress(address).stack) as Kept
      if (error) own.lastError = error
      const what = error ? `could not be started anew: ${error.message}` : 'was started anew, since it was unhealthy'
      this.tell(own, 'container.restarted', 'warning', 'Unhealthy', `${parseAddress(address).name} ${what}.`, address)
    }
    return restarted !== undefined
  }

  /** Applies what is new: images first, then what may be done now; it becomes a generation that has yet to prove itself. */
  private async change(work: Work, { snapshot }: Survey): Promise<boolean> {
    const { kept, target, planned, steps, concerned } = work
    if (target === undefined || planned === undefined || kept.retry.until > Date.now()) return false
    const startedAt = Date.now()
    const { ready, waiting } = splitReady(
      withoutSteps(steps, (step) => this.leftToPolicy.isLeft(step.address)),
      snapshot.resources,
    )
    kept.waiting = waiting.map((one) => one.step.address)
    // The same change once more: what waited for others goes on.
    const goesOn = kept.gate?.hash === target.hash
    if (ready.length === 0) return false
    const narrowed = { ...planned, plan: { ...planned.plan, steps: closed(ready) } }
    if (!goesOn) this.tell(kept, 'stack.progressing', 'info', 'Changing', `Steps to what is stated: ${ready.length}.`)
    try {
      await this.tools.stage(narrowed)
    } catch (error) {
      this.fail(kept, toDiagnostic(error), { touched: false, seconds: (Date.now() - startedAt) / 1000 })
      return false
    }
    const result = await this.carry(narrowed, goesOn, (generation) => this.remember(kept, { attempted: generation }))
    if (result === undefined) return false
    const seconds = (Date.now() - startedAt) / 1000
    if (!goesOn)
      kept.gate = {
        hash: target.hash,
        generation: result.generation ?? snapshot.state.generation,
        startedAt: Date.now(),
        containers: concerned,
        starts: new Map(),
      }
    const [broken] = result.failed
    if (broken) {
      kept.gate = undefined
      await this.changeFailed(kept, broken.error, { hash: target.hash, seconds })
    } else this.tools.onReconcile(kept.name, 'changed', seconds)
    return true
  }

  private async beginGate(work: Work, newest: number): Promise<void> {
    const { kept, target, concerned } = work
    if (target === undefined || kept.gate?.hash === target.hash || kept.retry.until > Date.now()) return
    kept.gate = {
      hash: target.hash,
      generation: Math.max(kept.memory.attempted ?? 0, newest),
      startedAt: Date.now(),
      containers: concerned,
      starts: new Map(),
    }
    this.again = Date.now() + soon
  }

  /** Judges a change that is in place; answers whether it has failed. */
  private async failsProof({ kept, target, steps }: Work, { snapshot }: Survey): Promise<boolean> {
    const { gate } = kept
    if (gate === undefined || target === undefined) return false
    if (gate.hash !== target.hash) {
      kept.gate = undefined
      return false
    }
    const outstanding = new Set(steps.filter((step) => kept.waiting.includes(step.address)).map((step) => step.address))
    const verdict = judge(gate, snapshot.resources, outstanding, kept.settings, Date.now())
    if (verdict.result === 'pending') return false
    if (verdict.result === 'failed') {
      kept.gate = undefined
      const { code, message, container: address } = verdict
      await this.changeFailed(kept, { code, message, address }, { hash: gate.hash })
      return true
    }
    if (steps.some((step) => step.kind === 'container' && step.action !== 'update')) return false
    const wasFailing = isFailing(kept)
    kept.gate = undefined
    kept.lastError = undefined
    kept.retry = noBackoff
    kept.untouched = false
    await this.remember(kept, {
      appliedHash: gate.hash,
      applied: gate.generation,
      attempted: gate.generation,
      appliedAt: new Date().toISOString(),
      rejected: null,
    })
    this.tell(
      kept,
      'stack.applied',
      'info',
      'Applied',
      `Generation ${gate.generation} stands and is well.`,
      undefined,
      gate.generation,
    )
    if (wasFailing) this.tellRecovered(kept)
    return false
  }

  /** A change that did not do: back to the last good generation, and not again until the files change. */
  private async changeFailed(
    kept: Kept,
    error: Diagnostic,
    { hash, seconds = 0 }: { hash: string; seconds?: number },
  ): Promise<void> {
    const reason = reasonOf(error.code)
    const generation = kept.memory.attempted ?? 0
    const { applied } = kept.memory
    const goesBack = error.retryable !== true && kept.settings.rollback && applied !== null
    if (!goesBack) return this.fail(kept, error, { touched: true, seconds })
    kept.lastError = error
    const message = `Generation ${generation} failed: ${error.message} Generation ${applied} is kept until the files change.`
    this.tell(kept, 'stack.failed', 'error', reason, error.message, error.address, generation)
    this.tools.onReconcile(kept.name, 'failed', seconds)
    await this.remember(kept, { rejected: { hash, reason, message, generation, restored: false } })
    this.again = Date.now() + soonest
  }

  /** Brings the last good generation back. */
  private async restore({ kept, planned, steps }: Work): Promise<boolean> {
    const { rejected, applied } = kept.memory
    const startedAt = Date.now()
    if (planned === undefined || rejected === null || applied === null || kept.retry.until > startedAt) return false
    const request = { ...planned.request, rollbackOf: applied }
    const narrowed = { ...planned, request, plan: { ...planned.plan, steps } }
    const result = await this.carry(narrowed, false, undefined, rejected.generation)
    if (result === undefined) return false
    const seconds = (Date.now() - startedAt) / 1000
    const [broken] = result.failed
    if (broken) {
      this.fail(kept, broken.error, { touched: true, seconds })
      return true
    }
    await this.remember(kept, { rejected: { ...rejected, restored: true } })
    this.tools.onReconcile(kept.name, 'restored', seconds)
    const message = `Back to generation ${applied}, since generation ${rejected.generation} failed.`
    this.tell(kept, 'stack.rolled-back', 'warning', rejected.reason, message, undefined, result.generation)
    return true
  }

  /** Takes away a stack that its folder no longer states. */
  private async remove({ kept, planned, steps }: Work): Promise<boolean> {
    const startedAt = Date.now()
    if (kept.retry.until > startedAt) return false
    if (kept.settings.prune === false)
      this.tell(
        kept,
        'stack.pruned',
        'info',
        'LetGo',
        'No file states it any more: what stands is left, and nobody keeps it.',
      )
    else if (planned !== undefined) {
      const result = await this.carry({ ...planned, plan: { ...planned.plan, steps } }, false)
      if (result === undefined) return false
      const [broken] = result.failed
      if (broken) {
        this.fail(kept, broken.error, { touched: true })
        return true
      }
      this.tools.onReconcile(kept.name, 'pruned', (Date.now() - startedAt) / 1000)
      this.tell(
        kept,
        'stack.pruned',
        'info',
        'Removed',
        `${steps.length} objects are gone, as no file states them any more.`,
      )
    }
    await this.tools.recorder.forgetStack(kept.name)
    kept.forgotten = true
    return true
  }

  /** undefined: nothing was done, since someone else is at it. */
  private async carry(
    planned: Planned,
    mends: boolean,
    onGeneration?: (generation: number) => unknown,
    condemns?: number,
  ): Promise<CarriedOut | undefined> {
    const result = await carryOut(() => this.tools.openWriter(), planned, {
      mends,
      signal: this.tools.signal,
      ...(onGeneration && { onGeneration }),
      ...(condemns !== undefined && { condemns }),
    })
    if (!result.outdated) return result
    this.again = Date.now() + soon
    return undefined
  }

  private fail(kept: Kept, error: Diagnostic, { touched, seconds = 0 }: { touched: boolean; seconds?: number }): void {
    kept.lastError = error
    kept.untouched = !touched
    kept.retry = afterFailure(kept.retry, Date.now(), this.tools.random())
    const generation = touched ? (kept.memory.attempted ?? undefined) : undefined
    this.tell(kept, 'stack.failed', 'error', reasonOf(error.code), error.message, error.address, generation)
    this.tools.onReconcile(kept.name, 'failed', seconds)
  }

  private async remember(kept: Kept, change: Partial<StackMemory>): Promise<void> {
    kept.memory = { ...kept.memory, ...change }
    await this.tools.recorder.remember(kept.memory)
  }

  private tell(
    kept: Kept,
    type: NewEvent['type'],
    level: NewEvent['level'],
    reason: string,
    message: string,
    address?: string,
    generation?: number,
  ): void {
    this.tools.recorder.publish({
      type,
      level,
      reason,
      message,
      stack: kept.name,
      ...(address !== undefined && { address }),
      ...(generation !== undefined && { generation }),
    })
  }
}

/** Steps whose edges lead to none that is not among them. */
function closed(steps: readonly Step[]): readonly Step[] {
  const ids = new Set(steps.map((step) => step.id))
  return steps.map((step) => ({ ...step, after: step.after.filter((id) => ids.has(id)) }))
}

/** What to do about each stack; whether too much would go at once is a question of all of them together. Pure. */
function decideAll(
  works: readonly Work[],
  { snapshot }: Survey,
  now: number,
): readonly { readonly work: Work; readonly decision: Decision }[] {
  const removed = works.flatMap((work) => (isNew(work) || work.kept.removed ? removedBy(work.steps) : []))
  const mass = isMassDeletion(
    removed.length,
    [...snapshot.resources.values()].filter((one) => one.presence === 'owned').length,
  )
  return works.map((work) => ({
    work,
    decision: decide({
      settings: work.kept.settings,
      suspended: isSuspended(work.kept),
      isNew: isNew(work),
      removed: work.kept.removed,
      restores: work.kept.memory.rejected?.restored === false && work.target?.hash === work.kept.memory.appliedHash,
      failed: work.error !== undefined,
      steps: work.steps.length,
      changes: work.steps.some((step) => !isMending(step)),
      massDeletion: mass && removedBy(work.steps).length > 0,
      now: new Date(now),
    }),
  }))
}

const isNew = ({ target, kept }: Work): boolean => target !== undefined && target.hash !== kept.memory.appliedHash
