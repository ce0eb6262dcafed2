import type { IncomingHttpHeaders } from 'node:http'
import type { HostEvent } from '../../model/event.ts'
import type { Generation } from '../../model/generation.ts'
import type { Plan } from '../../model/plan.ts'
import type { WatchStatus } from '../../model/status.ts'

/** One generation as `heropods history --json` lists it (schemas/output/history.schema.json). */
export interface HistoryEntry
  extends Pick<Generation, 'generation' | 'time' | 'user' | 'via' | 'pid' | 'commit' | 'result'> {
  readonly stacks: readonly string[]
  readonly summary: Plan['summary']
}

/** A new event, or a change of `status()`. */
export type StatusUpdate = { readonly kind: 'status' } | { readonly kind: 'event'; readonly event: HostEvent }

/** All that the HTTP server reads of a watch. The heartbeat of its status must be that of the reconciles, or `/healthz` is meaningless. */
export interface StatusView {
  status(): WatchStatus
  /** Events after an id, oldest first; without one the newest `limit`. */
  events(options: { readonly after?: string; readonly limit: number }): Promise<readonly HostEvent[]>
  /** The newest first. */
  history(): Promise<readonly HistoryEntry[]>
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
