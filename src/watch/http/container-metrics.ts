import { Counter, Gauge, type Registry } from 'prom-client'
import { parseResourceAddress, type ResourceAddress } from '../../model/resource-address.ts'
import type { ContainerStats } from '../../reconciler/engine.ts'

/** Reads the counters of the kernel for containers that run. */
export type ReadStats = (containers: readonly ResourceAddress[]) => Promise<readonly ContainerStats[]>

const labelNames = ['stack', 'container'] as const
type Labels = (typeof labelNames)[number]

const usPerSecond = 1e6

/** Value of each counter of a container. A new run begins again at 0, as counters of Prometheus may. */
const counters: Readonly<Record<string, readonly [help: string, value: (stats: ContainerStats) => number | null]>> = {
  cpu_seconds_total: ['CPU time of the run, in seconds.', ({ cpuUs }) => cpuUs / usPerSecond],
  block_read_bytes_total: ['Bytes read from block devices.', ({ blockRead }) => blockRead],
  block_written_bytes_total: ['Bytes written to block devices.', ({ blockWritten }) => blockWritten],
  network_received_bytes_total: [
    'Bytes received on all interfaces except lo.',
    ({ network }) => network?.received ?? null,
  ],
  network_sent_bytes_total: ['Bytes sent on all interfaces except lo.', ({ network }) => network?.sent ?? null],
  out_of_memory_kills_total: ['Processes that the kernel killed at the memory limit.', (one) => one.outOfMemoryKills],
  restarts_total: ['Restarts by the restart policy since the container last stayed up.', ({ restarts }) => restarts],
}

const gauges: typeof counters = {
  memory_bytes: ['Memory in use, without cache that can be dropped.', ({ memory }) => memory],
  memory_limit_bytes: ['Memory limit; absent without one.', ({ memoryLimit }) => memoryLimit],
  processes: ['Processes and threads.', ({ processes }) => processes],
}

/** Metrics of each container that runs, read at a scrape. docs/page.md lists them. */
export class ContainerMetrics {
  private readonly families: readonly [Counter<Labels> | Gauge<Labels>, (stats: ContainerStats) => number | null][]

  constructor(
    registry: Registry,
    private readonly read: ReadStats,
  ) {
    const options = (name: string, help: string) => ({
      name: `heropods_container_${name}`,
      help,
      labelNames,
      registers: [registry],
    })
    this.families = [
      ...Object.entries(counters).map(([name, [help, value]]) => [new Counter(options(name, help)), value] as const),
      ...Object.entries(gauges).map(([name, [help, value]]) => [new Gauge(options(name, help)), value] as const),
    ].map(([family, value]) => [family, value])
  }

  /** Sets all metrics. If the counters cannot be read, there are none. */
  async fill(containers: readonly ResourceAddress[]): Promise<void> {
    const found = await this.read(containers).catch(() => [])
    for (const [family, value] of this.families) {
      family.reset()
      for (const stats of found) setValue(family, stats.container, value(stats))
    }
  }
}

function setValue(family: Counter<Labels> | Gauge<Labels>, address: ResourceAddress, value: number | null): void {
  if (value === null) return
  const { stack, name } = parseResourceAddress(address)
  family.inc({ stack, container: name }, value)
}
