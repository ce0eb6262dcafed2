/** What happened on an instance, whoever did it: the words in which status, events, metrics, webhooks and the page tell one story. */
export const eventTypes = [
  'watch.started',
  'watch.stopped',
  'source.changed',
  'source.failed',
  'source.recovered',
  'apply.started',
  'apply.finished',
  'stack.progressing',
  'stack.applied',
  'stack.failed',
  'stack.rolled-back',
  'stack.drifted',
  'stack.healed',
  'stack.pruned',
  'stack.held',
  'stack.ready',
  'stack.suspended',
  'stack.resumed',
  'container.exited',
  'container.started',
  'container.healthy',
  'container.unhealthy',
  'container.restarted',
] as const
export type EventType = (typeof eventTypes)[number]

export interface NewEvent {
  readonly type: EventType
  readonly level: 'info' | 'warning' | 'error'
  /** A short CamelCase word that scripts may match, as `ImagePullFailed`. */
  readonly reason: string
  /** One sentence for people, without sensitive values. */
  readonly message: string
  readonly stack?: string
  readonly address?: string
  readonly generation?: number
}

/** One event as it is kept. `id` grows with time and names the place in the stream; `time` is RFC 3339. */
export interface HostEvent extends NewEvent {
  readonly id: string
  readonly time: string
}
