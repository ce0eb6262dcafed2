import type { Reconcile } from '../generated/stack-file.ts'
import type { Paths } from '../host/files/paths.ts'
import type { Host } from '../host/host.ts'
import type { HostEvent, NewEvent } from '../model/event.ts'
import type { WatchStatus } from '../model/status.ts'
import { parseAs } from '../model/values/shape.ts'
import { connect, failed } from './redis/connection.ts'
import { connectEmbedded, connectForReading, connectRunning } from './redis/embedded.ts'
import type { Redis } from './redis/ioredis.ts'
import { type InstanceKeys, instanceKeys } from './redis/keys.ts'
import { forgetSuspended, isStackName, keepSuspended, suspendedOnDisk } from './suspensions.ts'
import { memoryField, storedEvent, watchStatus } from './watch-shapes.ts'

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
  /** Newest that was tried, and the hash of what it tried. */
  readonly attempted: number | null
  readonly attemptedHash: string | null
  readonly appliedAt: string | null
  readonly rejected: Rejected | null
  /** `heropods suspend`: told by `suspend` alone, `remember` leaves it as it is. */
  readonly suspended: boolean
  /** As its file last stated them: they hold while it is broken or gone. */
  readonly settings: Reconcile
  /** Whether its folder was on the root's own device: where it was not, one that is there now is another one. */
  readonly onRoot: boolean
}

export type MemoryChange = Partial<Omit<StackMemory, 'stack' | 'suspended'>>

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
  /** Writes these fields and no others: what someone else writes at the same time stays. */
  remember(stack: string, change: MemoryChange): Promise<void>
  forgetStack(stack: string): Promise<void>
  /** The same, but for a suspension: a stack that is destroyed by hand is not to come back from its file while it is suspended. */
  forgetMemory(stack: string): Promise<void>
  suspend(stack: string, suspended: boolean): Promise<void>
  close(): Promise<void>
}

const keptEvents = 10_000

/** A stack of which nothing is remembered. */
export const nothingKnown: Omit<StackMemory, 'stack'> = {
  source: '',
  files: [],
  appliedHash: null,
  applied: null,
  attempted: null,
  attemptedHash: null,
  appliedAt: null,
  rejected: null,
  suspended: false,
  settings: {},
  onRoot: true,
}

/** Opens the store; undefined for a reader where the instance has no records. Raises `redis-unreachable` (refused). */
export async function openWatchStore(options: {
  readonly host: Host
  readonly paths: Paths
  readonly url?: string
  readonly mode: 'read' | 'write'
  /** A reader of what only a server has: it starts the instance's own one, where objects exist. */
  readonly starts?: boolean
}): Promise<WatchStore | undefined> {
  const { host, paths, url, mode, starts } = options
  const redis = await (url !== undefined
    ? connect(url)
    : mode === 'write'
      ? connectEmbedded(host, paths)
      : starts
        ? connectForReading(host, paths)
        : connectRunning(host, paths))
  return redis && new RedisWatchStore(host, redis, await instanceKeys(host, paths), paths)
}

/** What cannot be used there is as good as lost; `heropods refresh` takes it away. */
class RedisWatchStore implements WatchStore {
  constructor(
    private readonly host: Host,
    private readonly redis: Redis,
    private readonly keys: InstanceKeys,
    private readonly paths: Paths,
  ) {}

  async publish(event: NewEvent): Promise<HostEvent> {
    const time = new Date().toISOString()
    const text = JSON.stringify({ ...event, time })
    const id = await this.ask((redis) => redis.xadd(this.keys.events, 'MAXLEN', '~', keptEvents, '*', 'event', text))
    return { ...event, time, id: id ?? '' }
  }

  async events({ after, limit = 100, blockMs }: Parameters<WatchStore['events']>[0] = {}) {
    const key = this.keys.events
    if (after === undefined)
      return (await this.look((redis) => redis.xrevrange(key, '+', '-', 'COUNT', limit), [])).map(readEntry).reverse()
    const found =
      blockMs === undefined
        ? await this.look((redis) => redis.xread('COUNT', limit, 'STREAMS', key, after), null)
        : await this.ask((redis) => redis.xread('COUNT', limit, 'BLOCK', blockMs, 'STREAMS', key, after))
    return (found?.[0]?.[1] ?? []).map(readEntry)
  }

  async saveStatus(status: WatchStatus): Promise<void> {
    await this.ask((redis) => redis.set(this.keys.status, JSON.stringify(status)))
  }

  async forgetStatus(): Promise<void> {
    await this.ask((redis) => redis.del(this.keys.status))
  }

  async status(): Promise<WatchStatus | undefined> {
    const text = await this.look((redis) => redis.get(this.keys.status), null)
    return text === null ? undefined : (parseAs(watchStatus, text).value as WatchStatus | undefined)
  }

  async memories(): Promise<ReadonlyMap<string, StackMemory>> {
    const [fields, inRedis, onDisk] = await Promise.all([
      this.look((redis) => redis.hgetall(this.keys.stacks), {} as Record<string, string>),
      this.look((redis) => redis.smembers(this.keys.suspended), []),
      suspendedOnDisk(this.host, this.paths),
    ])
    const suspended = new Set([...inRedis.filter(isStackName), ...onDisk])
    const found = new Map<string, StackMemory>()
    for (const [field, text] of Object.entries(fields)) {
      const { problem, value } = parseAs(memoryField(field), text)
      if (problem !== undefined) continue
      const [stack = '', name = ''] = field.split('/')
      const known = found.get(stack) ?? { ...nothingKnown, stack, suspended: suspended.has(stack) }
      found.set(stack, { ...known, [name]: value })
    }
    for (const stack of suspended) if (!found.has(stack)) found.set(stack, { ...nothingKnown, stack, suspended: true })
    return found
  }

  async remember(stack: string, change: MemoryChange): Promise<void> {
    const fields = Object.entries(change).flatMap(([name, value]) => [`${stack}/${name}`, JSON.stringify(value)])
    if (fields.length > 0) await this.ask((redis) => redis.hset(this.keys.stacks, ...fields))
  }

  async forgetStack(stack: string): Promise<void> {
    await this.forgetMemory(stack)
    await this.suspend(stack, false)
  }

  async forgetMemory(stack: string): Promise<void> {
    const fields = Object.keys(nothingKnown).map((name) => `${stack}/${name}`)
    await this.ask((redis) => redis.hdel(this.keys.stacks, ...fields))
  }

  async suspend(stack: string, suspended: boolean): Promise<void> {
    // Killed in between it is suspended still.
    if (suspended) await keepSuspended(this.host, this.paths, stack)
    if (suspended) await this.ask((redis) => redis.sadd(this.keys.suspended, stack))
    else await this.look((redis) => redis.srem(this.keys.suspended, stack), 0)
    if (!suspended) await forgetSuspended(this.host, this.paths, stack)
  }

  async close(): Promise<void> {
    this.redis.disconnect()
  }

  /** A key of another type holds nothing of ours. */
  private look<T>(act: (redis: Redis) => Promise<T>, nothing: T): Promise<T> {
    return this.ask((redis) =>
      act(redis).catch((error: unknown) => {
        if (error instanceof Error && error.message.includes('WRONGTYPE')) return nothing
        throw error
      }),
    )
  }

  private async ask<T>(act: (redis: Redis) => Promise<T>): Promise<T> {
    try {
      return await act(this.redis)
    } catch (error) {
      throw failed(error, 'events and what watch keeps')
    }
  }
}

/** What someone else wrote there is told as that: whoever follows goes on behind it. */
function readEntry([id, fields]: [id: string, fields: string[]]): HostEvent {
  const { problem, value } = parseAs(storedEvent, fields[1] ?? '')
  if (problem === undefined) return { ...(value as Omit<HostEvent, 'id'>), id }
  const time = new Date(Number(id.split('-')[0])).toISOString()
  return { id, time, type: 'watch.started', level: 'warning', reason: 'Unreadable', message: 'No event of ours.' }
}
