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

/** Shortest time between two samples, and the time after which they end after the last viewer has left. Milliseconds. */
const [minIntervalMs, patience] = [2000, 20_000]
/** Samples that are stored: the last three minutes, or more with thousands of containers. */
const maxSamples = 90
/** A sample may use this part of one core. */
const largestShare = 1 / 200

interface Earlier {
  readonly cpuUs: number
  readonly sampledAtMs: number
}

/** Samples the use of CPU and memory while someone looks, and only then. The more a sample costs, the rarer they are. */
export class UsageSampler {
  private watchers = 0
  private timer: NodeJS.Timeout | undefined
  private ending: NodeJS.Timeout | undefined
  private samples: UsageSample[] = []
  private earlier: ReadonlyMap<string, Earlier> = new Map()
  private readonly listeners = new Set<(sample: UsageSample) => void>()

  constructor(private readonly options: UsageSamplerOptions) {}

  /** Samples until the returned function is called, and for a while after: a page that connects again finds its graphs. */
  look(): () => void {
    this.watchers += 1
    clearTimeout(this.ending)
    this.timer ??= setTimeout(() => this.sample(), 0).unref()
    let looks = true
    return () => {
      if (!looks) return
      looks = false
      this.watchers -= 1
      if (this.watchers === 0) this.ending = setTimeout(() => this.stop(), patience).unref()
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
    this.samples = []
    this.earlier = new Map()
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
    const wait = Math.max(minIntervalMs, (user + system) / 1000 / largestShare)
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
    const sample = { time: new Date().toISOString(), points }
    this.samples = [...this.samples, sample].slice(-maxSamples)
    for (const listener of this.listeners) listener(sample)
  }
}

/** CPU time between two readings in percent of one core, with one digit; null: there is no earlier reading. Pure. */
export function percent(earlier: Earlier | undefined, now: Earlier): number | null {
  if (earlier === undefined || now.sampledAtMs <= earlier.sampledAtMs) return null
  const share = Math.max(0, now.cpuUs - earlier.cpuUs) / ((now.sampledAtMs - earlier.sampledAtMs) * 1000)
  return Math.round(share * 1000) / 10
}
