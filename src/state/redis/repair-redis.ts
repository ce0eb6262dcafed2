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

/** The records to repair. */
export interface Records {
  readonly host: Host
  readonly redis: Redis
  readonly keys: InstanceKeys
  readonly paths: Paths
  /** True if a sealed value can be opened with the key of the instance. */
  opens(name: string, sealed: string): boolean
}

/**
 * Removes keys of another type and invalid fields from Redis. The values of fields, and the types of removed keys, are written to a file
 * first. Returns the keys and fields.
 */
export async function repairRedis(
  records: Records,
  write: (writes: readonly RedisCommand[]) => Promise<void>,
): Promise<readonly string[]> {
  const { host, redis, keys, paths } = records
  const copied = await fieldsOfCopy(host, redis, keys, paths)
  const repairs: Repair[] = []
  for (const name of names) repairs.push(...(await repairsOf(records, name, copied[name])))
  const generation = await newestGeneration(redis, keys)
  if (generation !== undefined) {
    const was = await redis.get(keys.generation).catch(() => null)
    repairs.push(repair(['SET', keys.generation, generation], was ?? ''))
  }
  if (repairs.length === 0) return []
  const found = new Map(repairs.map(({ where, was }) => [where, was]))
  const file = join(paths.data, 'records', `redis.damaged-${new Date().toISOString().replace(/[:.]/g, '-')}.json`)
  await host.writeFile(file, JSON.stringify(Object.fromEntries(found), undefined, 1))
  await write(repairs.map((one) => one.write))
  return [...found.keys()]
}

/** The repairs of one key: none if it does not exist, its deletion if it has another type. */
async function repairsOf(records: Records, name: Name, copied: Fields | undefined): Promise<readonly Repair[]> {
  const key = records.keys[name]
  const type = await records.redis.type(key)
  if (type === 'none') return []
  return type === types[name] ? repairsWithin(records, name, copied) : [repair(['DEL', key], type)]
}

interface Repair {
  readonly where: string
  readonly was: string
  readonly write: RedisCommand
}

const repair = (write: RedisCommand, was: string, where = String(write[1])): Repair => ({ where, was, write })

/** The repairs within one key of the right type. */
async function repairsWithin(
  { redis, keys, opens }: Records,
  name: Name,
  copied: Fields = {},
): Promise<readonly Repair[]> {
  const key = keys[name]
  if (types[name] === 'set') {
    const isValid = name === 'pending' ? isStep : isStackName
    const invalid = (await redis.smembers(key)).filter((one) => !isValid(one))
    return invalid.map((one) => repair(['SREM', key, one], one, `${key} ${one}`))
  }
  if (types[name] === 'hash') {
    const isGood = (field: string, text: string): boolean =>
      isUsable(name, field, text) && (name !== 'sealed' || opens(field, text))
    return Object.entries(await redis.hgetall(key)).flatMap(([field, text]) => {
      const [where, good] = [`${key} ${field}`, copied[field]]
      if (isGood(field, text)) return []
      if (good !== undefined && isGood(field, good)) return [repair(['HSET', key, field, good], text, where)]
      // A value that cannot be opened may be sealed with another key that a user can restore.
      return isUsable(name, field, text) ? [] : [repair(['HDEL', key, field], text, where)]
    })
  }
  const text = name === 'status' ? await redis.get(key) : null
  return text === null || parseAs(watchStatus, text).problem === undefined ? [] : [repair(['DEL', key], text)]
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

function isUsable(name: Name, field: string, text: string): boolean {
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
