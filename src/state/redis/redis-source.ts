import type { Redis } from 'ioredis'
import type { Paths } from '../../host/files/paths.ts'
import type { HostReader } from '../../host/host.ts'
import type { Diagnostic } from '../../model/errors.ts'
import { type RecordsCopy, readCopy } from '../copy.ts'
import { copySource } from '../copy-state.ts'
import type { FieldSource, Fields, HashName } from '../record-reader.ts'
import type { InstanceKeys } from './keys.ts'

/** `STACK/KIND/NAME:ACTION`: whatever else stands among the steps was not written by us. */
export const isStep = (text: string): boolean => /^[^/]+\/[a-z]+\/.+:[a-z]+$/.test(text)

export const damagedNotice = (where: string, problem: string): Diagnostic => ({
  code: 'record-damaged',
  message: `The record ${where} in Redis is damaged: it ${problem.startsWith('/') ? `has a wrong value: ${problem}` : problem}.`,
  hint: '`heropods refresh` takes it out of Redis and makes it anew from the host; nothing is restarted.',
})

type Answers = [error: Error | null, value: unknown][] | null

/** Fields as Redis has them, and, where it has lost them, as their copy on disk has them. A key of another type is damaged, no more. */
export class RedisSource implements FieldSource {
  private copied: Promise<RecordsCopy | undefined> | undefined

  constructor(
    private readonly host: HostReader,
    private readonly redis: Redis,
    private readonly keys: InstanceKeys,
    private readonly paths: Paths,
    private readonly onNotice: (notice: Diagnostic) => void,
  ) {}

  async all(names: readonly HashName[]): Promise<readonly Fields[]> {
    // No transaction: a server that is short of memory refuses even reads in one.
    const reading = this.redis.pipeline()
    for (const name of names) reading.hgetall(this.keys[name])
    const found = this.answersOf<Fields>(
      await reading.exec(),
      names.map((name) => this.keys[name]),
      {},
    )
    if (found.every((fields) => Object.keys(fields).length > 0)) return found
    const copy = await copySource(await this.copy()).all(names)
    return found.map((fields, index) => (Object.keys(fields).length > 0 ? fields : (copy[index] ?? {})))
  }

  async hashes<Name extends HashName>(names: readonly Name[]): Promise<Partial<Record<Name, Fields>>> {
    const found = await this.all(names)
    return Object.fromEntries(names.map((name, index) => [name, found[index]])) as Partial<Record<Name, Fields>>
  }

  async some(name: HashName, fields: readonly string[]): Promise<readonly (string | null)[]> {
    const reading = this.redis.pipeline().hmget(this.keys[name], ...fields)
    const [found = []] = this.answersOf<readonly (string | null)[]>(await reading.exec(), [this.keys[name]], [])
    if (fields.every((_, index) => typeof found[index] === 'string')) return found
    const copy = await copySource(await this.copy()).some(name, fields)
    return fields.map((_, index) => found[index] ?? copy[index] ?? null)
  }

  /** The newest generation; 0: there was none. */
  async generation(): Promise<number> {
    const { generation } = this.keys
    const [text = null] = this.answersOf<string | null>(
      await this.redis.pipeline().get(generation).exec(),
      [generation],
      null,
    )
    if (text !== null && /^\d+$/.test(text)) return Number(text)
    if (text !== null) this.onNotice(damagedNotice(generation, 'is not a number'))
    return (await readCopy(this.host, this.paths))?.generation ?? 0
  }

  async pending(): Promise<readonly string[]> {
    const { pending } = this.keys
    const [steps = []] = this.answersOf<readonly string[]>(
      await this.redis.pipeline().smembers(pending).exec(),
      [pending],
      [],
    )
    return steps.filter(isStep)
  }

  /** The copy on disk, if it is of what the server has: with a later generation there, what is not there is gone for good. */
  private copy(): Promise<RecordsCopy | undefined> {
    this.copied ??= (async () => {
      const copy = await readCopy(this.host, this.paths)
      const known = await this.redis.get(this.keys.generation).catch(() => null)
      return copy !== undefined && (known === null || Number(known) === copy.generation) ? copy : undefined
    })()
    return this.copied
  }

  private answersOf<T>(answers: Answers, keys: readonly string[], otherwise: T): readonly T[] {
    return (answers ?? []).map(([error, value], index) => {
      if (error === null) return value as T
      if (!error.message.includes('WRONGTYPE')) throw error
      this.onNotice(damagedNotice(keys[index] ?? '', 'is of another type'))
      return otherwise
    })
  }
}
