import type { Reconcile } from '../generated/stack-file.ts'
import type { Paths } from '../host/files/paths.ts'
import type { Host } from '../host/host.ts'
import type { InstanceEvent, NewEvent } from '../model/event.ts'
import type { Commit } from '../model/generation.ts'
import type { WatchStatus } from '../model/status.ts'
import { parseAs } from '../model/values/shape.ts'
import type { Fields } from './record-reader.ts'
import { connect, connectionError } from './redis/connection.ts'
import { connectEmbedded, connectForReading, connectRunning } from './redis/embedded.ts'
import type { Redis } from './redis/ioredis.ts'
import { type InstanceKeys, instanceKeys } from './redis/keys.ts'
import { isStackName, recordSuspension, removeSuspension, type Suspension, suspensionsOnDisk } from './suspensions.ts'
import { storedEvent, watchRecordField, watchStatus } from './watch-shapes.ts'

/** A revision of the files that is not applied again until they change: it failed, or a user rolled it back. */
export interface RejectedRevision {
  readonly hash: string
  /** A CamelCase word; `message` is a sentence. */
  readonly reason: string
  readonly message: string
  /** The generation that attempted it. */
  readonly generation: number
  /** The commit of its files. undefined: they are not from git, or an earlier version has recorded it. */
  readonly commit?: Commit
  /** True if the generation before it is applied again. */
  readonly restored: boolean
}

/** The state of one stack of `heropods watch` that must survive a restart of watch. */
export interface WatchRecord {
  readonly stack: string
  /** The folder or repository of the stack; `files` are its files there. */
  readonly source: string
  readonly files: readonly string[]
  /** Hash of the last revision that was applied and became healthy, with its generation and the time. On disk: see `storedNames`. */
  readonly verifiedHash: string | null
  readonly verifiedGeneration: number | null
  /** The last generation that was attempted; `attemptedHash` is the hash of its revision. */
  readonly attempted: number | null
  readonly attemptedHash: string | null
  readonly verifiedAt: string | null
  readonly rejected: RejectedRevision | null
  /** Only `WatchStore.suspend` changes this field. */
  readonly suspended: boolean
  /** undefined: it is not suspended, or an earlier version has suspended it. */
  readonly suspension?: Suspension
  /** The last valid settings of its file. They apply while the file is invalid or missing. */
  readonly settings: Reconcile
  /** True if its folder was on the device of the root file system. If not, a folder there now is another one (the mount is missing). */
  readonly onRoot: boolean
}

export type WatchRecordChange = Partial<Omit<WatchRecord, 'stack' | 'suspended' | 'suspension'>>

/** Events, status and watch records of an instance. Writing them needs no lock. */
export interface WatchStore {
  /** `replaces`: the ID of an earlier event that is deleted then. */
  publish(event: NewEvent, replaces?: string): Promise<InstanceEvent>
  /** The events after an ID, oldest first; without an ID the newest `limit` (default 100). `blockMs`: the longest wait for a new event. */
  events(options?: {
    readonly after?: string
    readonly limit?: number
    readonly blockMs?: number
  }): Promise<readonly InstanceEvent[]>
  saveStatus(status: WatchStatus): Promise<void>
  deleteStatus(): Promise<void>
  status(): Promise<WatchStatus | undefined>
  watchRecords(): Promise<ReadonlyMap<string, WatchRecord>>
  /** Writes only these fields, so that other fields can be written at the same time. */
  updateRecord(stack: string, change: WatchRecordChange): Promise<void>
  /** Deletes all records of a stack. */
  deleteStack(stack: string): Promise<void>
  /** Deletes the record of a stack, but not its suspension: a suspended stack that a user has destroyed must not be created again. */
  deleteRecord(stack: string): Promise<void>
  /** `about`: default that of an earlier suspension. */
  suspend(stack: string, suspended: boolean, about?: Suspension): Promise<void>
  close(): Promise<void>
}

const eventLimit = 10_000

/** The record of a new stack. */
export const emptyWatchRecord: Omit<WatchRecord, 'stack'> = {
  source: '',
  files: [],
  verifiedHash: null,
  verifiedGeneration: null,
  attempted: null,
  attemptedHash: null,
  verifiedAt: null,
  rejected: null,
  suspended: false,
  settings: {},
  onRoot: true,
}

/** Names of fields in Redis that differ from those in the code: the first version of the format called a verified revision applied. */
const storedNames: Readonly<Record<string, string>> = {
  verifiedHash: 'appliedHash',
  verifiedGeneration: 'applied',
  verifiedAt: 'appliedAt',
} satisfies Partial<Record<keyof WatchRecord, string>>

const namesInCode = new Map(Object.entries(storedNames).map(([name, stored]) => [stored, name]))

const storedField = (stack: string, name: string): string => `${stack}/${storedNames[name] ?? name}`

/** Opens the store; undefined for a reader of an instance without records. Raises `redis-unreachable` (refused). */
export async function openWatchStore(options: {
  readonly host: Host
  readonly paths: Paths
  readonly url?: string
  readonly mode: 'read' | 'write'
  /** For a reader: start the instance's own server if the instance has objects. */
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

/** Invalid values count as missing; `heropods refresh` removes them. */
class RedisWatchStore implements WatchStore {
  constructor(
    private readonly host: Host,
    private readonly redis: Redis,
    private readonly keys: InstanceKeys,
    private readonly paths: Paths,
  ) {}

  async publish(event: NewEvent, replaces?: string): Promise<InstanceEvent> {
    const time = new Date().toISOString()
    const text = JSON.stringify({ ...event, time })
    const id = await this.run((redis) => redis.xadd(this.keys.events, 'MAXLEN', '~', eventLimit, '*', 'event', text))
    if (replaces !== undefined) await this.run((redis) => redis.xdel(this.keys.events, replaces))
    return { ...event, time, id: id ?? '' }
  }

  async events({ after, limit = 100, blockMs }: Parameters<WatchStore['events']>[0] = {}) {
    const key = this.keys.events
    if (after === undefined)
      return (await this.readOr((redis) => redis.xrevrange(key, '+', '-', 'COUNT', limit), [])).map(readEntry).reverse()
    const found =
      blockMs === undefined
        ? await this.readOr((redis) => redis.xread('COUNT', limit, 'STREAMS', key, after), null)
        : await this.run((redis) => redis.xread('COUNT', limit, 'BLOCK', blockMs, 'STREAMS', key, after))
    return (found?.[0]?.[1] ?? []).map(readEntry)
  }

  async saveStatus(status: WatchStatus): Promise<void> {
    await this.run((redis) => redis.set(this.keys.status, JSON.stringify(status)))
  }

  async deleteStatus(): Promise<void> {
    await this.run((redis) => redis.del(this.keys.status))
  }

  async status(): Promise<WatchStatus | undefined> {
    const text = await this.readOr((redis) => redis.get(this.keys.status), null)
    return text === null ? undefined : parseAs(watchStatus, text).value
  }

  async watchRecords(): Promise<ReadonlyMap<string, WatchRecord>> {
    const [fields, inRedis, onDisk] = await Promise.all([
      this.readOr<Fields>((redis) => redis.hgetall(this.keys.stacks), {}),
      this.readOr((redis) => redis.smembers(this.keys.suspended), []),
      suspensionsOnDisk(this.host, this.paths),
    ])
    const suspended = new Set([...inRedis.filter(isStackName), ...onDisk.keys()])
    const found = new Map<string, WatchRecord>()
    const newRecord = (stack: string): WatchRecord => {
      const suspension = onDisk.get(stack)
      return { ...emptyWatchRecord, stack, suspended: suspended.has(stack), ...(suspension && { suspension }) }
    }
    for (const [field, text] of Object.entries(fields)) {
      const { problem, value } = parseAs(watchRecordField(field), text)
      if (problem !== undefined) continue
      const [stack = '', name = ''] = field.split('/')
      const known = found.get(stack) ?? newRecord(stack)
      found.set(stack, { ...known, [namesInCode.get(name) ?? name]: value })
    }
    for (const stack of suspended) if (!found.has(stack)) found.set(stack, newRecord(stack))
    return found
  }

  async updateRecord(stack: string, change: WatchRecordChange): Promise<void> {
    const fields = Object.entries(change).flatMap(([name, value]) => [storedField(stack, name), JSON.stringify(value)])
    if (fields.length > 0) await this.run((redis) => redis.hset(this.keys.stacks, ...fields))
  }

  async deleteStack(stack: string): Promise<void> {
    await this.deleteRecord(stack)
    await this.suspend(stack, false)
  }

  async deleteRecord(stack: string): Promise<void> {
    const fields = Object.keys(emptyWatchRecord).map((name) => storedField(stack, name))
    await this.run((redis) => redis.hdel(this.keys.stacks, ...fields))
  }

  async suspend(stack: string, suspended: boolean, about?: Suspension): Promise<void> {
    // The file is written first and removed last: after a kill the stack is still suspended.
    if (suspended) await recordSuspension(this.host, this.paths, stack, about)
    if (suspended) await this.run((redis) => redis.sadd(this.keys.suspended, stack))
    else await this.readOr((redis) => redis.srem(this.keys.suspended, stack), 0)
    if (!suspended) await removeSuspension(this.host, this.paths, stack)
  }

  async close(): Promise<void> {
    this.redis.disconnect()
  }

  /** Reads a key. A key of another type counts as missing. */
  private readOr<T>(act: (redis: Redis) => Promise<T>, nothing: T): Promise<T> {
    return this.run((redis) =>
      act(redis).catch((error: unknown) => {
        if (error instanceof Error && error.message.includes('WRONGTYPE')) return nothing
        throw error
      }),
    )
  }

  private async run<T>(act: (redis: Redis) => Promise<T>): Promise<T> {
    try {
      return await act(this.redis)
    } catch (error) {
      throw connectionError(error, 'events and records of watch')
    }
  }
}

/** Parses an entry of the stream. An invalid entry becomes a warning, so that followers continue after it. */
function readEntry([id, fields]: [id: string, fields: string[]]): InstanceEvent {
  const { problem, value } = parseAs(storedEvent, fields[1] ?? '')
  if (problem === undefined) return { ...value, id }
  const time = new Date(Number(id.split('-')[0])).toISOString()
  return {
    id,
    time,
    type: 'watch.started',
    level: 'warning',
    reason: 'Unreadable',
    message: 'The entry is not an event of HeroPods.',
  }
}
