import type { IncomingHttpHeaders } from 'node:http'
import type { HostEvent } from '../../model/event.ts'
import type { Generation } from '../../model/generation.ts'
import type { Plan } from '../../model/plan.ts'
import type { WatchStatus } from '../../model/status.ts'

/** One generation as `heropods history --json` lists it (schemas/output/history.schema.json). */
export interface HistoryEntry extends Pick<Generation, 'generation' | 'time' | 'user' | 'pid' | 'result'> {
  readonly stacks: readonly string[]
  readonly summary: Plan['summary']
}

/** What is new: an event, or that `status()` answers something else than before. */
export type StatusUpdate = { readonly kind: 'status' } | { readonly kind: 'event'; readonly event: HostEvent }

/** All that the HTTP server can see of a watch. Its `heartbeat` must be the loop's own, or `/healthz` says nothing. */
export interface StatusView {
  status(): WatchStatus
  /** Events after an id, oldest first; without one the newest `limit`. */
  events(options: { readonly after?: string; readonly limit: number }): Promise<readonly HostEvent[]>
  /** The newest first. */
  history(): Promise<readonly HistoryEntry[]>
  /** Prometheus' text format. */
  metrics(): Promise<string>
  /** Answers what ends the subscription. */
  subscribe(listener: (update: StatusUpdate) => void): () => void
}

/** A git webhook as it came in: nothing of it is verified yet. */
export interface HookRequest {
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** Answers the HTTP status: 202 taken, 401 a bad signature, 404 not for this source. */
export type HookHandler = (request: HookRequest) => Promise<number>
