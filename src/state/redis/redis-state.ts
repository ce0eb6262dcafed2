import type { Redis } from 'ioredis'
import { readInstanceSettings } from '../../host/files/instance-settings.ts'
import type { Paths } from '../../host/files/paths.ts'
import type { Host } from '../../host/host.ts'
import { type Diagnostic, type HeroPodsError, messageOf } from '../../model/errors.ts'
import { type Generation, generationHistoryLimit, type HistoryChange } from '../../model/generation.ts'
import type { Lease } from '../../model/lease.ts'
import { isStepId, type Plan, type StepId } from '../../model/plan.ts'
import type { ResourceAddress } from '../../model/resource-address.ts'
import { readCopy, readPlanCopy, readServerContents, restoreCommands, writeCopy, writePlanCopy } from '../copy.ts'
import { rejectWrite } from '../empty-state.ts'
import { dropCommands, type RedisCommand, recordCommands } from '../history-records.ts'
import { RecordReader } from '../record-reader.ts'
import type { RecordsCopy } from '../records-copy.ts'
import type { EndedRun, InventoryRecord, State, StateSnapshot } from '../state.ts'
import { connectionError } from './connection.ts'
import { instanceEntry } from './instance-entry.ts'
import { type InstanceKeys, instancesKey } from './keys.ts'
import { damagedWarning, RedisSource } from './redis-source.ts'
import { repairRedis } from './repair-redis.ts'
import { endLease, leaseTimeMs, type WriterLease, writeFenced } from './writer-lease.ts'

/** The records of an instance in Redis. `lease`: the lease of the writer; undefined for a reader. */
export class RedisState implements State {
  private readonly renewal: NodeJS.Timeout | undefined
  private failure: HeroPodsError | undefined
  /** All commands of this writer. They are repeated if the server was emptied in the meantime. */
  private readonly written: RedisCommand[] = []
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
        : setInterval(() => void this.write([]).catch(() => undefined), leaseTimeMs / 3).unref()
    this.source = new RedisSource(host, redis, keys, paths, onNotice)
    this.reader = new RecordReader(this.source, ({ hash, field, problem }) =>
      onNotice(damagedWarning(`${keys[hash]} ${field}`, problem)),
    )
  }

  /** Restores records that the server has lost from the copy on disk. */
  async restore(): Promise<void> {
    const copy = await this.loadCopy()
    if (copy === undefined) return
    this.onNotice({
      code: 'records-restored',
      message: `Redis had lost records of this instance: they were restored from their copy on disk, up to generation ${copy.generation}.`,
      hint: 'Earlier events and the rejected revisions of `watch` are lost; `heropods refresh` records the objects that exist.',
    })
  }

  async loadCopy(): Promise<RecordsCopy | undefined> {
    const copy = await readCopy(this.host, this.paths)
    if (copy === undefined) return undefined
    const writes = restoreCommands(this.keys, copy, await asReadError(readServerContents(this.redis, this.keys)))
    if (writes.length === 0) return undefined
    await this.write(writes)
    return copy
  }

  async read(): Promise<StateSnapshot> {
    const requests = [
      this.source.generation(),
      this.source.pending(),
      this.source.readHashes(['inventory', 'leases']),
    ] as const
    const [generation, pending, [inventory = {}, leases = {}]] = await asReadError(Promise.all(requests))
    return {
      inventory: this.reader.inventoryOf(inventory),
      leases: this.reader.leasesOf(leases),
      generation,
      pending: pending.filter(isStepId).sort(),
    }
  }

  async begin(info: Omit<Generation, 'generation' | 'result'>, plan: Plan, recorded: HistoryChange): Promise<number> {
    const { generation: number, generations, pending, plans } = this.keys
    const generation = (await asReadError(this.source.generation())) + 1
    const dropped = generation - generationHistoryLimit
    const planned = JSON.stringify(plan)
    this.begun = { generation, ...info, result: 'started' }
    await this.write([
      ['SET', number, generation],
      ['DEL', pending],
      ['HSET', generations, generation, JSON.stringify(this.begun)],
      ['HSET', plans, generation, planned],
      ...(await asReadError(dropCommands(this.redis, this.keys, dropped))),
      ...recordCommands(this.keys, generation, recorded),
      [
        'HSET',
        instancesKey,
        this.paths.instance,
        JSON.stringify(instanceEntry(this.paths, await readInstanceSettings(this.host, this.paths))),
      ],
    ])
    await this.tryCopy(() => writePlanCopy(this.host, this.paths, generation, planned, dropped))
    await this.writeCopy()
    return generation
  }

  markPending(steps: readonly StepId[]): Promise<void> {
    return this.write([['SADD', this.keys.pending, ...steps]])
  }

  markComplete(step: StepId, record: InventoryRecord | undefined): Promise<void> {
    const address = step.slice(0, step.lastIndexOf(':'))
    const recorded = record
      ? ['HSET', this.keys.inventory, address, JSON.stringify(record)]
      : ['HDEL', this.keys.inventory, address]
    return this.write([recorded, ['SREM', this.keys.pending, step]])
  }

  async saveLeases(leases: readonly Lease[], forget: readonly ResourceAddress[]): Promise<void> {
    const fields = (await asReadError(this.redis.hkeys(this.keys.leases))).filter((field) =>
      forget.some((container) => field.startsWith(`${container} `)),
    )
    const added = leases.flatMap((lease) => [`${lease.container} ${lease.network}`, JSON.stringify(lease)])
    await this.write([
      ...(fields.length > 0 ? [['HDEL', this.keys.leases, ...fields]] : []),
      ...(added.length > 0 ? [['HSET', this.keys.leases, ...added]] : []),
    ])
  }

  async forget(addresses: readonly ResourceAddress[]): Promise<void> {
    if (addresses.length > 0) await this.write([['HDEL', this.keys.inventory, ...addresses]])
  }

  async finish(
    generation: number,
    result: Generation['result'],
    { recorded, failures = [], ...details }: EndedRun = {},
  ): Promise<void> {
    // Another run may have started the generation, for example one that fails its verification later.
    const begun =
      this.begun?.generation === generation
        ? this.begun
        : (await this.generations()).find((one) => one.generation === generation)
    const ended = begun && { ...begun, result, ...details, ...(failures.length > 0 && { failures }) }
    await this.write([
      ...(ended ? [['HSET', this.keys.generations, generation, JSON.stringify(ended)]] : []),
      ['DEL', this.keys.pending],
      ...(recorded ? recordCommands(this.keys, generation, recorded) : []),
    ])
    await this.writeCopy()
  }

  clearPending(): Promise<void> {
    return this.write([['DEL', this.keys.pending]])
  }

  generations = () => asReadError(this.reader.generations())
  records = (stacks: readonly string[]) => asReadError(this.reader.records(stacks))
  history = () => asReadError(this.reader.history())
  sealed = () => asReadError(this.reader.sealed())

  async plan(generation: number): Promise<Plan | undefined> {
    return (await asReadError(this.reader.plan(generation))) ?? (await readPlanCopy(this.host, this.paths, generation))
  }

  async repair(canOpen: (name: string, sealed: string) => boolean): Promise<readonly string[]> {
    const context = { host: this.host, redis: this.redis, keys: this.keys, paths: this.paths, canOpen }
    const found = await asReadError(repairRedis(context, (writes) => this.write(writes)))
    if (found.length > 0) await this.restore()
    return found
  }

  writeCopy(): Promise<void> {
    return this.tryCopy(async () =>
      writeCopy(this.host, this.redis, this.keys, this.paths, await this.source.generation()),
    )
  }

  hasWritten(): boolean {
    return this.written.length > 0
  }

  async close(): Promise<void> {
    clearInterval(this.renewal)
    if (this.redis.status === 'ready' && this.lease !== undefined) await endLease(this.redis, this.keys, this.lease)
    this.redis.disconnect()
  }

  /** Runs a copy to disk. A failure is only a warning, because the changes are applied already. */
  private async tryCopy(copy: () => Promise<void>): Promise<void> {
    try {
      await copy()
    } catch (error) {
      this.onNotice({
        code: 'records-not-copied',
        message: `The copy of the records on disk could not be written: ${messageOf(error)}`,
        hint: 'The next apply writes it again. If Redis loses its data before that, the records of this run are lost.',
      })
    }
  }

  private async write(commands: readonly RedisCommand[]): Promise<void> {
    if (this.lease === undefined) return rejectWrite()
    // After the first failure the other writes fail at once, without another timeout.
    if (this.failure !== undefined) throw this.failure
    try {
      const outcome = await writeFenced(this.redis, this.keys, this.lease, commands)
      if (outcome === 'lease-retaken') {
        const copy = await readCopy(this.host, this.paths)
        const lost = copy ? restoreCommands(this.keys, copy, { generation: null, sizes: undefined }) : []
        await writeFenced(this.redis, this.keys, this.lease, [...lost, ...this.written, ...commands])
      }
      this.written.push(...commands)
    } catch (cause) {
      const error = connectionError(cause, 'writing the records')
      if (['redis-timeout', 'redis-lost'].includes(error.diagnostics[0]?.code ?? '')) {
        this.failure = error
        this.redis.disconnect()
      }
      throw error
    }
  }
}

const asReadError = <T>(answer: Promise<T>): Promise<T> =>
  answer.catch((error: unknown) => {
    throw connectionError(error, 'reading the records')
  })
