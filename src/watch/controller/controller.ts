import type { Address } from '../../model/address.ts'
import { type Diagnostic, firstOf, toDiagnostic } from '../../model/errors.ts'
import type { NewEvent } from '../../model/event.ts'
import { isOwned } from '../../model/observation.ts'
import { RegistryMemory } from '../../reconciler/engine/registry-memory.ts'
import type { Engine } from '../../reconciler/engine.ts'
import type { WatchRecordChange } from '../../state/watch-store.ts'
import { monotonicNow } from '../clock.ts'
import type { SourceFailure, SourceRevision } from '../source/directory.ts'
import { containerEvents, type ObservedContainer, observedContainers } from '../status/container-events.ts'
import { Actions, type ActionsTools } from './actions.ts'
import type { DesiredRevision } from './desired-revision.ts'
import { type HostObservation, observeAndPlan } from './observe.ts'
import { planStack, type StackPlan } from './stack-plan.ts'
import { holdOfChange, isDeferred, type StackState, track, untrackedStacks, updateDesired } from './stack-state.ts'

export interface ControllerTools extends ActionsTools {
  /** Where the stacks come from, as it is remembered with each. */
  source(): string
  openReader(): Promise<Engine>
  /** A stack as a generation had it; undefined where it did not have it. */
  revisionOf(engine: Engine, generation: number, stack: string): Promise<DesiredRevision | undefined>
  /** After each look. */
  onObserved(found: HostObservation, stacks: readonly StackState[]): void
  /** After each turn: the stacks that are kept, and those whose files were never right. */
  onReconciled(found: HostObservation, stacks: readonly StackState[]): Promise<void>
}

/** How soon it is looked again while a change has yet to prove itself, or somebody else holds the instance. Milliseconds. */
const soon = 250
/** The interval where no stack states a shorter one, milliseconds: drift that tells nothing of itself is to be found. */
const longestInterval = 30_000

/** What a turn found: whether anything was done or has changed, and when the next one is due (milliseconds since the epoch). */
export interface Reconciled {
  readonly found: boolean
  readonly next: number
}

/**
 * The heart of `heropods watch`. Level-triggered: whatever happened, a turn looks at the files as they were last settled, at the host
 * and at the records, and does what follows; nothing is concluded from events.
 */
export class Controller {
  readonly stacks = new Map<string, StackState>()
  private neverRight: readonly StackState[] = []
  /** Containers at the last look; undefined: there was none, and nothing is told of what stood before. */
  private containers: ReadonlyMap<Address, ObservedContainer> | undefined
  private readonly actor: Actions
  private readonly registries = new RegistryMemory(monotonicNow)
  private readonly revisions = new Map<string, DesiredRevision | undefined>()

  constructor(private readonly tools: ControllerTools) {
    this.actor = new Actions(tools)
  }

  /** Takes up the stacks that an earlier watch of the same source kept. */
  async start(): Promise<void> {
    for (const [name, memory] of await this.tools.records.memories()) {
      if (memory.source === this.tools.source()) this.stacks.set(name, track(name, this.tools.source(), memory))
      // Known to one of Redis and the disk alone: an earlier version wrote it, or a server was emptied.
      if (memory.suspended) await this.tools.records.suspend(name, true)
    }
  }

  /** What the folder holds now, since it has been still. */
  async accept(snapshot: SourceRevision): Promise<void> {
    const memories = await this.tools.records.memories().catch(() => new Map())
    const changed = updateDesired(this.stacks, snapshot, this.tools.source(), memories)
    this.neverRight = untrackedStacks(this.stacks, snapshot, this.tools.source(), this.neverRight)
    for (const kept of changed) {
      await this.tools.records.remember(kept.name, stated(kept)).catch(() => undefined)
      const problem = firstOf(kept.problems)
      if (problem)
        this.publish({
          type: 'stack.failed',
          level: 'error',
          reason: 'Invalid',
          message: told(problem),
          stack: kept.name,
        })
    }
  }

  /** The folder cannot be followed: every stack stays as it was. */
  sourceFailed(failure: SourceFailure): void {
    for (const kept of this.stacks.values()) kept.removed = false
    this.publish({ type: 'source.failed', level: 'error', reason: failure.reason, message: failure.message })
  }

  async reconcile(): Promise<Reconciled> {
    await this.recall()
    const { found, works } = await this.observeAndPlan()
    this.tools.onObserved(found, [...this.stacks.values()])
    this.recordContainers(found)
    const did = await this.actor.act(found, works)
    for (const [name, kept] of this.stacks) if (kept.forgotten) this.stacks.delete(name)
    await this.tools.onReconciled(found, [...this.stacks.values(), ...this.neverRight])
    return { found: did || works.some((work) => work.steps.length > 0), next: this.nextReconcile() }
  }

  private nextReconcile(): number {
    const now = monotonicNow()
    const all = [...this.stacks.values()]
    // Looks of many hosts, and of one after the other, spread out.
    const rest = this.interval() * (0.9 + 0.2 * this.tools.random())
    const due = all.flatMap((kept) => (kept.retry.until > now ? [kept.retry.until] : []))
    const proving = all.some((kept) => kept.verification !== undefined) ? [now + soon] : []
    return Math.max(now + 20, Math.min(now + rest, ...due, ...proving, ...this.actor.dueTimes(now)))
  }

  /** Between two looks without an occasion: as the most watchful stack has it. Milliseconds. */
  private interval(): number {
    return Math.min(longestInterval, ...[...this.stacks.values()].map((kept) => kept.settings.interval))
  }

  /** What other commands have said meanwhile: `suspend`, `resume`, `rollback`. What was erased is written anew. */
  private async recall(): Promise<void> {
    const memories = await this.tools.records.memories().catch(() => undefined)
    for (const kept of memories ? this.stacks.values() : []) {
      const memory = memories?.get(kept.name)
      const suspended = memory?.suspended ?? false
      if (kept.memory.suspended && !suspended) kept.rerunsJobs = true
      // Of what was erased the suspension is known still: it is on disk as well.
      if (memory && (memory.source !== '' || kept.removed)) kept.memory = memory
      else if (!kept.removed) {
        kept.memory = { ...kept.memory, suspended }
        await this.rememberAnew(kept).catch(() => undefined)
      }
    }
  }

  private async rememberAnew(kept: StackState): Promise<void> {
    const { stack, suspended, ...rest } = kept.memory
    await this.tools.records.remember(stack, rest)
    this.revisions.clear()
  }

  private async observeAndPlan(): Promise<{ found: HostObservation; works: readonly StackPlan[] }> {
    const engine = await this.tools.openReader()
    try {
      const targets: DesiredRevision[] = []
      for (const kept of this.stacks.values()) {
        const target = await this.desiredRevision(engine, kept).catch((error: unknown) =>
          this.cannot(kept, toDiagnostic(error)),
        )
        if (target) targets.push(target)
      }
      const found = await observeAndPlan(
        engine,
        targets,
        (target) => this.standsAlone(target),
        this.registries,
        this.interval(),
      )
      const works: StackPlan[] = []
      for (const kept of this.stacks.values())
        works.push(
          ...(await planStack(kept, found, engine, (generation) => this.recorded(engine, generation, kept.name))),
        )
      return { found, works }
    } finally {
      await engine.close()
    }
  }

  private cannot(kept: StackState, error: Diagnostic): undefined {
    kept.lastError = error
  }

  /** A stack with a plan of its own: it may become a generation. */
  private standsAlone({ stack, hash }: DesiredRevision): boolean {
    const memory = this.stacks.get(stack)?.memory
    return hash !== memory?.appliedHash || memory.rejected?.restored === false
  }

  /**
   * What a stack is held against: its files; or, where these are wrong, were rejected or are waited with, the generation that was good.
   */
  private async desiredRevision(engine: Engine, kept: StackState): Promise<DesiredRevision | undefined> {
    const { desired: stated, memory } = kept
    const { applied, attempted, rejected, appliedHash } = memory
    const waits = isDeferred(kept, monotonicNow()) || holdOfChange(kept, new Date()) !== undefined
    const isUsable = stated !== undefined && !kept.removed && stated.hash !== rejected?.hash
    if (isUsable && !(waits && applied !== null)) return stated
    const usable =
      stated === undefined && attempted !== null && attempted !== rejected?.generation ? attempted : applied
    const found = usable === null ? undefined : await this.recorded(engine, usable, kept.name)
    // Records may have been lost, and their numbers given again.
    if (found !== undefined && (usable !== applied || [found.hash, null].includes(appliedHash))) return found
    return isUsable ? stated : undefined
  }

  private async recorded(engine: Engine, generation: number, stack: string): Promise<DesiredRevision | undefined> {
    const key = `${stack} ${generation}`
    if (!this.revisions.has(key)) {
      if (this.revisions.size > 2 * this.stacks.size + 8) this.revisions.clear()
      this.revisions.set(key, await this.tools.revisionOf(engine, generation, stack))
    }
    return this.revisions.get(key)
  }

  private recordContainers({ snapshot }: HostObservation): void {
    const now = observedContainers(snapshot.resources)
    const exitCode = (at: Address): number | undefined => {
      const one = snapshot.resources.get(at)
      return isOwned(one, 'container') ? one.actual.exitCode : undefined
    }
    for (const event of containerEvents(this.containers ?? now, now, exitCode)) this.publish(event)
    this.containers = now
  }

  private publish(event: NewEvent): void {
    this.tools.records.publish(event)
  }
}

/** What files say of a stack, as it is remembered. */
const stated = ({ memory: { source, files, settings, onRoot } }: StackState): WatchRecordChange => ({
  source,
  files,
  settings,
  onRoot,
})

/** A fault of a file as one sentence, with its place. */
const told = ({ message, place }: Diagnostic): string =>
  place ? `${message} (${place.file}:${place.line}:${place.column})` : message
