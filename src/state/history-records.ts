import type { Redis } from 'ioredis'
import type { HistoryChange } from '../model/generation.ts'
import { sensitiveNames } from '../model/tokens.ts'
import type { InstanceKeys } from './redis/keys.ts'

/** One Redis command of a fenced write. */
export type RedisCommand = readonly (string | number)[]

/** The commands that record a generation: its stacks in the newest document, and the patch to the document before. */
export function recordCommands(
  keys: InstanceKeys,
  generation: number,
  { records, reversePatch, sealed }: HistoryChange,
): RedisCommand[] {
  return [
    ['HSET', keys.patches, generation, JSON.stringify(reversePatch)],
    ...[...records].map(([stack, record]) =>
      record ? ['HSET', keys.document, stack, JSON.stringify(record)] : ['HDEL', keys.document, stack],
    ),
    // A name is the HMAC of its value, so an existing field has the same value.
    ...[...sealed].map(([name, value]) => ['HSETNX', keys.sealed, name, value]),
  ]
}

/** The commands that delete the generation `last`, and the sensitive values to which no other generation refers. */
export async function dropCommands(redis: Redis, keys: InstanceKeys, last: number): Promise<RedisCommand[]> {
  if (last < 1) return []
  const dropped = await redis.hget(keys.patches, String(last))
  const unused = sensitiveNames(dropped ?? '')
  if (unused.size > 0) {
    const [patches, document] = await Promise.all([redis.hgetall(keys.patches), redis.hvals(keys.document)])
    delete patches[last]
    for (const text of [...Object.values(patches), ...document])
      for (const name of sensitiveNames(text)) unused.delete(name)
  }
  return [
    ...[keys.generations, keys.plans, keys.patches].map((key) => ['HDEL', key, last]),
    ...(unused.size > 0 ? [['HDEL', keys.sealed, ...unused]] : []),
  ]
}
