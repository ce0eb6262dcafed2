import type { Redis } from 'ioredis'
import type { Paths } from '../../host/files/paths.ts'
import type { Host } from '../../host/host.ts'
import type { Address } from '../../model/address.ts'
import type { Diagnostic, HeroPodsError } from '../../model/errors.ts'
import type { Generation, HistoryChange } from '../../model/generation.ts'
import type { Lease } from '../../model/lease.ts'
import { isStepId, type Plan, type StepId } from '../../model/plan.ts'
import { findKept, keepCopy, keepPlan, readCopy, readPlanCopy, restoringWrites } from '../copy.ts'
import { readOnly } from '../empty-state.ts'
import { droppingWrites, recordWrites, type Write } from '../history-records.ts'
import { RecordReader } from '../record-reader.ts'
import type { InventoryRecord, State, StateSnapshot } from '../state.ts'
import { failed } from './connection.ts'
import { type InstanceKeys, instancesKey } from './keys.ts'
import { damagedNotice, RedisSource } from './redis-source.ts'
import { repairRedis } from './repair-redis.ts'
import { endLease, leaseTime, type WriterLease, writeFenced } from './writer-lease.ts'

const keptGenerations = 100

/** The records of an instance in Redis; `lease`: those of its only writer. */
export class RedisState implements State {
  private readonly renewal: NodeJS.Timeout | undefined
  private failure: HeroPodsError | undefined
  /** All that this writer has written: a server that was emptied meanwhile gets it again. */
  private readonly written: Write[] = []
  private begun: Generation | undefined
  private readonly source: RedisSource
  private readonly reader: RecordReader

  constructor(
    private readonly host: Host,
    private readonly redis: Redis,
    private readonly keys: InstanceKeys,
    private readonly paths: Paths,
    private readonly lease: WriterLease | undefined,
    private readonly onNotice: (notice: Diagnostic) => void,
  ) {
    this.renewal =
      lease === undefined
        ? undefined
        : setInterval(() => void this.write([]).catch(() => undefined), leaseTime / 3).unref()
    this.source = new RedisSource(host, redis, keys, paths, onNotice)
    this.reader = new RecordReader(this.source, ({ hash, field, problem }) =>
      onNotice(damagedNotice(`${keys[hash]} ${field}`, problem)),
    )
  }

  /** Brings back what the server has lost and the copy on disk still has. */
  async restore(): Promise<void> {
    const copy = await readCopy(this.host, this.paths)
    if (copy === undefined) return
    const writes = restoringWrites(this.keys, copy, await told(findKept(this.redis, this.keys)))
    if (writes.length === 0) return
    await this.write(writes)
    this.onNotice({
      code: 'records-restored',
      message: `Redis had lost records of this instance: they were taken from their copy on disk, up to generation ${copy.generation}.`,
      hint: 'Earlier events and what `watch` had rejected are lost; `heropods refresh` records the objects that exist.',
    })
  }

  async read(): Promise<StateSnapshot> {
    const looking = [
      this.source.generation(),
      this.source.pending(),
      this.source.hashes(['inventory', 'leases']),
    ] as const
    const [generation, pending, { inventory = {}, leases = {} }] = await told(Promise.all(looking))
    return {
      inventory: this.reader.inventoryOf(inventory),
      leases: this.reader.leasesOf(leases),
      generation,
      pending: pending.filter(isStepId).sort(),
    }
  }

  async begin(info: Omit<Generation, 'generation' | 'result'>, plan: Plan, recorded: HistoryChange): Promise<number> {
    const { generation: number, generations, pending, plans } = this.keys
    const generation = (await told(this.source.generation())) + 1
    const dropped = generation - keptGenerations
    const planned = JSON.stringify(plan)
    this.begun = { generation, ...info, result: 'started' }
    await this.write([
      ['SET', number, generation],
      ['DEL', pending],
      ['HSET', generations, generation, JSON.stringify(this.begun)],
      ['HSET', plans, generation, planned],
      ...(await told(droppingWrites(this.redis, this.keys, dropped))),
      ...recordWrites(this.keys, generation, recorded),
      [
        'HSET',
        instancesKey,
        this.paths.instance,
        JSON.stringify({ name: this.paths.instance, base_dir: this.paths.data, id: this.paths.id }),
      ],
    ])
    await this.copying(() => keepPlan(this.host, this.paths, generation, planned, dropped))
    await this.keepCopy()
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
      forget.some((container) => field.startsWith(`${container} `)),
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
    { recorded, failures }: { readonly recorded?: HistoryChange; readonly failures?: Generation['failures'] } = {},
  ): Promise<void> {
    // Another run may have begun it, as one that turns out to be bad.
    const begun =
      this.begun?.generation === generation
        ? this.begun
        : (await this.generations()).find((one) => one.generation === generation)
    const ended = begun && { ...begun, result, ...(failures && failures.length > 0 && { failures }) }
    await this.write([
      ...(ended ? [['HSET', this.keys.generations, generation, JSON.stringify(ended)]] : []),
      ['DEL', this.keys.pending],
      ...(recorded ? recordWrites(this.keys, generation, recorded) : []),
    ])
    await this.keepCopy()
  }

  settle(): Promise<void> {
    return this.write([['DEL', this.keys.pending]])
  }

  generations = () => told(this.reader.generations())
  records = (stacks: readonly string[]) => told(this.reader.records(stacks))
  history = () => told(this.reader.history())
  sealed = () => told(this.reader.sealed())

  async plan(generation: number): Promise<Plan | undefined> {
    return (await told(this.reader.plan(generation))) ?? (await readPlanCopy<Plan>(this.host, this.paths, generation))
  }

  async repair(opens: (name: string, sealed: string) => boolean): Promise<readonly string[]> {
    const records = { host: this.host, redis: this.redis, keys: this.keys, paths: this.paths, opens }
    const found = await told(repairRedis(records, (writes) => this.write(writes)))
    if (found.length > 0) await this.restore()
    return found
  }

  keepCopy(): Promise<void> {
    return this.copying(async () =>
      keepCopy(this.host, this.redis, this.keys, this.paths, await this.source.generation()),
    )
  }

  touched(): boolean {
    return this.written.length > 0
  }

  async close(): Promise<void> {
    clearInterval(this.renewal)
    if (this.redis.status === 'ready' && this.lease !== undefined) await endLease(this.redis, this.keys, this.lease)
    this.redis.disconnect()
  }

  /** What was applied counts, whether or not it can be copied. */
  private async copying(copy: () => Promise<void>): Promise<void> {
    try {
      await copy()
    } catch (error) {
      this.onNotice({
        code: 'records-not-copied',
        message: `The copy of the records on disk could not be written: ${error instanceof Error ? error.message : error}`,
        hint: 'The next apply writes it again. Until then an emptied Redis loses what this one did.',
      })
    }
  }

  private async write(commands: readonly Write[]): Promise<void> {
    if (this.lease === undefined) return readOnly()
    // A server that failed once is not waited for again and again.
    if (this.failure !== undefined) throw this.failure
    try {
      const outcome = await writeFenced(this.redis, this.keys, this.lease, commands)
      if (outcome === 'again') {
        const copy = await readCopy(this.host, this.paths)
        const lost = copy ? restoringWrites(this.keys, copy, { generation: null, sizes: undefined }) : []
        await writeFenced(this.redis, this.keys, this.lease, [...lost, ...this.written, ...commands])
      }
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

const told = <T>(answer: Promise<T>): Promise<T> =>
  answer.catch((error: unknown) => {
    throw failed(error, 'reading the records')
  })
