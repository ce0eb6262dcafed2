import type { ImageSpec } from '../../model/kinds/image.ts'
import type { Engine } from '../../reconciler/engine.ts'
import { steadyNow } from '../clock.ts'
import { Ledger, type LedgerTools } from '../events/event-recorder.ts'
import { Staging } from '../rollout/prefetch.ts'
import { Changer } from '../rollout/rollout.ts'
import type { Decision } from './decide.ts'
import { decideAll, isNew } from './decide-all.ts'
import { driftOf, isMending } from './drift.ts'
import { Lane } from './executor.ts'
import { Mender } from './heal.ts'
import type { Survey } from './observe.ts'
import { LeftToPolicy } from './pending-restarts.ts'
import { isStillSo, type Work } from './stack-plan.ts'
import { isWaiting, waitOfChange } from './stack-state.ts'

export interface ActorTools extends LedgerTools {
  readonly signal: AbortSignal
  openWriter(): Promise<Engine>
  /** Brings an image, before anything is touched. Raises what keeps it from coming. */
  stage(image: ImageSpec): Promise<void>
  /** The command that does what is held back since it takes too much away. */
  massDeletionCommand(): string
  /** Has it looked once more: something has come. */
  onNews(): void
}

/** Does what follows from a look: mends, changes, goes back, removes, or holds back and says why. */
export class Actor {
  private readonly leftToPolicy = new LeftToPolicy()
  private readonly lane: Lane
  private readonly ledger: Ledger
  private readonly mender: Mender
  private readonly changer: Changer

  constructor(private readonly tools: ActorTools) {
    this.lane = new Lane(() => tools.openWriter(), tools.signal)
    this.ledger = new Ledger(tools)
    const staging = new Staging(
      (image) => tools.stage(image),
      () => tools.onNews(),
    )
    const stillSo = async (work: Work): Promise<boolean> => {
      const memory = (await tools.recorder.memories()).get(work.kept.name)
      return isStillSo(work) && (memory?.suspended ?? false) === work.kept.memory.suspended
    }
    this.mender = new Mender(this.lane, this.ledger, this.leftToPolicy, stillSo)
    this.changer = new Changer(this.lane, this.ledger, this.leftToPolicy, staging, stillSo)
  }

  /** Answers whether anything was done. */
  async act(found: Survey, works: readonly Work[]): Promise<boolean> {
    const now = steadyNow()
    this.leftToPolicy.look(found.snapshot.resources, now)
    const standing: Work[] = []
    // What has just failed is not gone on with: the next look is held against what was before.
    for (const work of works) if (!(await this.changer.failsProof(work, found))) standing.push(work)
    const decided = decideAll(standing, found, now, this.tools.massDeletionCommand())
    for (const { work, decision } of decided) await this.note(work, decision, found)
    // A plan made from what another run has half done is for nobody, even when that run has ended since.
    if (found.disturbed && standing.some((work) => work.steps.length > 0)) {
      this.lane.lookSoon()
      return false
    }
    const of = (action: Decision['action']): readonly Work[] =>
      decided.filter((one) => one.decision.action === action).map((one) => one.work)
    for (const { work, decision } of decided) if (decision.action !== 'change') work.kept.staging = false
    let did = await this.mender.mend([...of('heal'), ...heldDrift(decided)], found)
    did = (await this.mender.restartUnhealthy(works, found)) || did
    for (const work of of('remove')) did = (await this.changer.remove(work)) || did
    for (const work of of('restore')) did = (await this.changer.restore(work, found)) || did
    for (const work of of('change')) did = (await this.changer.change(work, found)) || did
    for (const work of of('prove')) this.changer.beginProof(work, found.snapshot.state.generation)
    return did
  }

  /** When there is something to be done again though nothing may be heard of it. Milliseconds since the epoch. */
  dueTimes(now: number): readonly number[] {
    const own = [this.lane.retryAt, this.changer.lookAt].filter((time) => time > now)
    return [...own, ...this.mender.dueTimes(now), ...this.leftToPolicy.dueTimes(now)]
  }

  /** Writes down what was decided, for status and events. */
  private async note(work: Work, decision: Decision, { disturbed }: Survey): Promise<void> {
    const { kept, target, steps, error } = work
    const hold = decision.action === 'hold' ? decision : waitOfChange(kept, new Date())
    if (hold && hold.reason !== kept.hold?.reason) {
      const level = hold.reason === 'Suspended' ? 'info' : 'warning'
      this.ledger.tell(kept, { type: 'stack.held', level, reason: hold.reason, message: hold.message })
    }
    kept.hold = hold
    // Of a host that another run is changing nothing is said; the next look says it.
    if (!disturbed) this.noteDrift(work, decision)
    if (error && kept.retry.until <= steadyNow())
      this.ledger.failed(kept, error, { touched: false, startedAt: steadyNow() })
    // While something else stands in for what is stated, nothing is over; the same files may ask for another image, too.
    const isStated = target !== undefined && target.hash === (kept.stated ?? target).hash
    const isSettled = isStated && steps.length === 0 && !isWaiting(kept, steadyNow())
    const isOver = isSettled && kept.stated !== undefined && kept.memory.rejected?.hash !== target.hash
    if (!error && decision.action === 'none' && isOver) await this.ledger.recovered(kept)
  }

  private noteDrift(work: Work, { action }: Decision): void {
    const { kept, steps } = work
    const left = (address: Work['steps'][number]['address']): boolean =>
      action === 'heal' && this.leftToPolicy.isLeft(address)
    const own = ['heal', 'report', 'hold'].includes(action) ? steps.filter((step) => !left(step.address)) : []
    const drift = driftOf(own, isNew(work))
    const known = new Set(kept.drift.map((one) => `${one.address} ${one.text}`))
    for (const { address, text } of drift.filter((one) => !known.has(`${one.address} ${one.text}`)))
      this.ledger.tell(kept, {
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
const heldDrift = (decided: readonly { readonly work: Work; readonly decision: Decision }[]): readonly Work[] =>
  decided.flatMap(({ work, decision }) => {
    const isHeld = decision.action === 'hold' && ['OutsideWindow', 'MassDeletion'].includes(decision.reason)
    const steps = work.steps.filter(isMending)
    return isHeld && !work.removed && !isNew(work) && work.settings.mode === 'heal' && steps.length > 0
      ? [{ ...work, steps }]
      : []
  })
