import packageJson from '../../../package.json' with { type: 'json' }
import { conditionOf, type SourceStatus, type StackStatus, type WatchStatus } from '../../model/status.ts'
import type { Snapshot } from '../../reconciler/engine.ts'
import { type Clock, instantOf } from '../clock.ts'
import type { StackState } from '../stacks/stack-state.ts'
import { statusOf } from './status-of.ts'

/** Interval of heartbeats while the status does not change. Milliseconds. */
const heartbeatMs = 10_000
/** A reconcile that takes longer is stuck: it waits for nothing but the grace period of a container. Milliseconds. */
const maxReconcileMs = 15 * 60_000

/** The service manager. */
export interface ServicePort {
  status(text: string): void
  alive(): Promise<void>
}

export interface StatusPublisherOptions {
  readonly instance: string
  /** Process id of the watch. */
  readonly pid: number
  readonly clock: Clock
  readonly records: { saveStatus(status: WatchStatus): Promise<void> }
  readonly service: ServicePort
  source(): SourceStatus
  /** How long the present reconcile has run, milliseconds. */
  busyMs(): number
  onStatus(status: WatchStatus): void
}

/** Publishes the status of the watch and its stacks: after each reconcile, and as a heartbeat in between. */
export class StatusPublisher {
  private stacks: readonly StackStatus[] = []
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
    }
  }

  /** Publishes the status after a reconcile. */
  async publish(stacks: readonly StackState[], snapshot: Snapshot): Promise<void> {
    const now = instantOf(this.options.clock)
    this.beat = now.wall.toISOString()
    this.stacks = statusOf(stacks, snapshot, this.stacks, now)
    const ready = this.stacks.filter((stack) => conditionOf(stack, 'Ready')?.status)
    this.options.service.status(`${ready.length} of ${this.stacks.length} stacks ready`)
    await this.save(false)
  }

  /** Does nothing while a reconcile is stuck: others see by the old heartbeat that something is wrong. */
  private async publishHeartbeat(): Promise<void> {
    if (this.options.busyMs() > maxReconcileMs) return
    this.beat = this.options.clock.wall().toISOString()
    await this.options.service.alive()
    await this.save(true)
  }

  private async save(unchanged: boolean): Promise<void> {
    const status = this.status()
    const text = JSON.stringify([status.source, status.stacks])
    if (!unchanged && text === this.saved) return
    this.saved = text
    this.options.onStatus(status)
    await this.options.records.saveStatus(status).catch(() => undefined)
  }
}
