import { join } from 'node:path'
import type { Redis } from 'ioredis'
import type { Paths } from '../../host/files/paths.ts'
import type { Host, HostReader } from '../../host/host.ts'
import { parseAs } from '../../model/values/shape.ts'
import { readCopy } from '../copy.ts'
import type { RedisCommand } from '../history-records.ts'
import { type Fields, hashNames, problemOf } from '../record-reader.ts'
import { isStackName } from '../suspensions.ts'
import { watchRecordField, watchStatus } from '../watch-shapes.ts'
import type { InstanceKeys } from './keys.ts'
import { isStep } from './redis-source.ts'

type Name = Exclude<keyof InstanceKeys, 'pattern'>

const names = [
  'inventory',
  'leases',
  'pending',
  'generation',
  'generations',
  'plans',
  'document',
  'patches',
  'sealed',
  'writer',
  'fence',
  'events',
  'status',
  'stacks',
  'suspended',
] as const satisfies readonly Name[]

/** The type of each key. */
const types: Readonly<Record<Name, string>> = {
  inventory: 'hash',
  leases: 'hash',
  pending: 'set',
  generation: 'string',
  generations: 'hash',
  plans: 'hash',
  document: 'hash',
  patches: 'hash',
  sealed: 'hash',
  writer: 'string',
  fence: 'string',
  events: 'stream',
  status: 'string',
  stacks: 'hash',
  suspended: 'set',
}

/** The server with the records to repair, and the copy on disk that they are compared with. */
export interface RepairContext {
  readonly host: Host
  readonly redis: Redis
  readonly keys: InstanceKeys
  readonly paths: Paths
  /** True if a sealed value can be opened with the key of the instance. */
  canOpen(name: string, sealed: string): boolean
}

/**
 * Removes keys of another type and invalid fields from Redis. The values of fields, and the types of removed keys, are written to a file
 * first. Returns the keys and fields.
 */
export async function repairRedis(
  context: RepairContext,
  write: (writes: readonly RedisCommand[]) => Promise<void>,
): Promise<readonly string[]> {
  const { host, redis, keys, paths } = context
  const copied = await fieldsOfCopy(host, redis, keys, paths)
  const repairs: Repair[] = []
  for (const name of names) repairs.push(...(await repairsOf(context, name, copied[name])))
  const generation = await newestGeneration(redis, keys)
  if (generation !== undefined) {
    const invalid = await redis.get(keys.generation).catch(() => null)
    repairs.push(repair(['SET', keys.generation, generation], invalid ?? ''))
  }
  if (repairs.length === 0) return []
  const found = new Map(repairs.map(({ where, removedValue }) => [where, removedValue]))
  const file = join(paths.data, 'records', `redis.damaged-${new Date().toISOString().replace(/[:.]/g, '-')}.json`)
  await host.writeFile(file, JSON.stringify(Object.fromEntries(found), undefined, 1))
  await write(repairs.map((one) => one.write))
  return [...found.keys()]
}

/** The repairs of one key: none if it does not exist, its deletion if it has another type. */
async function repairsOf(context: RepairContext, name: Name, copied: Fields | undefined): Promise<readonly Repair[]> {
  const key = context.keys[name]
  const type = await context.redis.type(key)
  if (type === 'none') return []
  return type === types[name] ? repairsWithin(context, name, copied) : [repair(['DEL', key], type)]
}

interface Repair {
  /** A key, or a key and its field or member. */
  readonly where: string
  readonly removedValue: string
  readonly write: RedisCommand
}

const repair = (write: RedisCommand, removedValue: string, where = String(write[1])): Repair => ({
  where,
  removedValue,
  write,
})

/** The repairs within one key of the right type. */
async function repairsWithin(context: RepairContext, name: Name, copied: Fields = {}): Promise<readonly Repair[]> {
  const { redis, keys } = context
  if (types[name] === 'set') return memberRepairs(name, keys[name], await redis.smembers(keys[name]))
  if (types[name] === 'hash') return fieldRepairs(context, name, await redis.hgetall(keys[name]), copied)
  const text = name === 'status' ? await redis.get(keys[name]) : null
  return text === null || parseAs(watchStatus, text).problem === undefined ? [] : [repair(['DEL', keys[name]], text)]
}

/** Removes the invalid members of a set. */
function memberRepairs(name: Name, key: string, members: readonly string[]): readonly Repair[] {
  const isValid = name === 'pending' ? isStep : isStackName
  return members
    .filter((member) => !isValid(member))
    .map((member) => repair(['SREM', key, member], member, `${key} ${member}`))
}

/** Replaces the invalid fields of a hash with those of the copy on disk, and removes the others. */
function fieldRepairs({ keys, canOpen }: RepairContext, name: Name, fields: Fields, copied: Fields): readonly Repair[] {
  const key = keys[name]
  const isReadable = (field: string, text: string): boolean =>
    isValidField(name, field, text) && (name !== 'sealed' || canOpen(field, text))
  return Object.entries(fields).flatMap(([field, text]) => {
    const [where, copy] = [`${key} ${field}`, copied[field]]
    if (isReadable(field, text)) return []
    if (copy !== undefined && isReadable(field, copy)) return [repair(['HSET', key, field, copy], text, where)]
    // A value that cannot be opened may be sealed with another key that a user can restore.
    return isValidField(name, field, text) ? [] : [repair(['HDEL', key, field], text, where)]
  })
}

/** The fields of the copy on disk, if the server has the same generation. */
async function fieldsOfCopy(
  host: HostReader,
  redis: Redis,
  keys: InstanceKeys,
  paths: Paths,
): Promise<Partial<Record<Name, Fields>>> {
  const copy = await readCopy(host, paths)
  const known = await redis.get(keys.generation).catch(() => null)
  const isOther = /^\d+$/.test(known ?? '') && Number(known) !== copy?.generation
  return copy === undefined || isOther ? {} : copy.fields
}

function isValidField(name: Name, field: string, text: string): boolean {
  const hash = hashNames.find((one) => one === name)
  return hash === undefined
    ? parseAs(watchRecordField(field), text).problem === undefined
    : problemOf(hash, text) === undefined
}

/** The newest generation, if the recorded number is invalid; undefined: it is valid. */
async function newestGeneration(redis: Redis, keys: InstanceKeys): Promise<number | undefined> {
  const text = (await redis.type(keys.generation)) === 'string' ? await redis.get(keys.generation) : null
  if (text !== null && /^\d+$/.test(text)) return undefined
  const known = (await redis.type(keys.generations)) === 'hash' ? await redis.hkeys(keys.generations) : []
  return known.length === 0 ? undefined : Math.max(...known.map(Number).filter(Number.isInteger), 0)
}
