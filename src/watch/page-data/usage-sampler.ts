import type { ResourceAddress } from '../../model/resource-address.ts'

/** CPU in percent of one core and memory in bytes; null: not known at that time. */
export type UsagePoint = readonly [cpu: number | null, memory: number | null]

/** The points of all containers at one time. `time`: RFC 3339. */
export interface UsageSample {
  readonly time: string
  readonly points: Readonly<Record<ResourceAddress, UsagePoint>>
}

/** Reads CPU time (microseconds) and memory (bytes) of runs by their ids. */
export type UsageReader = (
  ids: readonly string[],
) => Promise<ReadonlyMap<string, { readonly cpuUs: number; readonly memory: number }>>

export interface UsageSamplerOptions {
  /** The containers that have a process, with the ids of their runs. */
  containers(): readonly { readonly address: ResourceAddress; readonly id: string }[]
  readonly read: UsageReader
}

/** The shortest time between two samples, milliseconds, and the largest part of one core that they may use. */
interface Pace {
  readonly intervalMs: number
  readonly largestShare: number
}
const whileWatched: Pace = { intervalMs: 2000, largestShare: 1 / 200 }
const otherwise: Pace = { intervalMs: 10_000, largestShare: 1 / 2000 }

/** The time for which a page that has left may connect again before samples become rarer, milliseconds. */
const patience = 20_000
/** Samples that are stored: the last three minutes. */
const [maxAgeMs, maxSamples] = [180_000, 90]

interface Earlier {
  readonly cpuUs: number
  readonly sampledAtMs: number
}

/** Samples the use of CPU and memory, more often while someone looks. The more a sample costs, the rarer they are. */
export class UsageSampler {
  private watchers = 0
  private pace = otherwise
  private sampledAtMs = 0
  private timer: NodeJS.Timeout | undefined
  private ending: NodeJS.Timeout | undefined
  private samples: UsageSample[] = []
  private earlier: ReadonlyMap<string, Earlier> = new Map()
  private readonly listeners = new Set<(sample: UsageSample) => void>()

  constructor(private readonly options: UsageSamplerOptions) {}

  /** Begins to sample, so that a page that opens later has the last minutes at once. */
  start(): void {
    this.timer ??= setTimeout(() => this.sample(), 0).unref()
  }

  /** Samples more often until the returned function is called, and for a while after. */
  look(): () => void {
    this.watchers += 1
    clearTimeout(this.ending)
    if (this.pace !== whileWatched) {
      this.pace = whileWatched
      clearTimeout(this.timer)
      const wait = Math.max(0, this.sampledAtMs + this.pace.intervalMs - performance.now())
      this.timer = setTimeout(() => this.sample(), wait).unref()
    }
    let looks = true
    return () => {
      if (!looks) return
      looks = false
      this.watchers -= 1
      if (this.watchers === 0) this.ending = setTimeout(() => this.slowDown(), patience).unref()
    }
  }

  subscribe(listener: (sample: UsageSample) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** The stored samples, oldest first. */
  recent(): readonly UsageSample[] {
    return this.samples
  }

  stop(): void {
    clearTimeout(this.timer)
    clearTimeout(this.ending)
    this.timer = undefined
    this.pace = otherwise
    this.samples = []
    this.earlier = new Map()
  }

  private slowDown(): void {
    this.pace = otherwise
  }

  private async sample(): Promise<void> {
    const timer = this.timer
    const began = process.cpuUsage()
    const containers = this.options.containers()
    const found = await this.options.read(containers.map(({ id }) => id)).catch(() => undefined)
    // It was stopped meanwhile.
    if (this.timer !== timer) return
    if (found) this.store(containers, found)
    const { user, system } = process.cpuUsage(began)
    const wait = Math.max(this.pace.intervalMs, (user + system) / 1000 / this.pace.largestShare)
    this.timer = setTimeout(() => this.sample(), wait).unref()
  }

  private store(
    containers: readonly { readonly address: ResourceAddress; readonly id: string }[],
    found: Awaited<ReturnType<UsageReader>>,
  ): void {
    const sampledAtMs = performance.now()
    const points: Record<ResourceAddress, UsagePoint> = {}
    const next = new Map<string, Earlier>()
    for (const { address, id } of containers) {
      const usage = found.get(id)
      if (usage === undefined) continue
      points[address] = [percent(this.earlier.get(id), { cpuUs: usage.cpuUs, sampledAtMs }), usage.memory]
      next.set(id, { cpuUs: usage.cpuUs, sampledAtMs })
    }
    this.earlier = next
    this.sampledAtMs = sampledAtMs
    const now = Date.now()
    const sample = { time: new Date(now).toISOString(), points }
    const recent = this.samples.filter(({ time }) => now - Date.parse(time) < maxAgeMs)
    this.samples = [...recent, sample].slice(-maxSamples)
    for (const listener of this.listeners) listener(sample)
  }
}

/** CPU time between two readings in percent of one core, with one digit; null: there is no earlier reading. Pure. */
export function percent(earlier: Earlier | undefined, now: Earlier): number | null {
  if (earlier === undefined || now.sampledAtMs <= earlier.sampledAtMs) return null
  const share = Math.max(0, now.cpuUs - earlier.cpuUs) / ((now.sampledAtMs - earlier.sampledAtMs) * 1000)
  return Math.round(share * 1000) / 10
}
