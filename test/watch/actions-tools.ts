import { emptyWatchRecord, type WatchRecord, type WatchRecordChange } from '../../src/state/watch-store.ts'
import type { ApplyOptions, ApplyOutcome, Executor } from '../../src/watch/controller/executor.ts'
import type { ReconcileContext } from '../../src/watch/controller/reconcile.ts'
import { Wakeups } from '../../src/watch/controller/wakeups.ts'
import { announcements } from '../../src/watch/events/announce.ts'
import type { RolloutTools } from '../../src/watch/rollout/rollout.ts'
import type { StackEvent } from '../../src/watch/stacks/stack-event.ts'
import type { StackState } from '../../src/watch/stacks/stack-state.ts'
import { Stacks } from '../../src/watch/stacks/stacks.ts'
import { noon, observationOf } from './builders.ts'

/** What tools did, and what their executor answers. */
export interface Recorded {
  readonly tools: RolloutTools
  readonly stacks: Stacks
  /** Types of the events of stacks, in order. */
  readonly events: StackEvent['type'][]
  /** Types of the events for users. */
  readonly published: string[]
  /** Steps of each apply, with its options. */
  readonly applies: { readonly steps: readonly string[]; readonly options: ApplyOptions }[]
  readonly concluded: string[]
  /** Ends of pulls, by image; none ends by itself. */
  readonly pulls: Map<string, { end(): void; fail(error: Error): void }>
  outcome: ApplyOutcome | undefined
}

/** Tools of actions over one stack, without a host. */
export function recordedTools(state: StackState): Recorded {
  const events: StackEvent['type'][] = []
  const published: string[] = []
  const watchRecords = new Map<string, WatchRecord>()
  const store = {
    updateRecord: async (stack: string, change: WatchRecordChange) =>
      void watchRecords.set(stack, { ...emptyWatchRecord, stack, ...watchRecords.get(stack), ...change }),
    deleteStack: async (stack: string) => void watchRecords.delete(stack),
  }
  const listener = {
    record: (transition: Parameters<typeof announcements>[0]) => {
      events.push(transition.event.type)
      published.push(...announcements(transition).map(({ type }) => type))
    },
  }
  const stacks = new Stacks(store, listener, [state])
  const clock = { monotonic: () => noon.monotonic, wall: () => noon.wall }
  const recorded: Recorded = {
    stacks,
    events,
    published,
    applies: [],
    concluded: [],
    pulls: new Map(),
    outcome: { generation: 5, done: [], failed: [] },
    tools: {
      stacks,
      clock,
      wakeups: new Wakeups(clock),
      random: () => 0.5,
      isCurrent: async () => true,
      executor: {
        apply: async (_, steps, options = {}) => {
          recorded.applies.push({ steps: steps.map(({ id }) => id), options })
          if (recorded.outcome?.generation !== undefined) options.onGeneration?.(recorded.outcome.generation, [])
          return recorded.outcome
        },
        conclude: async (generation, result) => void recorded.concluded.push(`${generation} ${result}`),
        failVerification: async (generation, { failure }) => {
          recorded.concluded.push(`${generation} failed`)
          return { ...failure, message: `${failure.message.replace(/\.$/, '')}: no database:\n  | no database` }
        },
        restart: async (containers) => containers.map((address) => ({ address, error: undefined })),
        retrySoon: () => undefined,
      } satisfies Pick<Executor, 'apply' | 'conclude' | 'failVerification' | 'restart' | 'retrySoon'>,
      pull: ({ source }) =>
        new Promise((resolve, reject) => {
          recorded.pulls.set(JSON.stringify(source), { end: resolve, fail: reject })
        }),
      onPulled: () => undefined,
    },
  }
  return recorded
}

export const reconcile = (fields: Partial<ReconcileContext> = {}): ReconcileContext => ({
  observation: observationOf(new Map()),
  pendingRestarts: new Map(),
  now: noon,
  ...fields,
})
