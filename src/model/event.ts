import type { Commit } from './generation.ts'

/**
 * The types of events of an instance. Status, metrics, webhooks and the page use the same names. `source.failed` has two causes: the folder
 * or repository cannot be read, or files in it are invalid (reason `Invalid`).
 */
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
  'container.oom',
  'container.exited',
  'container.started',
  'container.stopped',
  'container.paused',
  'container.unpaused',
  'container.healthy',
  'container.unhealthy',
  'container.restarted',
  'container.removed',
] as const
export type EventType = (typeof eventTypes)[number]

/** The parts of a message that has a list and a way out, for a reader with several lines. The message has them in one line. */
export interface MessageParts {
  readonly summary: string
  /** All objects of the message, which itself may name only the first. */
  readonly objects: readonly string[]
  /** The commands that help. */
  readonly hint: string
}

export interface NewEvent {
  readonly type: EventType
  readonly level: 'info' | 'warning' | 'error'
  /** A CamelCase word such as `ImagePullFailed`. Scripts may match it. */
  readonly reason: string
  /** One sentence for users, without sensitive values. */
  readonly message: string
  readonly parts?: MessageParts
  readonly stack?: string
  readonly address?: string
  readonly generation?: number
  /** The commit that caused it, where the stacks come from git. */
  readonly commit?: Commit
  /** How many times the same failure was reported without a success in between. undefined: once. */
  readonly count?: number
  /** The time of the first of `count`, RFC 3339. */
  readonly since?: string
  /** The author of the run, in words: the user, or the Pulumi stack. Only of events of commands. */
  readonly by?: string
}

/** The newest events of an object, at most `count`, in their order. Pure. */
export const newestEventsOf = (
  events: readonly InstanceEvent[],
  address: string,
  count: number,
): readonly InstanceEvent[] => events.filter((event) => event.address === address).slice(-count)

/** A stored event. `id` is the ID of its stream entry and increases with time; `time` is RFC 3339. */
export interface InstanceEvent extends NewEvent {
  readonly id: string
  readonly time: string
}
