import type { Commit, Generation, History, Patch, StackRecord } from '../model/generation.ts'
import type { Lease } from '../model/lease.ts'
import type { Plan } from '../model/plan.ts'
import type { ResourceAddress } from '../model/resource-address.ts'
import { listOf, mapOf, nullable, number, object, optional, parseAs, type Shape, text } from '../model/values/shape.ts'
import type { InventoryRecord } from './state.ts'

/** The hashes of an instance in Redis. */
export const hashNames = ['inventory', 'leases', 'generations', 'plans', 'document', 'patches', 'sealed'] as const
export type HashName = (typeof hashNames)[number]
export type Fields = Readonly<Record<string, string>>

/** A source of fields: Redis, or the copy on disk. */
export interface FieldSource {
  /** All fields of several hashes, read in one request. */
  readHashes(names: readonly HashName[]): Promise<readonly Fields[]>
  /** Single fields of a hash; null: the field does not exist. */
  readFields(name: HashName, fields: readonly string[]): Promise<readonly (string | null)[]>
}

/** One invalid field. */
export interface DamagedField {
  readonly hash: HashName
  readonly field: string
  readonly problem: string
}

/** The shape of a commit in records. */
export const commitShape = object<Commit>({ id: text, subject: text, author: text, time: text })

const filesShape = listOf(object({ path: text, sha256: text }))

/** The type of the fields of each hash. */
interface FieldTypes {
  readonly inventory: InventoryRecord
  readonly leases: Lease
  /** Earlier versions did not record `stacks`. */
  readonly generations: Omit<Generation, 'stacks'> & Partial<Pick<Generation, 'stacks'>>
  readonly plans: Plan
  readonly document: StackRecord
  readonly patches: Patch
  readonly sealed: string
}

const shapes: { readonly [Name in HashName]: Shape<FieldTypes[Name]> } = {
  inventory: object({ address: text, specHash: text, generation: number }),
  leases: object({ network: text, ip: text, mac: text, container: text }),
  generations: object({
    generation: number,
    time: text,
    user: text,
    summary: mapOf(number),
    stacks: optional(mapOf(object({ desiredHash: nullable(text), files: filesShape }))),
    rollbackOf: optional(number),
    undoes: optional(object({ generation: number, commit: optional(commitShape) })),
    commit: optional(commitShape),
    endedAt: optional(text),
    steps: optional(listOf(object({ address: text, action: text, result: text, durationMs: nullable(number) }))),
    omittedSteps: optional(number),
    result: text,
  }),
  plans: object({ steps: listOf(object({ id: text, address: text, action: text })), summary: mapOf(number) }),
  document: object({ desiredHash: nullable(text), resources: mapOf(object({})) }),
  patches: listOf(object({ op: text, path: text })),
  sealed: (value) =>
    typeof value === 'string' && /^[A-Za-z0-9+/]+=*$/.test(value) ? undefined : 'is not a sealed value',
}

/** The problem of a field; undefined: the field is valid. Pure. */
export const problemOf = (hash: HashName, field: string): string | undefined =>
  hash === 'sealed' ? shapes.sealed(field) : parseAs<unknown>(shapes[hash], field).problem

/** Parses records. An invalid field is skipped and reported; the other fields are used. */
export class RecordReader {
  constructor(
    private readonly source: FieldSource,
    private readonly onDamaged: (one: DamagedField) => void,
  ) {}

  inventoryOf = (fields: Fields): ReadonlyMap<ResourceAddress, InventoryRecord> =>
    new Map(this.parse('inventory', fields).map(([, record]) => [record.address, record]))

  leasesOf = (fields: Fields): readonly Lease[] => this.parse('leases', fields).map(([, lease]) => lease)

  async generations(): Promise<readonly Generation[]> {
    const [fields = {}] = await this.source.readHashes(['generations'])
    return this.parse('generations', fields)
      .map(([, one]) => ({ ...one, stacks: one.stacks ?? {} }))
      .sort((left, right) => left.generation - right.generation)
  }

  async plan(generation: number): Promise<Plan | undefined> {
    const [value] = await this.source.readFields('plans', [String(generation)])
    return this.parse('plans', value ? { [generation]: value } : {})[0]?.[1]
  }

  async records(stacks: readonly string[]): Promise<ReadonlyMap<string, StackRecord>> {
    if (stacks.length === 0) return new Map()
    const values = await this.source.readFields('document', stacks)
    const found = stacks.flatMap((stack, index) => {
      const value = values[index]
      return value ? [[stack, value] as const] : []
    })
    return new Map(this.parse('document', Object.fromEntries(found)))
  }

  async history(): Promise<History> {
    const [document = {}, patches = {}] = await this.source.readHashes(['document', 'patches'])
    return {
      document: new Map(this.parse('document', document)),
      patches: new Map(this.parse('patches', patches).map(([number, patch]) => [Number(number), patch])),
    }
  }

  async sealed(): Promise<ReadonlyMap<string, string>> {
    const [fields = {}] = await this.source.readHashes(['sealed'])
    const found = Object.entries(fields).filter(([field, value]) => {
      const problem = problemOf('sealed', value)
      if (problem !== undefined) this.onDamaged({ hash: 'sealed', field, problem })
      return problem === undefined
    })
    return new Map(found)
  }

  private parse<Name extends HashName>(hash: Name, fields: Fields): readonly [string, FieldTypes[Name]][] {
    return Object.entries(fields).flatMap(([field, text]): [string, FieldTypes[Name]][] => {
      const { problem, value } = parseAs<FieldTypes[Name]>(shapes[hash], text)
      if (problem === undefined) return [[field, value]]
      this.onDamaged({ hash, field, problem })
      return []
    })
  }
}
