import packageJson from '../../../package.json' with { type: 'json' }
import type { SourceStatus, StackStatus, WatchStatus } from '../../model/status.ts'
import type { Snapshot } from '../../reconciler/engine.ts'
import type { StackState } from '../controller/stack-state.ts'
import type { WatchRecords } from '../events/watch-records.ts'
import type { Service } from '../service/notify.ts'
import { statusOf } from './status-of.ts'

/** A sign of life is given so often though nothing has changed. Milliseconds. */
const heartbeat = 10_000
/** A turn that takes longer is stuck: it waits for nobody, but for a container's grace. Milliseconds. */
const longestTurn = 15 * 60_000

export interface StatusPublisherOptions {
  readonly instance: string
  /** Process id of the watch. */
  readonly pid: number
  readonly recorder: WatchRecords
  readonly service: Service
  source(): SourceStatus
  /** How long the turn that is under way has been, milliseconds. */
  busyMs(): number
  onStatus(status: WatchStatus): void
}

/** Tells the world how the watch and its stacks are: after each turn, and that it is alive in between. */
export class StatusPublisher {
  private stacks: readonly StackStatus[] = []
  private readonly startedAt = new Date().toISOString()
  private beat = this.startedAt
  private saved = ''
  private pulse: NodeJS.Timeout | undefined

  constructor(private readonly options: StatusPublisherOptions) {}

  start(): void {
    this.pulse = setInterval(() => void this.live(), heartbeat)
  }

  stop(): void {
    clearInterval(this.pulse)
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

  /** What a turn has left. */
  async show(stacks: readonly StackState[], snapshot: Snapshot): Promise<void> {
    const now = new Date()
    this.beat = now.toISOString()
    this.stacks = statusOf(stacks, snapshot, now)
    const isReady = ({ conditions }: StackStatus): boolean =>
      conditions.some((one) => one.type === 'Ready' && one.status)
    this.options.service.status(`${this.stacks.filter(isReady).length} of ${this.stacks.length} stacks ready`)
    await this.save(false)
  }

  /** A sign of life, unless a turn has been at it for far too long. */
  private async live(): Promise<void> {
    if (this.options.busyMs() > longestTurn) return
    this.beat = new Date().toISOString()
    await this.options.service.alive()
    await this.save(true)
  }

  private async save(anyway: boolean): Promise<void> {
    const status = this.status()
    const text = JSON.stringify([status.source, status.stacks])
    if (!anyway && text === this.saved) return
    this.saved = text
    this.options.onStatus(status)
    await this.options.recorder.saveStatus(status).catch(() => undefined)
  }
}
