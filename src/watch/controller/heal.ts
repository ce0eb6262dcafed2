import { type Address, parseAddress } from '../../model/address.ts'
import { isFailedJob } from '../../model/kinds/restart-policy.ts'
import { isOwned, type OwnedOf } from '../../model/observation.ts'
import type { Step } from '../../model/plan.ts'
import { isRecordOnly } from '../../model/plan.ts'
import type { Planned } from '../../reconciler/engine.ts'
import { steadyNow } from '../clock.ts'
import type { Ledger } from '../events/event-recorder.ts'
import { afterMending, type Flapping, isSteady, mendableAt } from '../rollout/backoff.ts'
import { splitReady } from '../rollout/ready.ts'
import { driftOf, withoutSteps } from './drift.ts'
import type { CarriedOut, Lane } from './executor.ts'
import type { Survey } from './observe.ts'
import type { LeftToPolicy } from './pending-restarts.ts'
import type { Work } from './stack-plan.ts'
import { isSuspended } from './stack-state.ts'
import { Unhealthy } from './unhealthy.ts'

/** A job that failed is reported and not run again, unless its user has just resumed its stack. Pure. */
function isLeftJob({ address, action }: Step, works: readonly Work[], { resources }: Survey['snapshot']): boolean {
  const one = resources.get(address)
  const kept = works.find((work) => work.kept.name === parseAddress(address).stack)?.kept
  return isOwned(one, 'container') && action === 'recreate' && kept?.rerunsJobs !== true && hasFailed(one)
}

const hasFailed = ({ spec, actual }: OwnedOf<'container'>): boolean =>
  spec !== undefined &&
  actual.state === 'exited' &&
  isFailedJob(spec, {
    code: actual.exitCode,
    ranMs: Date.now() - Date.parse(actual.startedAt ?? ''),
    restarts: actual.restarts,
  })

/** Mends drift, and starts anew what is unhealthy and says so of itself. */
export class Mender {
  private readonly flapping = new Map<Address, Flapping>()
  private readonly unhealthy = new Unhealthy()

  constructor(
    private readonly lane: Lane,
    private readonly ledger: Ledger,
    private readonly leftToPolicy: LeftToPolicy,
    /** Whether what a work was made from is still so. */
    private readonly stillSo: (work: Work) => Promise<boolean>,
  ) {}

  /** Forgets what has long been steady. */
  private forgetSteady(now: number): void {
    for (const [address, known] of this.flapping) if (isSteady(known, now)) this.flapping.delete(address)
  }

  /** When what breaks again and again may be mended next. Milliseconds since the epoch. */
  dueTimes(now: number): readonly number[] {
    return [...this.flapping.values()].map(mendableAt).filter((time) => time > now)
  }

  /** Mends what stacks have lost, those of one plan in one go. Answers whether anything was done. */
  async mend(works: readonly Work[], found: Survey): Promise<boolean> {
    let did = false
    this.forgetSteady(steadyNow())
    for (const planned of new Set(works.flatMap((work) => work.planned ?? []))) {
      const own = works.filter((work) => work.planned === planned)
      did = (await this.mendTogether(own, planned, found)) || did
    }
    return did
  }

  /** Starts containers anew that are unhealthy, as often as they state. */
  async restartUnhealthy(works: readonly Work[], { snapshot }: Survey): Promise<boolean> {
    const now = steadyNow()
    const kept = new Map(works.map((work) => [work.kept.name, work.kept]))
    const due = this.unhealthy.due(snapshot.resources, now).filter((address) => {
      const own = kept.get(parseAddress(address).stack)
      return own && own.settings.mode === 'heal' && !isSuspended(own) && !own.gate?.containers.includes(address)
    })
    if (due.length === 0) return false
    const restarted = await this.lane.restart(due)
    for (const { address, error } of restarted ?? []) {
      this.unhealthy.restarted(address, now)
      const own = kept.get(parseAddress(address).stack)
      if (own === undefined) continue
      if (error) own.lastError = error
      const what = error ? `could not be started anew: ${error.message}` : 'was started anew, since it was unhealthy'
      const message = `${parseAddress(address).name} ${what}.`
      this.ledger.tell(own, { type: 'container.restarted', level: 'warning', reason: 'Unhealthy', message, address })
    }
    return restarted !== undefined
  }

  private async mendTogether(works: readonly Work[], planned: Planned, { snapshot }: Survey): Promise<boolean> {
    const startedAt = steadyNow()
    const all = [...new Map(works.flatMap((work) => work.steps).map((step) => [step.id, step])).values()]
    const due = withoutSteps(all, (step) => this.isLeft(step, works, startedAt) || isLeftJob(step, works, snapshot))
    const { ready, waiting } = splitReady(due, snapshot.resources)
    for (const { kept } of works)
      kept.waiting = waiting.map((one) => one.step.address).filter((at) => parseAddress(at).stack === kept.name)
    if (ready.length === 0) return false
    const stillSo = async (): Promise<boolean> => (await Promise.all(works.map(this.stillSo))).every(Boolean)
    const result = await this.lane.carry(planned, ready, { mends: true, stillSo })
    if (result === undefined) return false
    for (const { kept } of works) kept.rerunsJobs = false
    const attempted = [...result.done, ...result.failed.map((one) => one.step)]
    for (const step of attempted.filter((one) => !isRecordOnly(one)))
      this.flapping.set(step.address, afterMending(this.flapping.get(step.address), steadyNow()))
    for (const work of works) this.tellMended(work, result, startedAt)
    return true
  }

  private isLeft({ address, kind, action }: Step, works: readonly Work[], now: number): boolean {
    // A change that has yet to prove itself is judged by what its containers do.
    const isJudged =
      kind === 'container' && action !== 'update' && works.some(({ kept }) => kept.gate?.containers.includes(address))
    return isJudged || mendableAt(this.flapping.get(address)) > now || this.leftToPolicy.isLeft(address)
  }

  private tellMended({ kept, steps }: Work, { done, failed }: CarriedOut, startedAt: number): void {
    const isDone = new Set(done.map((step) => step.id))
    kept.drift = driftOf(steps.filter((step) => !isDone.has(step.id)))
    const mended = steps.filter((step) => isDone.has(step.id))
    const drift = driftOf(mended)
    if (drift.length > 0) {
      const names = [...new Set(drift.map((one) => one.address))]
      const [address] = names
      this.ledger.tell(kept, {
        type: 'stack.healed',
        level: 'info',
        reason: 'Healed',
        message: `Mended: ${names.join(', ')}.`,
        ...(names.length === 1 && address !== undefined && { address }),
      })
    }
    if (mended.length > 0) this.ledger.counted(kept, 'healed', startedAt)
    const broken = failed.find(({ step }) => steps.some((one) => one.id === step.id))
    if (broken === undefined) return
    this.ledger.tellFailed(kept, { ...broken.error, address: broken.step.address }, null)
    this.ledger.counted(kept, 'failed', startedAt)
  }
}
