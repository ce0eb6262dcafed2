import type { ChainableCommander, Redis } from 'ioredis'
import { HeroPodsError } from '../errors.ts'
import type { Paths } from '../paths.ts'
import type { Address } from '../providers/provider.ts'
import type { Plan, StepId } from '../reconciler/plan-types.ts'
import { connect } from './connection.ts'
import { connectEmbedded, connectForReading, hasData } from './embedded.ts'
import { emptyState, readOnly } from './empty-state.ts'
import { droppingWrites, readHistory, readRecords, recordWrites, type Write } from './history-records.ts'
import { type InstanceKeys, instanceKeys, instancesKey } from './keys.ts'
import type { Generation, History, InventoryRecord, Lease, Recorded, State, StateSnapshot } from './state.ts'

export interface StateOptions {
  readonly paths: Paths
  /** `redis://`, `rediss://` or `unix://`; default: the instance's own server. */
  readonly url?: string
  readonly mode: 'read' | 'write'
}

const keptGenerations = 100
/** Longer than any pause of a living writer, short enough to wait for after a crash of another host. Milliseconds. */
const leaseTime = 30_000

/** The records of an instance. A reader on a host that has none gets an empty record; nothing is made or started for it. */
export async function openState(options: StateOptions): Promise<State> {
  const { paths, url, mode } = options
  const keys = instanceKeys(paths.instance, paths.id)
  if (mode === 'read') {
    const redis = await (url === undefined ? connectForReading(paths) : connect(url))
    return redis ? new RedisState(redis, keys, paths, undefined) : emptyState
  }
  const redis = await open(paths, url)
  const token = await takeWriterLease(redis, keys, url === undefined)
  return new RedisState(redis, keys, paths, token)
}

const open = (paths: Paths, url: string | undefined): Promise<Redis> =>
  url === undefined ? connectEmbedded(paths) : connect(url)

/** Ends a writer's lease whose writer has died; the caller has seen that the host's lock is free. */
export async function clearLease({ paths, url }: Pick<StateOptions, 'paths' | 'url'>): Promise<boolean> {
  if (url === undefined && !(await hasData(paths))) return false
  const redis = await open(paths, url)
  const removed = await redis.del(instanceKeys(paths.instance, paths.id).writer)
  redis.disconnect()
  return removed > 0
}

/** Erases everything an instance has in Redis. */
export async function eraseState({ paths, url }: Pick<StateOptions, 'paths' | 'url'>): Promise<void> {
  if (url === undefined && !(await hasData(paths))) return
  const redis = await open(paths, url)
  const keys = Object.values(instanceKeys(paths.instance, paths.id)).filter((key) => !key.endsWith('*'))
  await redis.del(...keys)
  await redis.hdel(instancesKey, paths.instance)
  redis.disconnect()
}

const told = <T>(answer: Promise<T>): Promise<T> =>
  answer.catch((error: unknown) => {
    throw lost(error)
  })

const lost = (cause: unknown): HeroPodsError =>
  new HeroPodsError(
    {
      code: 'redis-lost',
      message: `Redis was lost meanwhile: ${cause instanceof Error ? cause.message.replace(/\.$/, '') : cause}.`,
      hint: 'Run the command again: what was done is found on the host, and its records are made anew.',
      retryable: true,
    },
    { cause },
  )

/** The host's flock has decided already; with a shared server the lease keeps writers of other hosts' clones out as well. */
async function takeWriterLease(redis: Redis, keys: InstanceKeys, exclusiveServer: boolean): Promise<string> {
  const token = String(await redis.incr(keys.fence))
  const taken = exclusiveServer
    ? await redis.set(keys.writer, token, 'PX', leaseTime)
    : await redis.set(keys.writer, token, 'PX', leaseTime, 'NX')
  if (taken === 'OK') return token
  redis.disconnect()
  throw new HeroPodsError(
    {
      code: 'lock-held',
      message: 'Another writer holds the records of this instance in Redis.',
      hint: `It ends by itself ${leaseTime / 1000} s after its writer has died; \`heropods unlock\` ends it at once.`,
      retryable: true,
    },
    { refused: true },
  )
}

/** Compares the writer's token and runs the writes, as one: a writer that lost its lease changes nothing any more. */
const fencedScript = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return redis.error_reply('FENCED') end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
local writes = cjson.decode(ARGV[3])
for _, write in ipairs(writes) do redis.call(unpack(write)) end
return 'OK'`

const endLease = `if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end`

class RedisState implements State {
  private readonly renewal: NodeJS.Timeout | undefined

  constructor(
    private readonly redis: Redis,
    private readonly keys: InstanceKeys,
    private readonly paths: Paths,
    private readonly token: string | undefined,
  ) {
    this.renewal =
      token === undefined
        ? undefined
        : setInterval(() => void this.write([]).catch(() => undefined), leaseTime / 3).unref()
  }

  async read(): Promise<StateSnapshot> {
    const { inventory, leases, generation, pending } = this.keys
    const pipeline: ChainableCommander = this.redis
      .pipeline()
      .hvals(inventory)
      .hvals(leases)
      .get(generation)
      .smembers(pending)
    const answers = (await told(pipeline.exec())) ?? []
    const [records, held, number, open] = answers.map(([error, value]) => {
      if (error) throw error
      return value
    })
    const parsed = (records as string[]).map((text) => JSON.parse(text) as InventoryRecord)
    return {
      inventory: new Map(parsed.map((record) => [record.address, record])),
      leases: (held as string[]).map((text) => JSON.parse(text) as Lease),
      generation: Number(number ?? 0),
      pending: (open as StepId[]).sort(),
    }
  }

  async begin(info: Omit<Generation, 'generation' | 'result'>, plan: Plan, recorded: Recorded): Promise<number> {
    const { generation: number, generations, pending, plans } = this.keys
    const generation = Number((await told(this.redis.get(number))) ?? 0) + 1
    await this.write([
      ['SET', number, generation],
      ['DEL', pending],
      ['HSET', generations, generation, JSON.stringify({ generation, ...info, result: 'started' })],
      ['HSET', plans, generation, JSON.stringify(plan)],
      ...(await told(droppingWrites(this.redis, this.keys, generation - keptGenerations))),
      ...recordWrites(this.keys, generation, recorded),
      [
        'HSET',
        instancesKey,
        this.paths.instance,
        JSON.stringify({ name: this.paths.instance, base_dir: this.paths.data, id: this.paths.id }),
      ],
    ])
    return generation
  }

  intend(steps: readonly StepId[]): Promise<void> {
    return this.write([['SADD', this.keys.pending, ...steps]])
  }

  complete(step: StepId, record: InventoryRecord | undefined): Promise<void> {
    const address = step.slice(0, step.lastIndexOf(':'))
    const recorded = record
      ? ['HSET', this.keys.inventory, address, JSON.stringify(record)]
      : ['HDEL', this.keys.inventory, address]
    return this.write([recorded, ['SREM', this.keys.pending, step]])
  }

  async saveLeases(leases: readonly Lease[], forget: readonly Address[]): Promise<void> {
    const fields = (await told(this.redis.hkeys(this.keys.leases))).filter((field) =>
      forget.includes(field.split(' ')[0] as Address),
    )
    const kept = leases.flatMap((lease) => [`${lease.container} ${lease.network}`, JSON.stringify(lease)])
    await this.write([
      ...(fields.length > 0 ? [['HDEL', this.keys.leases, ...fields]] : []),
      ...(kept.length > 0 ? [['HSET', this.keys.leases, ...kept]] : []),
    ])
  }

  async forget(addresses: readonly Address[]): Promise<void> {
    if (addresses.length > 0) await this.write([['HDEL', this.keys.inventory, ...addresses]])
  }

  async finish(generation: number, result: Generation['result'], recorded?: Recorded): Promise<void> {
    const text = await told(this.redis.hget(this.keys.generations, String(generation)))
    const record = { ...(JSON.parse(text ?? '{}') as object), result }
    await this.write([
      ['HSET', this.keys.generations, generation, JSON.stringify(record)],
      ['DEL', this.keys.pending],
      ...(recorded ? recordWrites(this.keys, generation, recorded) : []),
    ])
  }

  settle(): Promise<void> {
    return this.write([['DEL', this.keys.pending]])
  }

  async generations(): Promise<readonly Generation[]> {
    const texts = await told(this.redis.hvals(this.keys.generations))
    return texts.map((text) => JSON.parse(text) as Generation).sort((left, right) => left.generation - right.generation)
  }

  async plan(generation: number): Promise<Plan | undefined> {
    const text = await told(this.redis.hget(this.keys.plans, String(generation)))
    return text === null ? undefined : (JSON.parse(text) as Plan)
  }

  records(stacks: readonly string[]) {
    return told(readRecords(this.redis, this.keys, stacks))
  }

  history(): Promise<History> {
    return told(readHistory(this.redis, this.keys))
  }

  async sealed(): Promise<ReadonlyMap<string, string>> {
    return new Map(Object.entries(await told(this.redis.hgetall(this.keys.sealed))))
  }

  async close(): Promise<void> {
    clearInterval(this.renewal)
    // Where the server is gone, so is the lease; it would end by itself too.
    if (this.redis.status === 'ready' && this.token !== undefined)
      await this.redis.eval(endLease, 1, this.keys.writer, this.token).catch(() => undefined)
    this.redis.disconnect()
  }

  private async write(commands: readonly Write[]): Promise<void> {
    if (this.token === undefined) return readOnly()
    try {
      await this.redis.eval(
        fencedScript,
        1,
        this.keys.writer,
        this.token,
        leaseTime,
        JSON.stringify(commands.map((one) => one.map(String))),
      )
    } catch (error) {
      if (!String(error).includes('FENCED')) throw lost(error)
      throw new HeroPodsError({
        code: 'fenced',
        message: 'Another writer has taken over the records of this instance.',
        hint: 'Run the command again.',
        retryable: true,
      })
    }
  }
}
