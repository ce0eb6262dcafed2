import { join } from 'node:path'
import type { Redis } from 'ioredis'
import type { Paths } from '../../host/files/paths.ts'
import type { Host, HostReader } from '../../host/host.ts'
import { parseAs } from '../../model/values/shape.ts'
import { readCopy } from '../copy.ts'
import type { Write } from '../history-records.ts'
import { type Fields, hashNames, problemOf } from '../record-reader.ts'
import { isStackName } from '../suspensions.ts'
import { memoryField, watchStatus } from '../watch-shapes.ts'
import type { InstanceKeys } from './keys.ts'
import { isStep } from './redis-source.ts'

type Name = Exclude<keyof InstanceKeys, 'pattern'>

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

/** Where there is something to repair. */
export interface Records {
  readonly host: Host
  readonly redis: Redis
  readonly keys: InstanceKeys
  readonly paths: Paths
  /** Whether a sealed value can be read with the instance's key. */
  opens(name: string, sealed: string): boolean
}

/** Takes keys of another type and fields that cannot be used out of Redis; what stood there is kept in a file. Answers where it was. */
export async function repairRedis(
  records: Records,
  write: (writes: readonly Write[]) => Promise<void>,
): Promise<readonly string[]> {
  const { host, redis, keys, paths } = records
  const found = new Map<string, string>()
  const writes: Write[] = []
  const copied = await fieldsOfCopy(host, redis, keys, paths)
  for (const [name, type] of Object.entries(types) as [Name, string][]) {
    const is = await redis.type(keys[name])
    if (is === 'none') continue
    const repairs = is === type ? await repairsWithin(records, name, copied[name]) : [repair(['DEL', keys[name]], is)]
    for (const { where, was, write: one } of repairs) {
      found.set(where, was)
      writes.push(one)
    }
  }
  const generation = await newestGeneration(redis, keys)
  if (generation !== undefined) {
    found.set(keys.generation, (await redis.get(keys.generation).catch(() => null)) ?? '')
    writes.push(['SET', keys.generation, generation])
  }
  if (writes.length === 0) return []
  const file = join(paths.data, 'records', `redis.damaged-${new Date().toISOString().replace(/[:.]/g, '-')}.json`)
  await host.writeFile(file, JSON.stringify(Object.fromEntries(found), undefined, 1))
  await write(writes)
  return [...found.keys()]
}

interface Repair {
  readonly where: string
  readonly was: string
  readonly write: Write
}

const repair = (write: Write, was: string, where = String(write[1])): Repair => ({ where, was, write })

/** What has to be done within one key of the right type. */
async function repairsWithin(
  { redis, keys, opens }: Records,
  name: Name,
  copied: Fields = {},
): Promise<readonly Repair[]> {
  const key = keys[name]
  if (types[name] === 'set') {
    const isOurs = name === 'pending' ? isStep : isStackName
    const strangers = (await redis.smembers(key)).filter((one) => !isOurs(one))
    return strangers.map((one) => repair(['SREM', key, one], one, `${key} ${one}`))
  }
  if (types[name] === 'hash') {
    const isGood = (field: string, text: string): boolean =>
      isUsable(name, field, text) && (name !== 'sealed' || opens(field, text))
    return Object.entries(await redis.hgetall(key)).flatMap(([field, text]) => {
      const [where, good] = [`${key} ${field}`, copied[field]]
      if (isGood(field, text)) return []
      if (good !== undefined && isGood(field, good)) return [repair(['HSET', key, field, good], text, where)]
      // One that does not open may be sealed under another key, which can be put back.
      return isUsable(name, field, text) ? [] : [repair(['HDEL', key, field], text, where)]
    })
  }
  const text = name === 'status' ? await redis.get(key) : null
  return text === null || parseAs(watchStatus, text).problem === undefined ? [] : [repair(['DEL', key], text)]
}

/** What stands on disk as well, if it is of the same generation as what the server has. */
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
    ? parseAs(memoryField(field), text).problem === undefined
    : problemOf(hash, text) === undefined
}

/** The number to count on from, where the one that is there is none. */
async function newestGeneration(redis: Redis, keys: InstanceKeys): Promise<number | undefined> {
  const text = (await redis.type(keys.generation)) === 'string' ? await redis.get(keys.generation) : null
  if (text !== null && /^\d+$/.test(text)) return undefined
  const known = (await redis.type(keys.generations)) === 'hash' ? await redis.hkeys(keys.generations) : []
  return known.length === 0 ? undefined : Math.max(...known.map(Number).filter(Number.isInteger), 0)
}
