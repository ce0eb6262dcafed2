import { join } from 'node:path'
import type { Redis } from 'ioredis'
import { readJson } from '../host/files/json.ts'
import type { Paths } from '../host/files/paths.ts'
import type { Host, HostReader } from '../host/host.ts'
import { listOf, mapOf, number, object, type Shape, text } from '../model/values/shape.ts'
import type { Write } from './history-records.ts'
import type { Fields } from './record-reader.ts'
import type { InstanceKeys } from './redis/keys.ts'

/** Keys whose fields are kept on disk as they are in Redis: sensitive values stay sealed. */
const kept = ['generations', 'document', 'patches', 'sealed', 'leases'] as const
type Kept = (typeof kept)[number]

/**
 * The part of the records that is on disk as well, written at the end of each run that is a generation: from it they come back where Redis
 * has lost them, and a look reads it where the instance's own server does not run.
 */
export interface RecordsCopy {
  readonly version: 1
  readonly generation: number
  readonly fields: Readonly<Record<Kept, Fields>>
}

const copyShape: Shape = object({
  version: number,
  generation: number,
  fields: object(Object.fromEntries(kept.map((name) => [name, mapOf(text)]))),
})

const folder = (paths: Paths): string => join(paths.data, 'records')
const copyPath = (paths: Paths): string => join(folder(paths), 'history.json')
const planPath = (paths: Paths, generation: number): string => join(folder(paths), 'plans', `${generation}.json`)

export const readCopy = (host: HostReader, paths: Paths): Promise<RecordsCopy | undefined> =>
  readJson(host, copyPath(paths), copyShape)

/** The plan of one generation. */
export const readPlanCopy = <T>(host: HostReader, paths: Paths, generation: number): Promise<T | undefined> =>
  readJson(host, planPath(paths, generation), object({ steps: listOf(object({})), summary: mapOf(number) }))

/** Copies what is in Redis now. */
export async function keepCopy(
  host: Host,
  redis: Redis,
  keys: InstanceKeys,
  paths: Paths,
  generation: number,
): Promise<void> {
  const reading = redis.pipeline()
  for (const name of kept) reading.hgetall(keys[name])
  const fields = ((await reading.exec()) ?? []).map(([error, value]) => {
    if (error) throw error
    return value as Fields
  })
  const copy = { version: 1, generation, fields: Object.fromEntries(kept.map((name, index) => [name, fields[index]])) }
  await host.writeFile(copyPath(paths), JSON.stringify(copy))
}

/** Keeps a plan beside, and drops that of the generation `dropped`. */
export async function keepPlan(
  host: Host,
  paths: Paths,
  generation: number,
  plan: string,
  dropped: number,
): Promise<void> {
  await host.writeFile(planPath(paths, generation), plan)
  if (dropped > 0) await host.removeTree(planPath(paths, dropped))
}

/** How much of each kept hash a server has, and its newest generation; null: it has none. */
export interface Found {
  readonly generation: string | null
  /** undefined: nothing of any. */
  readonly sizes: Readonly<Record<Kept, number>> | undefined
}

export async function findKept(redis: Redis, keys: InstanceKeys): Promise<Found> {
  const reading = redis.pipeline().get(keys.generation)
  for (const name of kept) reading.hlen(keys[name])
  const [generation, ...sizes] = ((await reading.exec()) ?? []).map(([error, value]) => {
    // A key of another type has lost what was there.
    if (error?.message.includes('WRONGTYPE')) return null
    if (error) throw error
    return value
  })
  return {
    generation: generation as string | null,
    sizes: Object.fromEntries(kept.map((name, index) => [name, Number(sizes[index])])) as Record<Kept, number>,
  }
}

/** Lua takes a limited number of arguments. */
const fieldsAtOnce = 1000

/** What brings records back into a server that has lost them, whole or in part; empty where it lacks nothing that is kept. Pure. */
export function restoringWrites(keys: InstanceKeys, copy: RecordsCopy, found: Found): Write[] {
  // A server that knows the same generation has lost whole keys at most; one that knows an earlier one is an old state of itself.
  const isBehind = Number(found.generation ?? 0) < copy.generation
  if (!isBehind && Number(found.generation) !== copy.generation) return []
  const lost = kept.filter(
    (name) => Object.keys(copy.fields[name]).length > 0 && (isBehind || (found.sizes?.[name] ?? 0) === 0),
  )
  return [
    ...(isBehind ? [['SET', keys.generation, copy.generation]] : []),
    ...lost.flatMap((name) => [['DEL', keys[name]], ...inParts(keys[name], Object.entries(copy.fields[name]))]),
  ]
}

const inParts = (key: string, fields: readonly [string, string][]): Write[] =>
  fields.length === 0
    ? []
    : [['HSET', key, ...fields.slice(0, fieldsAtOnce).flat()], ...inParts(key, fields.slice(fieldsAtOnce))]
