import { type Address, parseAddress } from '../../model/address.ts'
import { isFailedJob } from '../../model/kinds/restart-policy.ts'
import { isOwned, type OwnedOf } from '../../model/observation.ts'
import type { Step } from '../../model/plan.ts'
import { isRecordOnly } from '../../model/plan.ts'
import type { Planned } from '../../reconciler/engine.ts'
import { monotonicNow } from '../clock.ts'
import type { EventRecorder } from '../events/event-recorder.ts'
import { afterHealing, type Flapping, healableAt, isSteady } from '../rollout/backoff.ts'
import { splitReady } from '../rollout/ready.ts'
import { driftOf, withoutSteps } from './drift.ts'
import type { ApplyOutcome, Executor } from './executor.ts'
import type { HostObservation } from './observe.ts'
import type { PendingRestarts } from './pending-restarts.ts'
import type { StackPlan } from './stack-plan.ts'
import { isSuspended } from './stack-state.ts'
import { Unhealthy } from './unhealthy.ts'

/** A job that failed is reported and not run again, unless its user has just resumed its stack. Pure. */
function isLeftJob(
  { address, action }: Step,
  works: readonly StackPlan[],
  { resources }: HostObservation['snapshot'],
): boolean {
  const one = resources.get(address)
  const kept = works.find((work) => work.state.name === parseAddress(address).stack)?.state
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
export class Healer {
  private readonly flapping = new Map<Address, Flapping>()
  private readonly unhealthy = new Unhealthy()

  constructor(
    private readonly executor: Executor,
    private readonly events: EventRecorder,
    private readonly pendingRestarts: PendingRestarts,
    /** Whether what a work was made from is still so. */
    private readonly isCurrent: (work: StackPlan) => Promise<boolean>,
  ) {}

  /** Forgets what has long been steady. */
  private forgetSteady(now: number): void {
    for (const [address, known] of this.flapping) if (isSteady(known, now)) this.flapping.delete(address)
  }

  /** When what breaks again and again may be mended next. Milliseconds since the epoch. */
  dueTimes(now: number): readonly number[] {
    return [...this.flapping.values()].map(healableAt).filter((time) => time > now)
  }

  /** Mends what stacks have lost, those of one plan in one go. Answers whether anything was done. */
  async heal(works: readonly StackPlan[], found: HostObservation): Promise<boolean> {
    let did = false
    this.forgetSteady(monotonicNow())
    for (const planned of new Set(works.flatMap((work) => work.planned ?? []))) {
      const own = works.filter((work) => work.planned === planned)
      did = (await this.healTogether(own, planned, found)) || did
    }
    return did
  }

  /** Starts containers anew that are unhealthy, as often as they state. */
  async restartUnhealthy(works: readonly StackPlan[], { snapshot }: HostObservation): Promise<boolean> {
    const now = monotonicNow()
    const kept = new Map(works.map((work) => [work.state.name, work.state]))
    const due = this.unhealthy.due(snapshot.resources, now).filter((address) => {
      const own = kept.get(parseAddress(address).stack)
      return own && own.settings.mode === 'heal' && !isSuspended(own) && !own.verification?.containers.includes(address)
    })
    if (due.length === 0) return false
    const restarted = await this.executor.restart(due)
    for (const { address, error } of restarted ?? []) {
      this.unhealthy.restarted(address, now)
      const own = kept.get(parseAddress(address).stack)
      if (own === undefined) continue
      if (error) own.lastError = error
      const what = error ? `could not be started anew: ${error.message}` : 'was started anew, since it was unhealthy'
      const message = `${parseAddress(address).name} ${what}.`
      this.events.record(own, { type: 'container.restarted', level: 'warning', reason: 'Unhealthy', message, address })
    }
    return restarted !== undefined
  }

  private async healTogether(
    works: readonly StackPlan[],
    planned: Planned,
    { snapshot }: HostObservation,
  ): Promise<boolean> {
    const startedAt = monotonicNow()
    const all = [...new Map(works.flatMap((work) => work.steps).map((step) => [step.id, step])).values()]
    const due = withoutSteps(
      all,
      (step) => this.isPostponed(step, works, startedAt) || isLeftJob(step, works, snapshot),
    )
    const { ready, waiting } = splitReady(due, snapshot.resources)
    for (const { state: kept } of works)
      kept.waiting = waiting.map((one) => one.step.address).filter((at) => parseAddress(at).stack === kept.name)
    if (ready.length === 0) return false
    const stillSo = async (): Promise<boolean> => (await Promise.all(works.map(this.isCurrent))).every(Boolean)
    const result = await this.executor.apply(planned, ready, { heals: true, isCurrent: stillSo })
    if (result === undefined) return false
    for (const { state: kept } of works) kept.rerunsJobs = false
    const attempted = [...result.done, ...result.failed.map((one) => one.step)]
    for (const step of attempted.filter((one) => !isRecordOnly(one)))
      this.flapping.set(step.address, afterHealing(this.flapping.get(step.address), monotonicNow()))
    for (const work of works) this.recordHealed(work, result, startedAt)
    return true
  }

  private isPostponed({ address, kind, action }: Step, works: readonly StackPlan[], now: number): boolean {
    // A change that has yet to prove itself is judged by what its containers do.
    const isJudged =
      kind === 'container' &&
      action !== 'update' &&
      works.some(({ state: kept }) => kept.verification?.containers.includes(address))
    return isJudged || healableAt(this.flapping.get(address)) > now || this.pendingRestarts.isPending(address)
  }

  private recordHealed({ state: kept, steps }: StackPlan, { done, failed }: ApplyOutcome, startedAt: number): void {
    const isDone = new Set(done.map((step) => step.id))
    kept.drift = driftOf(steps.filter((step) => !isDone.has(step.id)))
    const mended = steps.filter((step) => isDone.has(step.id))
    const drift = driftOf(mended)
    if (drift.length > 0) {
      const names = [...new Set(drift.map((one) => one.address))]
      const [address] = names
      this.events.record(kept, {
        type: 'stack.healed',
        level: 'info',
        reason: 'Healed',
        message: `Mended: ${names.join(', ')}.`,
        ...(names.length === 1 && address !== undefined && { address }),
      })
    }
    if (mended.length > 0) this.events.measure(kept, 'healed', startedAt)
    const broken = failed.find(({ step }) => steps.some((one) => one.id === step.id))
    if (broken === undefined) return
    this.events.recordFailure(kept, { ...broken.error, address: broken.step.address }, null)
    this.events.measure(kept, 'failed', startedAt)
  }
}
