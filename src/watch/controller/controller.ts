import { toDiagnostic } from '../../model/errors.ts'
import type { NewEvent } from '../../model/event.ts'
import { isOwned } from '../../model/observation.ts'
import type { ResourceAddress } from '../../model/resource-address.ts'
import { RegistryCache } from '../../reconciler/engine/registry-cache.ts'
import type { Engine } from '../../reconciler/engine.ts'
import type { LoadFailure } from '../../stack/load-directory.ts'
import type { WatchRecord } from '../../state/watch-store.ts'
import { instantOf } from '../clock.ts'
import type { SourceFailure, SourceRevision } from '../source/directory.ts'
import type { DesiredRevision } from '../stacks/desired-revision.ts'
import { holdOfChange } from '../stacks/hold.ts'
import type { StackState } from '../stacks/stack-state.ts'
import { type Unfollowed, UnfollowedStacks } from '../stacks/unfollowed.ts'
import { untrackedStacks, updateDesired } from '../stacks/update-desired.ts'
import { type WaitingPlans, WindowPlans, waitingPlans } from '../stacks/waiting-plans.ts'
import {
  comparedNext,
  containerEvents,
  type ObservedContainer,
  observedContainers,
} from '../status/container-events.ts'
import { Actions, type ActionsTools } from './actions.ts'
import { type HostObservation, observeAndPlan } from './observe.ts'
import { Revisions } from './revisions.ts'
import { intervalOf, nextReconcile } from './schedule.ts'
import { planStack, type StackPlan } from './stack-plan.ts'

/** The records that the controller uses itself. `Stacks` writes those of stacks. */
export interface ControllerRecords {
  watchRecords(): Promise<ReadonlyMap<string, WatchRecord>>
  suspend(stack: string, suspended: boolean): Promise<void>
  publish(event: NewEvent): void
}

export interface ControllerTools extends ActionsTools {
  readonly records: ControllerRecords
  /** Where the stacks come from, as their records name it. */
  source(): string
  openReader(): Promise<Engine>
  /** Called after each observation. */
  onObserved(observation: HostObservation): void
  /** Called after each reconcile with the stacks that are watched, and those whose files were never valid. */
  onReconciled(
    observation: HostObservation,
    stacks: readonly StackState[],
    more: { readonly others: Unfollowed; readonly waiting: WaitingPlans },
  ): Promise<void>
}

/** `found`: something was done or differs. `next`: when the next reconcile is due, milliseconds of the monotonic clock. */
export interface ReconcileResult {
  readonly found: boolean
  readonly next: number
}

/**
 * The core of `heropods watch`. It is level-triggered: each reconcile compares files, host and records, whatever started it, and concludes
 * nothing from signals.
 */
export class Controller {
  private untracked: readonly StackState[] = []
  /** Containers at the last observation; undefined: there was none, so no change is known. */
  private containers: ReadonlyMap<ResourceAddress, ObservedContainer> | undefined
  /** True if the last reconcile changed anything on the host. */
  private hasActed = false
  private readonly actions: Actions
  private readonly registries: RegistryCache
  private readonly revisions = new Revisions()
  private readonly unfollowed = new UnfollowedStacks()
  private readonly windows = new WindowPlans()

  constructor(private readonly tools: ControllerTools) {
    this.actions = new Actions(tools)
    this.registries = new RegistryCache(() => tools.clock.monotonic())
  }

  /** Watches the stacks that an earlier `watch` of the same source has watched. */
  async start(): Promise<void> {
    const { records, stacks } = this.tools
    for (const [name, record] of await records.watchRecords()) {
      if (record.source === this.tools.source()) stacks.track(name, record.source, record)
      // Write a suspension to both stores: an earlier version wrote it to Redis only, and an emptied Redis leaves it on disk only.
      if (record.suspended) await records.suspend(name, true)
    }
  }

  /** Updates the desired revisions of all stacks from a new revision of the source. */
  async accept(revision: SourceRevision): Promise<void> {
    const { records, stacks } = this.tools
    const source = this.tools.source()
    const watchRecords = await records.watchRecords().catch((): ReadonlyMap<string, WatchRecord> => new Map())
    const updates = updateDesired({ states: stacks.all(), records: watchRecords }, revision, source)
    for (const { stack, event } of updates)
      if (event.type === 'files-read') stacks.track(stack, source, watchRecords.get(stack))
    // All states change at once: a reconcile that begins meanwhile must not see half of a revision.
    const saved = updates.map(({ stack, event }) => stacks.dispatch(stack, event))
    this.untracked = untrackedStacks(stacks.all(), revision, source)
    await Promise.all(saved)
  }

  /** True if the failure of a file is an event of a stack. */
  announces({ file, stack }: LoadFailure): boolean {
    return this.tools.stacks.all().some(({ name, record }) => name === stack || record.files.includes(file))
  }

  /** The source cannot be read: every stack stays as it was. */
  async sourceFailed({ reason, message }: SourceFailure): Promise<void> {
    const { records, stacks } = this.tools
    await Promise.all(stacks.all().map(({ name }) => stacks.dispatch(name, { type: 'source-failed' })))
    records.publish({ type: 'source.failed', level: 'error', reason, message })
  }

  async reconcile(): Promise<ReconcileResult> {
    const { stacks, clock, random, wakeups } = this.tools
    const began = clock.monotonic()
    await this.readRecords()
    const { observation, plans, others, ofWindows } = await this.observeAndPlan()
    this.tools.onObserved(observation)
    this.publishContainers(observation)
    const did = await this.actions.act(observation, plans)
    this.hasActed = did
    const waiting = waitingPlans(stacks.all(), plans, ofWindows, clock.monotonic())
    await this.tools.onReconciled(observation, [...stacks.all(), ...this.untracked], { others, waiting })
    const due = [...wakeups.due(), ...this.actions.dueTimes()]
    return {
      found: did || plans.some((plan) => plan.steps.length > 0),
      next: nextReconcile(stacks.all(), due, { began, now: clock.monotonic() }, random()),
    }
  }

  /** Reads the records of other commands: `suspend`, `resume`, `rollback`. Records that were erased are written again. */
  private async readRecords(): Promise<void> {
    const { stacks, records } = this.tools
    const watchRecords = await records.watchRecords().catch(() => undefined)
    if (watchRecords === undefined) return
    for (const { name, undeclared } of stacks.all()) {
      const record = watchRecords.get(name)
      if (record && (record.source !== '' || undeclared)) await stacks.dispatch(name, { type: 'record-read', record })
      else if (!undeclared) {
        this.revisions.clear()
        await stacks.dispatch(name, { type: 'record-lost', suspended: record?.suspended ?? false })
      }
    }
  }

  private async observeAndPlan(): Promise<{
    readonly observation: HostObservation
    readonly plans: readonly StackPlan[]
    readonly others: Unfollowed
    readonly ofWindows: WaitingPlans
  }> {
    const { stacks } = this.tools
    const engine = await this.tools.openReader()
    try {
      const targets = await this.desiredRevisions(engine)
      const isAlone = (target: DesiredRevision): boolean => isPlannedAlone(target, stacks.get(target.stack))
      const observation = await observeAndPlan(engine, targets, isAlone, this.registries, intervalOf(stacks.all()))
      const plans: StackPlan[] = []
      for (const state of stacks.all()) {
        const recorded = (generation: number): Promise<DesiredRevision | undefined> =>
          this.revisions.ofGeneration(engine, generation, state.name, stacks.all().length)
        plans.push(...(await planStack(state, observation, engine, recorded)))
      }
      const followed = new Set([...stacks.all(), ...this.untracked].map(({ name }) => name))
      const others = await this.unfollowed.read(engine, observation.snapshot, (name) => followed.has(name))
      const now = this.tools.clock.wall()
      const outside = stacks
        .all()
        .flatMap((state) => (holdOfChange(state, now) && state.desired ? [state.desired] : []))
      return { observation, plans, others, ofWindows: await this.windows.read(engine, outside, observation) }
    } finally {
      await engine.close()
    }
  }

  private async desiredRevisions(engine: Engine): Promise<readonly DesiredRevision[]> {
    const { stacks, clock } = this.tools
    const all = stacks.all()
    const targets: DesiredRevision[] = []
    for (const state of all) {
      try {
        const target = await this.revisions.desired(engine, state, instantOf(clock), all.length)
        if (target) targets.push(target)
      } catch (error) {
        await stacks.dispatch(state.name, { type: 'revision-unreadable', error: toDiagnostic(error) })
      }
    }
    return targets
  }

  private publishContainers({ snapshot, disturbed }: HostObservation): void {
    const now = observedContainers(snapshot.observations)
    const actualOf = (address: ResourceAddress) => {
      const one = snapshot.observations.get(address)
      return isOwned(one, 'container') ? { ...one.actual, memoryLimit: one.spec?.mem_limit ?? 0 } : {}
    }
    const before = this.containers ?? now
    const hasRun = disturbed || this.hasActed
    for (const event of containerEvents(before, now, actualOf, hasRun)) this.tools.records.publish(event)
    this.containers = comparedNext(before, now, actualOf, hasRun)
  }
}

/**
 * True if the stack is planned separately, because applying its plan begins a generation: its revision is new, or a rejected one must
 * still be undone. Pure.
 */
const isPlannedAlone = ({ hash }: DesiredRevision, state: StackState | undefined): boolean =>
  hash !== state?.record.verifiedHash || state.record.rejected?.restored === false
