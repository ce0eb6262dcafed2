import type { Reconcile } from '../generated/stack-file.ts'
import type { Paths } from '../paths.ts'
import type { WatchStatus } from '../watch/status.ts'
import { connect } from './connection.ts'
import { connectEmbedded, connectForReading } from './embedded.ts'
import type { HostEvent, NewEvent } from './event.ts'
import type { Redis } from './ioredis.ts'
import { type InstanceKeys, instanceKeys } from './keys.ts'

/** A state of the files that is not tried again until they change: it failed, or its user went back from it. */
export interface Rejected {
  readonly hash: string
  /** A CamelCase word, and a sentence. */
  readonly reason: string
  readonly message: string
  /** The generation that tried it. */
  readonly generation: number
  /** Whether the generation before it stands again. */
  readonly restored: boolean
}

/** What has to outlive a restart of `heropods watch`, of each stack that it keeps. */
export interface StackMemory {
  readonly stack: string
  /** The folder or repository that stated it, and its files there. */
  readonly source: string
  readonly files: readonly string[]
  /** Hash of what was last applied with good health, and the generation that did it. */
  readonly appliedHash: string | null
  readonly applied: number | null
  readonly attempted: number | null
  readonly appliedAt: string | null
  readonly rejected: Rejected | null
  /** `heropods suspend`: told by `suspend` alone, `remember` leaves it as it is. */
  readonly suspended: boolean
  /** As its file last stated them: they hold while it is broken or gone. */
  readonly settings: Reconcile
}

/** Events, status and memory of an instance: written beside applies, under no lock. */
export interface WatchStore {
  publish(event: NewEvent): Promise<HostEvent>
  /** Events after an id, oldest first; without one the newest `limit` (default 100). `blockMs`: how long to wait for the next. */
  events(options?: {
    readonly after?: string
    readonly limit?: number
    readonly blockMs?: number
  }): Promise<readonly HostEvent[]>
  saveStatus(status: WatchStatus): Promise<void>
  forgetStatus(): Promise<void>
  status(): Promise<WatchStatus | undefined>
  memories(): Promise<ReadonlyMap<string, StackMemory>>
  remember(memory: StackMemory): Promise<void>
  forgetStack(stack: string): Promise<void>
  suspend(stack: string, suspended: boolean): Promise<void>
  close(): Promise<void>
}

const keptEvents = 10_000

/** Opens the store; undefined for a reader where the instance has no records. Raises `redis-unreachable` (refused). */
export async function openWatchStore(options: {
  readonly paths: Paths
  readonly url?: string
  readonly mode: 'read' | 'write'
}): Promise<WatchStore | undefined> {
  const { paths, url, mode } = options
  const redis = await (url !== undefined
    ? connect(url)
    : mode === 'write'
      ? connectEmbedded(paths)
      : connectForReading(paths))
  return redis && new RedisWatchStore(redis, instanceKeys(paths.instance, paths.id))
}

class RedisWatchStore implements WatchStore {
  constructor(
    private readonly redis: Redis,
    private readonly keys: InstanceKeys,
  ) {}

  async publish(event: NewEvent): Promise<HostEvent> {
    const time = new Date().toISOString()
    const text = JSON.stringify({ ...event, time })
    const id = await this.redis.xadd(this.keys.events, 'MAXLEN', '~', keptEvents, '*', 'event', text)
    return { ...event, time, id: id ?? '' }
  }

  async events({ after, limit = 100, blockMs }: Parameters<WatchStore['events']>[0] = {}) {
    if (after === undefined)
      return (await this.redis.xrevrange(this.keys.events, '+', '-', 'COUNT', limit)).map(readEntry).reverse()
    const found =
      blockMs === undefined
        ? await this.redis.xread('COUNT', limit, 'STREAMS', this.keys.events, after)
        : await this.redis.xread('COUNT', limit, 'BLOCK', blockMs, 'STREAMS', this.keys.events, after)
    return (found?.[0]?.[1] ?? []).map(readEntry)
  }

  async saveStatus(status: WatchStatus): Promise<void> {
    await this.redis.set(this.keys.status, JSON.stringify(status))
  }

  async forgetStatus(): Promise<void> {
    await this.redis.del(this.keys.status)
  }

  async status(): Promise<WatchStatus | undefined> {
    const text = await this.redis.get(this.keys.status)
    return text === null ? undefined : (JSON.parse(text) as WatchStatus)
  }

  async memories(): Promise<ReadonlyMap<string, StackMemory>> {
    const answers = (await this.redis.pipeline().hvals(this.keys.stacks).smembers(this.keys.suspended).exec()) ?? []
    const [texts, suspended] = answers.map(([error, value]) => {
      if (error) throw error
      return value as string[]
    })
    const known = (texts ?? []).map((text) => JSON.parse(text) as StackMemory)
    return new Map(known.map((one) => [one.stack, { ...one, suspended: suspended?.includes(one.stack) ?? false }]))
  }

  async remember(memory: StackMemory): Promise<void> {
    await this.redis.hset(this.keys.stacks, memory.stack, JSON.stringify(memory))
  }

  async forgetStack(stack: string): Promise<void> {
    await this.redis.pipeline().hdel(this.keys.stacks, stack).srem(this.keys.suspended, stack).exec()
  }

  async suspend(stack: string, suspended: boolean): Promise<void> {
    if (suspended) await this.redis.sadd(this.keys.suspended, stack)
    else await this.redis.srem(this.keys.suspended, stack)
  }

  async close(): Promise<void> {
    this.redis.disconnect()
  }
}

function readEntry([id, fields]: [id: string, fields: string[]]): HostEvent {
  return { ...(JSON.parse(fields[1] ?? '{}') as Omit<HostEvent, 'id'>), id }
}
