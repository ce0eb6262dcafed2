import { join } from 'node:path'
import type { Redis } from 'ioredis'
import { LocalHost } from '../host/local.ts'
import type { Paths } from '../paths.ts'
import type { Write } from './history-records.ts'
import type { InstanceKeys } from './keys.ts'
import { hashNames, problemOf } from './record-reader.ts'

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

/** Takes keys of another type and fields that cannot be used out of Redis; what stood there is kept in a file. Answers where it was. */
export async function repairRedis(
  redis: Redis,
  keys: InstanceKeys,
  paths: Paths,
  write: (writes: readonly Write[]) => Promise<void>,
): Promise<readonly string[]> {
  const found = new Map<string, string>()
  const writes: Write[] = []
  for (const [name, type] of Object.entries(types) as [Name, string][]) {
    const is = await redis.type(keys[name])
    if (is !== 'none' && is !== type) {
      found.set(keys[name], is)
      writes.push(['DEL', keys[name]])
    } else if (is === 'hash') {
      for (const [field, text] of Object.entries(await redis.hgetall(keys[name]))) {
        if (isUsable(name, text)) continue
        found.set(`${keys[name]} ${field}`, text)
        writes.push(['HDEL', keys[name], field])
      }
    }
  }
  const generation = await newestGeneration(redis, keys)
  if (generation !== undefined) {
    found.set(keys.generation, (await redis.get(keys.generation).catch(() => null)) ?? '')
    writes.push(['SET', keys.generation, generation])
  }
  if (writes.length === 0) return []
  const file = join(paths.data, 'records', `redis.damaged-${new Date().toISOString().replace(/[:.]/g, '-')}.json`)
  await new LocalHost().writeFile(file, JSON.stringify(Object.fromEntries(found), undefined, 1))
  await write(writes)
  return [...found.keys()]
}

function isUsable(name: Name, text: string): boolean {
  const hash = hashNames.find((one) => one === name)
  if (hash !== undefined) return problemOf(hash, text) === undefined
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** The number to count on from, where the one that is there is none. */
async function newestGeneration(redis: Redis, keys: InstanceKeys): Promise<number | undefined> {
  const text = (await redis.type(keys.generation)) === 'string' ? await redis.get(keys.generation) : null
  if (text !== null && /^\d+$/.test(text)) return undefined
  const known = (await redis.type(keys.generations)) === 'hash' ? await redis.hkeys(keys.generations) : []
  return known.length === 0 ? undefined : Math.max(...known.map(Number).filter(Number.isInteger), 0)
}
