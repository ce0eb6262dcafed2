import type { WatchRecord, WatchRecordChange } from '../../state/watch-store.ts'
import { recordWrite } from './record-write.ts'
import { reduce } from './reduce.ts'
import type { StackEvent, Transition } from './stack-event.ts'
import { newStackState, type StackState } from './stack-state.ts'

/** Where the records of stacks are stored. */
export interface RecordStore {
  updateRecord(stack: string, change: WatchRecordChange): Promise<void>
  deleteStack(stack: string): Promise<void>
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
    private readonly store: RecordStore,
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
  track(name: string, source: string, record?: WatchRecord): void {
    if (!this.states.has(name)) this.set(newStackState(name, source, record))
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
    const write = recordWrite(transition)
    if (write?.required) await this.store.updateRecord(name, write.change)
    this.listener.record(transition)
    if (write?.required === false) await this.store.updateRecord(name, write.change).catch(() => undefined)
  }

  /** Deletes the record of a stack that no file declares and stops watching it. If its file has come back meanwhile, the stack starts again as a new one. */
  async untrack(name: string): Promise<void> {
    await this.store.deleteStack(name)
    const state = this.states.get(name)
    if (state?.undeclared === false) return this.dispatch(name, { type: 'reset' })
    this.states.delete(name)
  }

  private set(state: StackState): void {
    this.states.set(state.name, state)
  }
}
