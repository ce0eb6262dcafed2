import type { IncomingHttpHeaders } from 'node:http'
import type { InstanceEvent } from '../../model/event.ts'
import type { Generation } from '../../model/generation.ts'
import type { Plan } from '../../model/plan.ts'
import type { WatchStatus } from '../../model/status.ts'
import type { UsageSample } from '../page-data/usage-sampler.ts'

/** One generation as `heropods history --json` lists it (schemas/output/history.schema.json). */
export interface HistoryEntry
  extends Pick<
    Generation,
    | 'generation'
    | 'time'
    | 'user'
    | 'via'
    | 'pid'
    | 'command'
    | 'origin'
    | 'commit'
    | 'rollbackOf'
    | 'undoes'
    | 'result'
  > {
  /** Its author, in the words of `heropods history`. */
  readonly by: string
  readonly stacks: readonly string[]
  /** The stacks with changed objects; undefined: none, or not recorded completely. */
  readonly changed?: readonly string[]
  readonly summary: Plan['summary']
}

/** A generation with its plan, as `heropods history N` prints it. */
export interface GenerationDetails extends HistoryEntry {
  readonly failures: readonly {
    readonly message: string
    readonly hint: string | null
    readonly address: string | null
  }[]
  /** null: it is not stored. */
  readonly plan: string | null
}

/** The newest output of a container, without the values of secrets. */
export interface OutputDetails {
  /** Why nothing is shown; null: it is. */
  readonly hidden: string | null
  readonly log: readonly { readonly time: string; readonly stream: 'stdout' | 'stderr'; readonly text: string }[]
  /** null: its present run has not been checked. */
  readonly check: { readonly output: string; readonly endedAt: string | null; readonly durationMs: number } | null
}

/** The use of CPU and memory, measured more often while someone looks. */
export interface UsageFeed {
  /** Measures more often until the returned function is called. */
  look(): () => void
  subscribe(listener: (sample: UsageSample) => void): () => void
  /** Oldest first. */
  recent(): readonly UsageSample[]
}

/** The data of the page alone. Its form may change with each version. */
export interface PageView {
  /** Everything that the page shows live, by a key for each object, e.g. `container shop/container/web`. */
  entries(): ReadonlyMap<string, unknown>
  /** undefined: there is no such generation. */
  generation(generation: number): Promise<GenerationDetails | undefined>
  /** undefined: there is no such container. */
  output(container: string): Promise<OutputDetails | undefined>
  readonly usage: UsageFeed
}

/** A new event, or a change of `status()`. */
export type StatusUpdate = { readonly kind: 'status' } | { readonly kind: 'event'; readonly event: InstanceEvent }

/** All that the HTTP server reads of a watch. The heartbeat of its status must be that of the reconciles, or `/healthz` is meaningless. */
export interface StatusView {
  status(): WatchStatus
  /** Events after an id, oldest first; without one the newest `limit`. */
  events(options: { readonly after?: string; readonly limit: number }): Promise<readonly InstanceEvent[]>
  /** The newest first. */
  history(): Promise<readonly HistoryEntry[]>
  readonly page: PageView
  /** Prometheus' text format. */
  metrics(): Promise<string>
  /** Returns the function that ends the subscription. */
  subscribe(listener: (update: StatusUpdate) => void): () => void
}

/** A git webhook, not verified yet. */
export interface HookRequest {
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** Returns the HTTP status: 202 accepted, 401 bad signature, 404 not for this source. */
export type HookHandler = (request: HookRequest) => Promise<number>
