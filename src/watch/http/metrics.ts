import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { InstanceEvent } from '../../model/event.ts'
import type { RunState } from '../../model/kinds/container.ts'
import { isResourceAddress, parseResourceAddress, type ResourceAddress } from '../../model/resource-address.ts'
import type { WatchStatus } from '../../model/status.ts'
import { ContainerMetrics, type ReadStats } from './container-metrics.ts'

/** Result of work on a stack. */
export type ReconcileResult = 'applied' | 'failed'

const durations = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300]

/**
 * Metrics of one watch for Prometheus; docs/page.md lists them. Gauges are computed from the newest status at each scrape, so they do not
 * keep removed objects. Loads prom-client: import this module only if something listens.
 */
export class Metrics {
  private readonly registry = new Registry()
  private status: WatchStatus | undefined
  private lastSync: number | undefined

  private readonly build = this.gauge('build_info', 'Always 1; the version is a label.', ['version'])
  private readonly heartbeat = this.gauge('heartbeat_timestamp_seconds', 'Last heartbeat, Unix time.')
  private readonly sourceOk = this.gauge('source_ok', 'Whether the source can be read: 1 or 0.', ['kind'])
  private readonly sourceSync = this.gauge(
    'source_last_sync_timestamp_seconds',
    'When the source could last be read, Unix time.',
  )
  private readonly conditions = this.gauge('stack_condition', 'Conditions of a stack: 1 where true, else 0.', [
    'stack',
    'type',
  ])
  private readonly attempted = this.gauge('stack_attempted_generation', 'Newest generation that was tried.', ['stack'])
  private readonly applied = this.gauge(
    'stack_applied_generation',
    'Newest generation that was applied and became healthy.',
    ['stack'],
  )
  private readonly containers = this.gauge('containers', 'Containers by run state and health.', [
    'stack',
    'state',
    'health',
  ])

  private readonly events = this.counter('events_total', 'Events by type.', ['type', 'stack'])
  private readonly detected = this.counter('drift_detected_total', 'Detected drift.', ['stack', 'kind'])
  private readonly healed = this.counter('drift_healed_total', 'Repaired drift.', ['stack', 'kind'])
  private readonly reconciles = this.counter('reconciles_total', 'Reconciliations of a stack, by result.', [
    'stack',
    'result',
  ])
  private readonly durations = this.histogram(
    'reconcile_duration_seconds',
    'Duration of a reconciliation of a stack, in seconds.',
  )
  private readonly repairs = this.histogram(
    'drift_repair_duration_seconds',
    'Time from the detection of drift to its repair, in seconds.',
  )

  private readonly ofContainers: ContainerMetrics

  constructor(readStats: ReadStats) {
    addProcessMetrics(this.registry)
    this.ofContainers = new ContainerMetrics(this.registry, readStats)
  }

  observe(status: WatchStatus): void {
    this.status = status
    if (status.source.ok) this.lastSync = Date.parse(status.heartbeat) / 1000
  }

  /** Counts an event; drift by the kind of its address, as `container`, or as `stack` where it has none. */
  count({ type, stack = '', address }: InstanceEvent): void {
    this.events.inc({ type, stack })
    const drift = type === 'stack.drifted' ? this.detected : type === 'stack.healed' ? this.healed : undefined
    drift?.inc({ stack, kind: address === undefined ? 'stack' : parseResourceAddress(address).kind })
  }

  reconcile(stack: string, result: ReconcileResult, seconds: number): void {
    this.reconciles.inc({ stack, result })
    this.durations.observe(seconds)
  }

  /** Drift that was healed `seconds` after it was detected. */
  repair(seconds: number): void {
    this.repairs.observe(seconds)
  }

  /** Prometheus' text format, 0.0.4. */
  async text(): Promise<string> {
    if (this.status) {
      this.fill(this.status)
      await this.ofContainers.fill(runningContainers(this.status))
    }
    return this.registry.metrics()
  }

  private fill({ version, heartbeat, source, stacks }: WatchStatus): void {
    for (const gauge of [this.sourceOk, this.conditions, this.attempted, this.applied, this.containers]) gauge.reset()
    this.build.set({ version }, 1)
    this.heartbeat.set(Date.parse(heartbeat) / 1000)
    this.sourceOk.set({ kind: source.kind }, Number(source.ok))
    if (this.lastSync !== undefined) this.sourceSync.set(this.lastSync)
    for (const { stack, conditions, attempted, applied, objects } of stacks) {
      for (const { type, status } of conditions) this.conditions.set({ stack, type }, Number(status))
      if (attempted !== null) this.attempted.set({ stack }, attempted)
      if (applied !== null) this.applied.set({ stack }, applied)
      for (const { kind, state, health } of objects)
        if (kind === 'container') this.containers.inc({ stack, state, health: health ?? 'none' })
    }
  }

  private gauge<T extends string>(name: string, help: string, labelNames: T[] = []): Gauge<T> {
    return new Gauge({ name: `heropods_${name}`, help, labelNames, registers: [this.registry] })
  }

  private counter<T extends string>(name: string, help: string, labelNames: T[]): Counter<T> {
    return new Counter({ name: `heropods_${name}`, help, labelNames, registers: [this.registry] })
  }

  private histogram(name: string, help: string): Histogram {
    return new Histogram({ name: `heropods_${name}`, help, buckets: durations, registers: [this.registry] })
  }
}

/** States of a container that has a process. */
const withProcess: ReadonlySet<string> = new Set(['running', 'held', 'paused'] satisfies RunState[])

/** The containers that have a process. Pure. */
const runningContainers = ({ stacks }: WatchStatus): readonly ResourceAddress[] =>
  stacks
    .flatMap(({ objects }) => objects)
    .filter(({ kind, state }) => kind === 'container' && withProcess.has(state))
    .map(({ address }) => address)
    .filter(isResourceAddress)

/** The usual metrics of a process. The set of prom-client also measures the event loop and the garbage collector all the time. */
function addProcessMetrics(registry: Registry): void {
  const registers = [registry]
  new Counter({
    name: 'process_cpu_seconds_total',
    help: 'User and system CPU time.',
    registers,
    collect() {
      const { user, system } = process.cpuUsage()
      this.reset()
      this.inc((user + system) / 1e6)
    },
  })
  new Gauge({
    name: 'process_resident_memory_bytes',
    help: 'Resident memory.',
    registers,
    collect() {
      this.set(process.memoryUsage.rss())
    },
  })
  new Gauge({ name: 'process_start_time_seconds', help: 'Start of the process, Unix time.', registers }).set(
    Math.round(Date.now() / 1000 - process.uptime()),
  )
}
