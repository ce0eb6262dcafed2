import type { Address } from '../model/address.ts'
import type { Generation, History, Patch, StackRecord } from '../model/generation.ts'
import type { Lease } from '../model/lease.ts'
import type { Plan } from '../model/plan.ts'
import { listOf, mapOf, nullable, number, object, optional, parseAs, type Shape, text } from '../model/values/shape.ts'
import type { InventoryRecord } from './state.ts'

/** Records that are kept as fields of a hash. */
export const hashNames = ['inventory', 'leases', 'generations', 'plans', 'document', 'patches', 'sealed'] as const
export type HashName = (typeof hashNames)[number]
export type Fields = Readonly<Record<string, string>>

/** Where the fields come from: Redis, or their copy on disk. */
export interface FieldSource {
  /** Of several hashes at one moment. */
  all(names: readonly HashName[]): Promise<readonly Fields[]>
  /** Single fields; null: there is none. */
  some(name: HashName, fields: readonly string[]): Promise<readonly (string | null)[]>
}

/** One field that cannot be used. */
export interface DamagedField {
  readonly hash: HashName
  readonly field: string
  readonly problem: string
}

const files = listOf(object({ path: text, sha256: text }))
const shapes: Readonly<Record<HashName, Shape>> = {
  inventory: object({ address: text, specHash: text, generation: number }),
  leases: object({ network: text, ip: text, mac: text, container: text }),
  generations: object({
    generation: number,
    time: text,
    user: text,
    summary: mapOf(number),
    // Earlier versions kept none.
    stacks: optional(mapOf(object({ desiredHash: nullable(text), files }))),
    rollbackOf: optional(number),
    result: text,
  }),
  plans: object({ steps: listOf(object({ id: text, address: text, action: text })), summary: mapOf(number) }),
  document: object({ desiredHash: nullable(text), resources: mapOf(object({})) }),
  patches: listOf(object({ op: text, path: text })),
  sealed: (value) =>
    typeof value === 'string' && /^[A-Za-z0-9+/]+=*$/.test(value) ? undefined : 'is not a sealed value',
}

/** What is wrong with a field; undefined: nothing. Pure. */
export const problemOf = (hash: HashName, field: string): string | undefined =>
  hash === 'sealed' ? shapes.sealed(field) : parseAs(shapes[hash], field).problem

/** Records as they are used. A field that cannot be used concerns itself alone: it is left out and reported. */
export class RecordReader {
  constructor(
    private readonly source: FieldSource,
    private readonly onDamaged: (one: DamagedField) => void,
  ) {}

  inventoryOf = (fields: Fields): ReadonlyMap<Address, InventoryRecord> =>
    new Map(this.parsed<InventoryRecord>('inventory', fields).map(([, record]) => [record.address, record]))

  leasesOf = (fields: Fields): readonly Lease[] => this.parsed<Lease>('leases', fields).map(([, lease]) => lease)

  async generations(): Promise<readonly Generation[]> {
    const [fields = {}] = await this.source.all(['generations'])
    return this.parsed<Generation>('generations', fields)
      .map(([, one]) => ({ ...one, stacks: one.stacks ?? {} }))
      .sort((left, right) => left.generation - right.generation)
  }

  async plan(generation: number): Promise<Plan | undefined> {
    const [value] = await this.source.some('plans', [String(generation)])
    return this.parsed<Plan>('plans', value ? { [generation]: value } : {})[0]?.[1]
  }

  async records(stacks: readonly string[]): Promise<ReadonlyMap<string, StackRecord>> {
    if (stacks.length === 0) return new Map()
    const values = await this.source.some('document', stacks)
    const found = stacks.flatMap((stack, index) => {
      const value = values[index]
      return value ? [[stack, value] as const] : []
    })
    return new Map(this.parsed<StackRecord>('document', Object.fromEntries(found)))
  }

  async history(): Promise<History> {
    const [document = {}, patches = {}] = await this.source.all(['document', 'patches'])
    return {
      document: new Map(this.parsed<StackRecord>('document', document)),
      patches: new Map(this.parsed<Patch>('patches', patches).map(([number, patch]) => [Number(number), patch])),
    }
  }

  async sealed(): Promise<ReadonlyMap<string, string>> {
    const [fields = {}] = await this.source.all(['sealed'])
    const found = Object.entries(fields).filter(([field, value]) => {
      const problem = problemOf('sealed', value)
      if (problem !== undefined) this.onDamaged({ hash: 'sealed', field, problem })
      return problem === undefined
    })
    return new Map(found)
  }

  private parsed<T>(hash: HashName, fields: Fields): readonly [string, T][] {
    return Object.entries(fields).flatMap(([field, text]): [string, T][] => {
      const { problem, value } = parseAs(shapes[hash], text)
      if (problem === undefined) return [[field, value as T]]
      this.onDamaged({ hash, field, problem })
      return []
    })
  }
}
