import type { Planned } from '../reconciler/reconcile.ts'
import type { Session } from '../reconciler/session.ts'
import { Changer } from './changer.ts'
import type { Decision } from './decide.ts'
import { decideAll, isNew } from './decide-all.ts'
import { driftOf } from './drift.ts'
import { waitOfChange } from './kept.ts'
import { Lane } from './lane.ts'
import { Ledger, type LedgerTools } from './ledger.ts'
import { LeftToPolicy } from './left-to-policy.ts'
import { Mender } from './mender.ts'
import type { Survey } from './survey.ts'
import type { Work } from './work.ts'

export interface ActorTools extends LedgerTools {
  readonly signal: AbortSignal
  openWriter(): Promise<Session>
  /** Brings the images that a plan wants, before anything is touched. Raises what keeps them from coming. */
  stage(planned: Planned): Promise<void>
}

/** Does what follows from a look: mends, changes, goes back, removes, or holds back and says why. */
export class Actor {
  private readonly leftToPolicy = new LeftToPolicy()
  private readonly lane: Lane
  private readonly ledger: Ledger
  private readonly mender: Mender
  private readonly changer: Changer

  constructor(tools: ActorTools) {
    this.lane = new Lane(() => tools.openWriter(), tools.signal)
    this.ledger = new Ledger(tools)
    this.mender = new Mender(this.lane, this.ledger, this.leftToPolicy)
    this.changer = new Changer(this.lane, this.ledger, this.leftToPolicy, (planned) => tools.stage(planned))
  }

  /** Answers whether anything was done. */
  async act(found: Survey, works: readonly Work[]): Promise<boolean> {
    const now = Date.now()
    this.leftToPolicy.look(found.snapshot.resources, now)
    const standing: Work[] = []
    // What has just failed is not gone on with: the next look is held against what was before.
    for (const work of works) if (!(await this.changer.failsProof(work, found))) standing.push(work)
    const decided = decideAll(standing, found, now)
    for (const { work, decision } of decided) await this.note(work, decision)
    const of = (action: Decision['action']): readonly Work[] =>
      decided.filter((one) => one.decision.action === action).map((one) => one.work)
    let did = await this.mender.mend(of('heal'), found)
    did = (await this.mender.restartUnhealthy(works, found)) || did
    for (const work of of('remove')) did = (await this.changer.remove(work)) || did
    for (const work of of('restore')) did = (await this.changer.restore(work)) || did
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
  private async note(work: Work, decision: Decision): Promise<void> {
    const { kept, target, steps, error } = work
    const hold = decision.action === 'hold' ? decision : waitOfChange(kept, new Date())
    if (hold && hold.reason !== kept.hold?.reason) {
      const level = hold.reason === 'Suspended' ? 'info' : 'warning'
      this.ledger.tell(kept, { type: 'stack.held', level, reason: hold.reason, message: hold.message })
    }
    kept.hold = hold
    this.noteDrift(work, decision)
    if (error && kept.retry.until <= Date.now())
      this.ledger.failed(kept, error, { touched: false, startedAt: Date.now() })
    // While something else stands in for what is stated, nothing is over; the same files may ask for another image, too.
    const isStated = target !== undefined && target.hash === (kept.stated ?? target).hash
    const isOver = isStated && kept.memory.rejected?.hash !== target.hash && steps.length === 0
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
