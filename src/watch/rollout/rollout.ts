import type { Diagnostic } from '../../model/errors.ts'
import { toDiagnostic } from '../../model/errors.ts'
import type { Generation } from '../../model/generation.ts'
import type { ImageSpec } from '../../model/kinds/image.ts'
import { makes, type Step } from '../../model/plan.ts'
import type { StackChange } from '../../model/status.ts'
import { lastStackChange } from '../../reconciler/history/last-run.ts'
import { withoutSteps } from '../../reconciler/plan/without-steps.ts'
import type { ApplyOutcome } from '../controller/executor.ts'
import { isPending } from '../controller/pending-restarts.ts'
import { type ActionTools, type ReconcileContext, secondsSince } from '../controller/reconcile.ts'
import type { StackPlan } from '../controller/stack-plan.ts'
import type { DesiredRevision } from '../stacks/desired-revision.ts'
import { isBackingOff, type StackState } from '../stacks/stack-state.ts'
import { type ContainerChanges, containerChanges, withChange } from './container-changes.ts'
import { deferSteps } from './defer-steps.ts'
import { isFailedJobRerun } from './failed-jobs.ts'
import { type Prefetch, prefetchAction } from './prefetch.ts'
import { rolloutFailure } from './rollout-failure.ts'
import type { Verification } from './verify.ts'

/** Wait until the next reconcile after a rejection: the last good generation is restored then. Milliseconds. */
const restoreDelayMs = 20

export interface RolloutTools extends ActionTools {
  /** Pulls an image. Raises why it cannot be pulled. */
  pull(image: ImageSpec): Promise<void>
  /** Called when pulls have ended: the change can continue. */
  onPulled(): void
}

/** Applies new revisions: pulls images first, then runs all steps that do not wait for a dependency. */
export class Rollout {
  constructor(private readonly tools: RolloutTools) {}

  /** Applies a new revision, or more of its steps. Returns whether anything was done. */
  async apply(plan: StackPlan, reconcile: ReconcileContext): Promise<boolean> {
    const { stacks, executor, clock } = this.tools
    const state = stacks.get(plan.name)
    const { target, planned } = plan
    const startedAt = clock.monotonic()
    if (!state || target === undefined || planned === undefined || isBackingOff(state, startedAt)) return false
    const { due, hasFailedJob } = dueSteps(plan, state, reconcile)
    const { ready } = await deferSteps(stacks, plan.name, due, reconcile.observation)
    // Nobody judged the failure of the job if `watch` was killed between its run and the verification.
    if (ready.length === 0 && hasFailedJob && state.failedRevision !== target.hash)
      await this.beginVerification(plan, reconcile.observation.snapshot.state.generation)
    if (ready.length === 0 || !(await this.ensureImages(state, target, ready, startedAt))) return false
    const outcome = await executor.apply(planned, ready, {
      continuesGeneration: continuesGeneration(state, target),
      ...(target.origin && { origin: target.origin }),
      onGeneration: (generation, before) => {
        const replaces = replacedChange(state, before)
        void stacks.dispatch(plan.name, {
          type: 'rollout-started',
          generation,
          hash: target.hash,
          steps: ready.length,
          ...(replaces && { replaces }),
        })
      },
      isCurrent: () => this.tools.isCurrent(plan),
    })
    if (outcome === undefined) return false
    await this.finish(plan, target, outcome, startedAt, await containerChanges(ready, target.place))
    return true
  }

  /** Begins to verify a new revision that is already in place. `newest`: number of the newest generation. */
  async beginVerification({ name, target, containers }: StackPlan, newest: number): Promise<void> {
    const { stacks, clock } = this.tools
    const state = stacks.get(name)
    const now = clock.monotonic()
    if (!state || target === undefined || state.verification?.hash === target.hash || isBackingOff(state, now)) return
    const generation = Math.max(state.record.attempted ?? 0, newest)
    const verification = verificationOf(target, generation, containers, now)
    await stacks.dispatch(name, { type: 'verification-started', verification })
  }

  private async finish(
    { name, planned, containers }: StackPlan,
    target: DesiredRevision,
    { generation, failed }: ApplyOutcome,
    startedAt: number,
    changes: ContainerChanges,
  ): Promise<void> {
    const { stacks, clock } = this.tools
    const state = stacks.get(name)
    if (state === undefined) return
    // A step whose dependency is no longer fulfilled has not failed: it waits again.
    const failedStep = failed.find(({ error }) => error.code !== 'dependency-pending')
    if (failedStep) return this.fail(state, target, withChange(failedStep.error, changes), startedAt)
    const attempted = generation ?? state.record.attempted ?? planned?.snapshot.state.generation ?? 0
    const verification = { ...verificationOf(target, attempted, containers, clock.monotonic()), changes }
    await stacks.dispatch(name, { type: 'applied', verification, seconds: secondsSince(startedAt, clock) })
  }

  /** Records a failed change, whether its steps or its verification failed. */
  async fail(
    state: StackState,
    change: DesiredRevision | Verification,
    error: Diagnostic,
    startedAt: number,
  ): Promise<void> {
    const { stacks, clock, random, wakeups } = this.tools
    const wasApplied = 'starts' in change
    const details = {
      hash: change.hash,
      wasApplied,
      now: clock.monotonic(),
      random: random(),
      seconds: secondsSince(startedAt, clock),
    }
    const event = rolloutFailure(state, error, details)
    await stacks.dispatch(state.name, event)
    if (event.type === 'rejected') wakeups.after(restoreDelayMs)
  }

  /** True if the images of the steps are on the host. If not, pulls them in the background; reconciles continue. */
  private async ensureImages(
    { name, prefetch, awaitsPrefetch }: StackState,
    { hash, place }: DesiredRevision,
    steps: readonly Step[],
    startedAt: number,
  ) {
    const { stacks, clock, random } = this.tools
    const next = prefetchAction(prefetch, steps)
    switch (next.action) {
      case 'none':
        if (awaitsPrefetch) await stacks.dispatch(name, { type: 'prefetch-awaited', awaited: false })
        return true
      case 'start':
        await stacks.dispatch(name, {
          type: 'prefetch-started',
          key: next.key,
          images: next.images.flatMap(referenceOf),
        })
        void this.pullAll(name, next.key, next.images)
        return false
      case 'wait':
        await stacks.dispatch(name, { type: 'prefetch-awaited', awaited: true })
        return false
      case 'use': {
        await stacks.dispatch(name, { type: 'prefetch-used' })
        if (next.error === undefined) return true
        const error = await withPlaceOfImage(next.error, steps, place)
        const details = { now: clock.monotonic(), random: random(), seconds: secondsSince(startedAt, clock) }
        await stacks.dispatch(name, { type: 'failed', error, touched: false, hash, ...details })
        return false
      }
    }
  }

  private async pullAll(name: string, key: Prefetch['key'], images: readonly ImageSpec[]): Promise<void> {
    const error = await Promise.all(images.map((image) => this.tools.pull(image))).then(
      () => undefined,
      (reason: unknown) => toDiagnostic(reason),
    )
    await this.tools.stacks.dispatch(name, { type: 'prefetch-ended', key, error })
    this.tools.onPulled()
  }
}

/** A failed pull with the place of its image in the files. */
async function withPlaceOfImage(
  error: Diagnostic,
  steps: readonly Step[],
  place: DesiredRevision['place'],
): Promise<Diagnostic> {
  const images = steps.filter((step) => makes(step, 'image'))
  const isNamed = (step: (typeof images)[number]): boolean =>
    referenceOf(step.spec).some((reference) => error.message.includes(reference))
  const failed = images.find(isNamed) ?? images[0]
  const at = failed && (await place?.(failed.address))
  return at && error.place === undefined ? { ...error, place: at } : error
}

const referenceOf = ({ source }: ImageSpec): readonly string[] => (source.type === 'ref' ? [source.ref] : [])

interface DueSteps {
  /** The steps without containers whose restart policy is about to start them, and without jobs that have failed for this spec. */
  readonly due: readonly Step[]
  readonly hasFailedJob: boolean
}

function dueSteps({ steps }: StackPlan, state: StackState, reconcile: ReconcileContext): DueSteps {
  const { pendingRestarts, now, observation } = reconcile
  const isFailedJob = (step: Step): boolean =>
    isFailedJobRerun(step, [state], observation.snapshot.observations, now.wall)
  const due = withoutSteps(
    steps,
    (step) => isPending(pendingRestarts, step.address, now.monotonic) || isFailedJob(step),
  )
  return { due, hasFailedJob: steps.some(isFailedJob) }
}

/** The newest change of a stack by another command, which the files replace; undefined: there was none since the last of watch. Pure. */
export function replacedChange(
  { name, record: { attempted } }: StackState,
  generations: readonly Generation[],
): StackChange | undefined {
  const change = lastStackChange(name, generations)
  // A restore by watch itself is not a change of another command.
  if (change === undefined || change.undoes !== undefined) return undefined
  return change.generation > (attempted ?? 0) ? change : undefined
}

/** True if steps belong to a generation that has begun: further steps of it, or another try. */
const continuesGeneration = ({ verification, retry, record }: StackState, { hash }: DesiredRevision): boolean =>
  verification?.hash === hash || (retry.failures > 0 && record.attemptedHash === hash)

const verificationOf = (
  { hash }: DesiredRevision,
  generation: number,
  containers: Verification['containers'],
  now: number,
): Verification => ({ hash, generation, startedAt: now, containers, starts: new Map() })
