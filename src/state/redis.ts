import type { ChainableCommander, Redis } from 'ioredis'
import { type Diagnostic, type HeroPodsError, refuse } from '../errors.ts'
import type { Paths } from '../paths.ts'
import type { Address } from '../providers/provider.ts'
import type { Plan, StepId } from '../reconciler/plan-types.ts'
import { connect, failed } from './connection.ts'
import { connectEmbedded, connectForReading, hasData } from './embedded.ts'
import { emptyState, readOnly } from './empty-state.ts'
import { droppingWrites, readHistory, readRecords, recordWrites, type Write } from './history-records.ts'
import { type InstanceKeys, instanceKeys, instancesKey } from './keys.ts'
import { serverNotices } from './server-notices.ts'
import type { Generation, History, InventoryRecord, Lease, Recorded, State, StateSnapshot } from './state.ts'
import { endLease, leaseTime, takeLease, type WriterLease, writeFenced } from './writer-lease.ts'

export interface StateOptions {
  readonly paths: Paths
  /** `redis://`, `rediss://` or `unix://`; default: the instance's own server. */
  readonly url?: string
  readonly mode: 'read' | 'write'
  /** Takes what is worth a warning; without it nobody asks. */
  readonly onNotice?: (notice: Diagnostic) => void
}

const keptGenerations = 100

/** The records of an instance. A reader on a host that has none gets an empty record; nothing is made or started for it. */
export async function openState(options: StateOptions): Promise<State> {
  const { paths, url, mode, onNotice } = options
  const keys = instanceKeys(paths.instance, paths.id)
  const look = async (redis: Redis) => {
    if (url !== undefined && onNotice) for (const one of await serverNotices(redis)) onNotice(one)
  }
  if (mode === 'read') {
    const redis = await (url === undefined ? connectForReading(paths) : connect(url))
    if (redis) await look(redis)
    return redis ? new RedisState(redis, keys, paths, undefined) : emptyState
  }
  const redis = await open(paths, url)
  try {
    const lease = await takeLease(redis, keys, paths, url === undefined)
    await look(redis)
    return new RedisState(redis, keys, paths, lease)
  } catch (error) {
    redis.disconnect()
    throw refuse(failed(error, 'taking the lease of the writer').diagnostics)
  }
}

const open = (paths: Paths, url: string | undefined): Promise<Redis> =>
  url === undefined ? connectEmbedded(paths) : connect(url)

/** Runs one short task on a connection of its own. */
async function during<T>(
  { paths, url }: Pick<StateOptions, 'paths' | 'url'>,
  doing: string,
  act: (redis: Redis, keys: InstanceKeys) => Promise<T>,
): Promise<T> {
  const redis = await open(paths, url)
  try {
    return await act(redis, instanceKeys(paths.instance, paths.id))
  } catch (error) {
    throw failed(error, doing)
  } finally {
    redis.disconnect()
  }
}

/** Ends a writer's lease whose writer has died; the caller has seen that the host's lock is free. */
export async function clearLease(options: Pick<StateOptions, 'paths' | 'url'>): Promise<boolean> {
  if (options.url === undefined && !(await hasData(options.paths))) return false
  return during(options, 'ending a lease', async (redis, keys) => (await redis.del(keys.writer)) > 0)
}

/** Erases everything an instance has in Redis. */
export async function eraseState(options: Pick<StateOptions, 'paths' | 'url'>): Promise<void> {
  if (options.url === undefined && !(await hasData(options.paths))) return
  await during(options, 'erasing the records', async (redis, keys) => {
    await redis.del(...Object.values(keys).filter((key) => !key.endsWith('*')))
    await redis.hdel(instancesKey, options.paths.instance)
  })
}

const told = <T>(answer: Promise<T>): Promise<T> =>
  answer.catch((error: unknown) => {
    throw failed(error, 'reading the records')
  })

class RedisState implements State {
  private readonly renewal: NodeJS.Timeout | undefined
  private failure: HeroPodsError | undefined
  /** All that this writer has written: a server that was emptied meanwhile gets it again. */
  private readonly written: Write[] = []
  private begun: Generation | undefined

  constructor(
    private readonly redis: Redis,
    private readonly keys: InstanceKeys,
    private readonly paths: Paths,
    private readonly lease: WriterLease | undefined,
  ) {
    this.renewal =
      lease === undefined
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
      if (error) throw failed(error, 'reading the records')
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
    this.begun = { generation, ...info, result: 'started' }
    await this.write([
      ['SET', number, generation],
      ['DEL', pending],
      ['HSET', generations, generation, JSON.stringify(this.begun)],
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

  async finish(
    generation: number,
    result: Generation['result'],
    { recorded, failures }: { readonly recorded?: Recorded; readonly failures?: Generation['failures'] } = {},
  ): Promise<void> {
    const begun = this.begun?.generation === generation ? this.begun : await this.earlier(generation)
    const ended = begun && { ...begun, result, ...(failures && failures.length > 0 && { failures }) }
    await this.write([
      ...(ended ? [['HSET', this.keys.generations, generation, JSON.stringify(ended)]] : []),
      ['DEL', this.keys.pending],
      ...(recorded ? recordWrites(this.keys, generation, recorded) : []),
    ])
  }

  /** A generation that another run began, as one that turns out to be bad. */
  private async earlier(generation: number): Promise<Generation | undefined> {
    const text = await told(this.redis.hget(this.keys.generations, String(generation)))
    return text === null ? undefined : (JSON.parse(text) as Generation)
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
    if (this.redis.status === 'ready' && this.lease !== undefined) await endLease(this.redis, this.keys, this.lease)
    this.redis.disconnect()
  }

  private async write(commands: readonly Write[]): Promise<void> {
    if (this.lease === undefined) return readOnly()
    // A server that failed once is not waited for again and again.
    if (this.failure !== undefined) throw this.failure
    try {
      const outcome = await writeFenced(this.redis, this.keys, this.lease, commands)
      if (outcome === 'again') await writeFenced(this.redis, this.keys, this.lease, [...this.written, ...commands])
      this.written.push(...commands)
    } catch (cause) {
      const error = failed(cause, 'writing the records')
      if (['redis-timeout', 'redis-lost'].includes(error.diagnostics[0]?.code ?? '')) {
        this.failure = error
        this.redis.disconnect()
      }
      throw error
    }
  }
}
