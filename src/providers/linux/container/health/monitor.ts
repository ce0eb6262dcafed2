import { isDeepStrictEqual } from 'node:util'
import type { HealthStatus } from '../../../../model/kinds/container.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import type { WriteContext } from '../../../provider.ts'
import { inspect } from '../process/container-state.ts'
import { type CheckResult, runCheck } from './check.ts'
import { currentHealth, type LoggedCheck, recordedLog, withCheck, writeHealth } from './record.ts'
import { afterCheck, type HealthState, nextCheckAt, unchecked } from './state.ts'
import type { HealthTarget } from './target.ts'

export interface HealthChange {
  readonly status: HealthStatus
  readonly previous: HealthStatus
  readonly run: number
  /** Output of the check, up to 4 kB; it may hold secret values. */
  readonly output: string
}

export interface MonitorOptions extends Pick<WriteContext, 'host' | 'paths'> {
  /** Called when the status of a container has changed and is recorded. */
  readonly onChange?: (container: ResourceAddress, change: HealthChange) => void
  /** Number of checks at the same time, default 16: those that hang until their timeout do not delay the others. */
  readonly parallelism?: number
}

interface WatchedContainer {
  target: HealthTarget
  state: HealthState
  log: readonly LoggedCheck[]
  due: number
  /** Ends the running check; undefined: none is running. */
  check: AbortController | undefined
}

/** Checks that are due within this time run together. Milliseconds. */
const batchWindowMs = 50

/**
 * Checks containers, each at its own interval, and records the results. One timer serves all of them. It does not keep this process
 * alive.
 */
export class HealthProber {
  private readonly watched = new Map<ResourceAddress, WatchedContainer>()
  private readonly running = new Set<Promise<void>>()
  private timer: NodeJS.Timeout | undefined

  constructor(private readonly options: MonitorOptions) {}

  /** Checks these containers and no others from now on. A new run and a changed check begin with no result; others continue from the record. */
  async sync(targets: readonly HealthTarget[]): Promise<void> {
    const desired = new Map(targets.map((target) => [target.container, target]))
    for (const [container, one] of this.watched)
      if (desired.get(container)?.run !== one.target.run) this.forget(container, one)
    for (const target of targets) {
      const known = this.watched.get(target.container)
      if (known) this.update(known, target)
      else await this.add(target)
    }
    this.schedule()
  }

  /** Ends all running checks. */
  async stop(): Promise<void> {
    for (const [container, one] of this.watched) this.forget(container, one)
    this.schedule()
    await Promise.all(this.running)
  }

  private forget(container: ResourceAddress, one: WatchedContainer): void {
    one.check?.abort()
    this.watched.delete(container)
  }

  private update(known: WatchedContainer, target: HealthTarget): void {
    const same = isDeepStrictEqual(known.target.check, target.check)
    known.target = target
    if (same) return
    known.check?.abort()
    known.state = unchecked
    known.log = []
    known.due = nextCheckAt(unchecked, target.check, target.startedAt)
  }

  private async add(target: HealthTarget): Promise<void> {
    const state = await currentHealth(this.options, target.id, target.check)
    // Jitter spreads the checks of containers that started together.
    const jitter = Math.random() * Math.min(target.check.interval / 10, 1000)
    const due = Math.max(nextCheckAt(state, target.check, target.startedAt), Date.now()) + jitter
    const log = await recordedLog(this.options, target.id)
    this.watched.set(target.container, { target, state, log, due, check: undefined })
  }

  /** Sets the timer for the next check. If `width` checks are running, the end of one calls this again. */
  private schedule(): void {
    clearTimeout(this.timer)
    const waiting = [...this.watched.values()].filter((one) => one.check === undefined)
    if (waiting.length === 0 || this.running.size >= this.parallelism) return
    const next = Math.min(...waiting.map((one) => one.due))
    this.timer = setTimeout(() => this.checkDue(), Math.max(0, next - Date.now())).unref()
  }

  private get parallelism(): number {
    return this.options.parallelism ?? 16
  }

  private checkDue(): void {
    const until = Date.now() + batchWindowMs
    const due = [...this.watched.values()]
      .filter((one) => one.check === undefined && one.due <= until)
      .sort((left, right) => left.due - right.due)
      .slice(0, Math.max(0, this.parallelism - this.running.size))
    for (const one of due) {
      one.check = new AbortController()
      const check = this.check(one, one.check.signal).finally(() => {
        one.check = undefined
        this.running.delete(check)
        this.schedule()
      })
      this.running.add(check)
    }
    this.schedule()
  }

  private async check(one: WatchedContainer, signal: AbortSignal): Promise<void> {
    const { target } = one
    const result = await runCheck(this.options, target, signal)
    if (signal.aborted) return
    one.due = result.endedAt + target.check.interval
    // The container has ended or was paused meanwhile: the result has no meaning.
    if (!(await this.isRunning(target))) return
    const previous = one.state.status
    one.state = afterCheck(one.state, target.check, target.startedAt, result)
    one.due = nextCheckAt(one.state, target.check, target.startedAt)
    one.log = withCheck(one.log, result)
    await this.storeRecord(one, result)
    const { status } = one.state
    if (status !== previous)
      this.options.onChange?.(target.container, {
        status,
        previous,
        run: target.run,
        output: result.output,
      })
  }

  private async isRunning({ container, run }: HealthTarget): Promise<boolean> {
    const { state, running } = (await inspect(this.options, container)) ?? {}
    return (state === 'running' || state === 'held') && running?.run === run
  }

  /** The record is for other processes. If it cannot be written, checks continue from memory. */
  private storeRecord(
    { target, state, log }: WatchedContainer,
    { output, startedAt, endedAt }: CheckResult,
  ): Promise<void> {
    const record = { ...state, output, durationMs: endedAt - startedAt, log }
    return writeHealth(this.options, target.id, record).catch(() => undefined)
  }
}
