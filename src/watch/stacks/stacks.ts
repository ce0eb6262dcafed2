import type { WatchRecord, WatchRecordChange } from '../../state/watch-store.ts'
import { memoryWrite } from './memory.ts'
import { reduce } from './reduce.ts'
import type { StackEvent, Transition } from './stack-event.ts'
import { newStackState, type StackState } from './stack-state.ts'

/** Where the memory of stacks is persisted. */
export interface MemoryStore {
  remember(stack: string, change: WatchRecordChange): Promise<void>
  forgetStack(stack: string): Promise<void>
}

/** Informed of every event of a stack. */
export interface TransitionListener {
  record(transition: Transition): void
}

/** The states of all watched stacks, and the only place where they change and are persisted. */
export class Stacks {
  /** The values are immutable; a copy of the map for every event would cost too much with thousands of stacks. */
  private readonly states: Map<string, StackState>

  constructor(
    private readonly store: MemoryStore,
    private readonly listener: TransitionListener,
    states: readonly StackState[] = [],
  ) {
    this.states = new Map(states.map((state) => [state.name, state]))
  }

  get(name: string): StackState | undefined {
    return this.states.get(name)
  }

  all(): readonly StackState[] {
    return [...this.states.values()]
  }

  /** Watches a stack from now on, unless it already is. */
  track(name: string, source: string, memory?: WatchRecord): void {
    if (!this.states.has(name)) this.set(newStackState(name, source, memory))
  }

  /**
   * Changes the state at once, then writes the persisted part. Raises the error of a required write. Ignores stacks that are not watched.
   */
  async dispatch(name: string, event: StackEvent): Promise<void> {
    const before = this.states.get(name)
    if (before === undefined) return
    const after = reduce(before, event)
    this.set(after)
    const transition = { before, event, after }
    const write = memoryWrite(transition)
    if (write?.required) await this.store.remember(name, write.change)
    this.listener.record(transition)
    if (write?.required === false) await this.store.remember(name, write.change).catch(() => undefined)
  }

  /** Deletes the memory of a removed stack and watches it no longer; starts again with it if its file has come back meanwhile. */
  async forget(name: string): Promise<void> {
    await this.store.forgetStack(name)
    const state = this.states.get(name)
    if (state?.undeclared === false) return this.dispatch(name, { type: 'forgotten' })
    this.states.delete(name)
  }

  private set(state: StackState): void {
    this.states.set(state.name, state)
  }
}
