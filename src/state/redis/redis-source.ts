import type { Redis } from 'ioredis'
import type { Paths } from '../../host/files/paths.ts'
import type { HostReader } from '../../host/host.ts'
import type { Diagnostic } from '../../model/errors.ts'
import { fits, listOf, mapOf, nullable, type Shape, text } from '../../model/values/shape.ts'
import { readCopy } from '../copy.ts'
import { copySource } from '../copy-state.ts'
import type { FieldSource, Fields, HashName } from '../record-reader.ts'
import type { RecordsCopy } from '../records-copy.ts'
import type { InstanceKeys } from './keys.ts'

/** True for `STACK/KIND/NAME:ACTION`. HeroPods writes no other steps. */
export const isStep = (text: string): boolean => /^[^/]+\/[a-z]+\/.+:[a-z]+$/.test(text)

export const damagedWarning = (where: string, problem: string): Diagnostic => ({
  code: 'record-damaged',
  message: `The record ${where} in Redis is damaged: it ${problem.startsWith('/') ? `has a wrong value: ${problem}` : problem}.`,
  hint: '`heropods refresh` removes it from Redis and rebuilds it from the host; nothing is restarted.',
})

type Answers = [error: Error | null, value: unknown][] | null

/** Fields of Redis, or of the copy on disk if Redis has lost them. A key of another type counts as damaged and is reported. */
export class RedisSource implements FieldSource {
  private copied: Promise<RecordsCopy | undefined> | undefined

  constructor(
    private readonly host: HostReader,
    private readonly redis: Redis,
    private readonly keys: InstanceKeys,
    private readonly paths: Paths,
    private readonly onNotice: (notice: Diagnostic) => void,
  ) {}

  async readHashes(names: readonly HashName[]): Promise<readonly Fields[]> {
    // No transaction: without free memory a server refuses even reads in one.
    const pipeline = this.redis.pipeline()
    for (const name of names) pipeline.hgetall(this.keys[name])
    const keys = names.map((name) => this.keys[name])
    const found = this.valuesOf<Fields>(await pipeline.exec(), keys, mapOf(text), {})
    if (found.every((fields) => Object.keys(fields).length > 0)) return found
    const copy = await copySource(await this.copy()).readHashes(names)
    return found.map((fields, index) => (Object.keys(fields).length > 0 ? fields : (copy[index] ?? {})))
  }

  async readFields(name: HashName, fields: readonly string[]): Promise<readonly (string | null)[]> {
    const answers = await this.redis
      .pipeline()
      .hmget(this.keys[name], ...fields)
      .exec()
    const [found = []] = this.valuesOf(answers, [this.keys[name]], listOf(nullable(text)), [])
    if (fields.every((_, index) => typeof found[index] === 'string')) return found
    const copy = await copySource(await this.copy()).readFields(name, fields)
    return fields.map((_, index) => found[index] ?? copy[index] ?? null)
  }

  /** The newest generation; 0: there is none. */
  async generation(): Promise<number> {
    const { generation } = this.keys
    const answers = await this.redis.pipeline().get(generation).exec()
    const [number = null] = this.valuesOf(answers, [generation], nullable(text), null)
    if (number !== null && /^\d+$/.test(number)) return Number(number)
    if (number !== null) this.onNotice(damagedWarning(generation, 'is not a number'))
    return (await readCopy(this.host, this.paths))?.generation ?? 0
  }

  async pending(): Promise<readonly string[]> {
    const { pending } = this.keys
    const answers = await this.redis.pipeline().smembers(pending).exec()
    const [steps = []] = this.valuesOf(answers, [pending], listOf(text), [])
    return steps.filter(isStep)
  }

  /** The copy on disk, if the server has the same generation. With a later generation on the server the copy is outdated. */
  private copy(): Promise<RecordsCopy | undefined> {
    this.copied ??= (async () => {
      const copy = await readCopy(this.host, this.paths)
      const known = await this.redis.get(this.keys.generation).catch(() => null)
      return copy !== undefined && (known === null || Number(known) === copy.generation) ? copy : undefined
    })()
    return this.copied
  }

  /** The values of a pipeline. `otherwise` replaces the value of a key of another type. */
  private valuesOf<T>(answers: Answers, keys: readonly string[], shape: Shape<T>, otherwise: T): readonly T[] {
    return (answers ?? []).map(([error, value], index) => {
      if (error === null && fits(shape, value)) return value
      if (error !== null && !error.message.includes('WRONGTYPE')) throw error
      this.onNotice(damagedWarning(keys[index] ?? '', 'is of another type'))
      return otherwise
    })
  }
}
