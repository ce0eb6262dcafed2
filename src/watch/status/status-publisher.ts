import packageJson from '../../../package.json' with { type: 'json' }
import { conditionOf, type SourceStatus, type StackStatus, type WatchStatus } from '../../model/status.ts'
import type { Snapshot } from '../../reconciler/engine.ts'
import { type Clock, instantOf } from '../clock.ts'
import type { StackState } from '../stacks/stack-state.ts'
import type { Unfollowed } from '../stacks/unfollowed.ts'
import { recordedStatus } from './recorded-status.ts'
import { statusOf } from './status-of.ts'

/** Interval of heartbeats while the status does not change. Milliseconds. */
const heartbeatMs = 10_000
/** A reconcile that takes longer counts as stuck: the longest normal wait is a stop grace period. Milliseconds. */
const maxReconcileMs = 15 * 60_000

/** The service manager. */
export interface ServiceNotifier {
  setStatusText(text: string): void
  notifyWatchdog(): Promise<void>
}

export interface StatusPublisherOptions {
  readonly instance: string
  /** Process id of the watch. */
  readonly pid: number
  readonly clock: Clock
  readonly records: { saveStatus(status: WatchStatus): Promise<void> }
  readonly service: ServiceNotifier
  source(): SourceStatus
  /** How long the current reconcile has run, milliseconds; 0: none runs. */
  reconcileMs(): number
  onStatus(status: WatchStatus): void
}

/** Publishes the status of the watch and its stacks: after each reconcile, and as a heartbeat in between. */
export class StatusPublisher {
  private stacks: readonly StackStatus[] = []
  private others: readonly StackStatus[] = []
  private readonly startedAt: string
  private beat: string
  private saved = ''
  private timer: NodeJS.Timeout | undefined

  constructor(private readonly options: StatusPublisherOptions) {
    this.startedAt = options.clock.wall().toISOString()
    this.beat = this.startedAt
  }

  start(): void {
    this.timer = setInterval(() => void this.publishHeartbeat(), heartbeatMs)
  }

  stop(): void {
    clearInterval(this.timer)
  }

  status(): WatchStatus {
    return {
      instance: this.options.instance,
      version: packageJson.version,
      pid: this.options.pid,
      startedAt: this.startedAt,
      heartbeat: this.beat,
      source: this.options.source(),
      stacks: this.stacks,
      others: this.others,
    }
  }

  /** Publishes the status after a reconcile. */
  async publish(stacks: readonly StackState[], snapshot: Snapshot, { names, recorded }: Unfollowed): Promise<void> {
    const now = instantOf(this.options.clock)
    this.beat = now.wall.toISOString()
    this.stacks = statusOf(stacks, snapshot, this.stacks, now)
    this.others = recordedStatus(names, recorded, snapshot, { before: this.others, now, isWatched: true })
    const ready = this.stacks.filter((stack) => conditionOf(stack, 'Ready')?.status)
    this.options.service.setStatusText(`${ready.length} of ${this.stacks.length} stacks ready`)
    await this.save()
  }

  /** Does nothing while a reconcile is stuck: others see by the old heartbeat that something is wrong. */
  private async publishHeartbeat(): Promise<void> {
    if (this.options.reconcileMs() > maxReconcileMs) return
    this.beat = this.options.clock.wall().toISOString()
    await this.options.service.notifyWatchdog()
    await this.save({ evenIfUnchanged: true })
  }

  private async save({ evenIfUnchanged = false } = {}): Promise<void> {
    const status = this.status()
    const text = JSON.stringify([status.source, status.stacks, status.others])
    if (!evenIfUnchanged && text === this.saved) return
    this.saved = text
    this.options.onStatus(status)
    await this.options.records.saveStatus(status).catch(() => undefined)
  }
}
