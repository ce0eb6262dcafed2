import type { ImageSpec } from '../../model/kinds/image.ts'
import type { Engine } from '../../reconciler/engine.ts'
import { monotonicNow } from '../clock.ts'
import { EventRecorder, type EventRecorderTools } from '../events/event-recorder.ts'
import { Prefetch } from '../rollout/prefetch.ts'
import { Rollout } from '../rollout/rollout.ts'
import type { Decision } from './decide.ts'
import { decideAll, isNew } from './decide-all.ts'
import { driftOf, isHealing } from './drift.ts'
import { Executor } from './executor.ts'
import { Healer } from './healer.ts'
import type { HostObservation } from './observe.ts'
import { PendingRestarts } from './pending-restarts.ts'
import { isCurrent, type StackPlan } from './stack-plan.ts'
import { holdOfChange, isDeferred } from './stack-state.ts'

export interface ActionsTools extends EventRecorderTools {
  readonly signal: AbortSignal
  openWriter(): Promise<Engine>
  /** Brings an image, before anything is touched. Raises what keeps it from coming. */
  pull(image: ImageSpec): Promise<void>
  /** The command that does what is held back since it takes too much away. */
  massDeletionCommand(): string
  /** Has it looked once more: something has come. */
  onProgress(): void
}

/** Does what follows from a look: mends, changes, goes back, removes, or holds back and says why. */
export class Actions {
  private readonly pendingRestarts = new PendingRestarts()
  private readonly executor: Executor
  private readonly events: EventRecorder
  private readonly healer: Healer
  private readonly rollout: Rollout

  constructor(private readonly tools: ActionsTools) {
    this.executor = new Executor(() => tools.openWriter(), tools.signal)
    this.events = new EventRecorder(tools)
    const staging = new Prefetch(
      (image) => tools.pull(image),
      () => tools.onProgress(),
    )
    const stillSo = async (work: StackPlan): Promise<boolean> => {
      const memory = (await tools.records.memories()).get(work.state.name)
      return isCurrent(work) && (memory?.suspended ?? false) === work.state.memory.suspended
    }
    this.healer = new Healer(this.executor, this.events, this.pendingRestarts, stillSo)
    this.rollout = new Rollout(this.executor, this.events, this.pendingRestarts, staging, stillSo)
  }

  /** Answers whether anything was done. */
  async act(found: HostObservation, works: readonly StackPlan[]): Promise<boolean> {
    const now = monotonicNow()
    this.pendingRestarts.update(found.snapshot.resources, now)
    const standing: StackPlan[] = []
    // What has just failed is not gone on with: the next look is held against what was before.
    for (const work of works) if (!(await this.rollout.failsVerification(work, found))) standing.push(work)
    const decided = decideAll(standing, found, now, this.tools.massDeletionCommand())
    for (const { work, decision } of decided) await this.note(work, decision, found)
    // A plan made from what another run has half done is for nobody, even when that run has ended since.
    if (found.disturbed && standing.some((work) => work.steps.length > 0)) {
      this.executor.retrySoon()
      return false
    }
    const of = (action: Decision['action']): readonly StackPlan[] =>
      decided.filter((one) => one.decision.action === action).map((one) => one.work)
    for (const { work, decision } of decided) if (decision.action !== 'change') work.state.prefetching = false
    let did = await this.healer.heal([...of('heal'), ...heldDrift(decided)], found)
    did = (await this.healer.restartUnhealthy(works, found)) || did
    for (const work of of('remove')) did = (await this.rollout.remove(work)) || did
    for (const work of of('restore')) did = (await this.rollout.restore(work, found)) || did
    for (const work of of('change')) did = (await this.rollout.apply(work, found)) || did
    for (const work of of('prove')) this.rollout.beginVerification(work, found.snapshot.state.generation)
    return did
  }

  /** When there is something to be done again though nothing may be heard of it. Milliseconds since the epoch. */
  dueTimes(now: number): readonly number[] {
    const own = [this.executor.retryAt, this.rollout.lookAt].filter((time) => time > now)
    return [...own, ...this.healer.dueTimes(now), ...this.pendingRestarts.dueTimes(now)]
  }

  /** Writes down what was decided, for status and events. */
  private async note(work: StackPlan, decision: Decision, { disturbed }: HostObservation): Promise<void> {
    const { state: kept, target, steps, error } = work
    const hold = decision.action === 'hold' ? decision : holdOfChange(kept, new Date())
    if (hold && hold.reason !== kept.hold?.reason) {
      const level = hold.reason === 'Suspended' ? 'info' : 'warning'
      this.events.record(kept, { type: 'stack.held', level, reason: hold.reason, message: hold.message })
    }
    kept.hold = hold
    // Of a host that another run is changing nothing is said; the next look says it.
    if (!disturbed) this.noteDrift(work, decision)
    if (error && kept.retry.until <= monotonicNow())
      this.events.failed(kept, error, { touched: false, startedAt: monotonicNow() })
    // While something else stands in for what is stated, nothing is over; the same files may ask for another image, too.
    const isStated = target !== undefined && target.hash === (kept.desired ?? target).hash
    const isSettled = isStated && steps.length === 0 && !isDeferred(kept, monotonicNow())
    const isOver = isSettled && kept.desired !== undefined && kept.memory.rejected?.hash !== target.hash
    if (!error && decision.action === 'none' && isOver) await this.events.recovered(kept)
  }

  private noteDrift(work: StackPlan, { action }: Decision): void {
    const { state: kept, steps } = work
    const left = (address: StackPlan['steps'][number]['address']): boolean =>
      action === 'heal' && this.pendingRestarts.isPending(address)
    const own = ['heal', 'report', 'hold'].includes(action) ? steps.filter((step) => !left(step.address)) : []
    const drift = driftOf(own, isNew(work))
    const known = new Set(kept.drift.map((one) => `${one.address} ${one.text}`))
    for (const { address, text } of drift.filter((one) => !known.has(`${one.address} ${one.text}`)))
      this.events.record(kept, {
        type: 'stack.drifted',
        level: 'warning',
        reason: 'Drifted',
        message: `${address}: ${text}.`,
        address,
      })
    kept.drift = drift
  }
}

/** What stacks have lost while a change of theirs, of the same files, is held: as another image outside of their windows. Pure. */
const heldDrift = (
  decided: readonly { readonly work: StackPlan; readonly decision: Decision }[],
): readonly StackPlan[] =>
  decided.flatMap(({ work, decision }) => {
    const isHeld = decision.action === 'hold' && ['OutsideWindow', 'MassDeletion'].includes(decision.reason)
    const steps = work.steps.filter(isHealing)
    return isHeld && !work.removed && !isNew(work) && work.settings.mode === 'heal' && steps.length > 0
      ? [{ ...work, steps }]
      : []
  })
