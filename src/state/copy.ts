import { join } from 'node:path'
import type { Redis } from 'ioredis'
import { readJson } from '../host/files/json.ts'
import type { Paths } from '../host/files/paths.ts'
import type { Host, HostReader } from '../host/host.ts'
import type { Plan } from '../model/plan.ts'
import { listOf, mapOf, number, object } from '../model/values/shape.ts'
import type { RedisCommand } from './history-records.ts'
import { copiedHashes, copyShape, type RecordsCopy } from './records-copy.ts'
import type { InstanceKeys } from './redis/keys.ts'

const folder = (paths: Paths): string => join(paths.data, 'records')
const copyPath = (paths: Paths): string => join(folder(paths), 'history.json')
const plansFolder = (paths: Paths): string => join(folder(paths), 'plans')
const planPath = (paths: Paths, generation: number | string): string => join(plansFolder(paths), `${generation}.json`)

export const readCopy = (host: HostReader, paths: Paths): Promise<RecordsCopy | undefined> =>
  readJson(host, copyPath(paths), copyShape)

/** Copies of plans as JSON texts, by the numbers of their generations. */
export async function readPlanCopies(host: HostReader, paths: Paths): Promise<Readonly<Record<string, string>>> {
  const numbers = (await host.readDir(plansFolder(paths))).flatMap((name) => /^([1-9]\d*)\.json$/.exec(name)?.[1] ?? [])
  const plans = await Promise.all(numbers.map((number) => host.readFile(planPath(paths, number))))
  return Object.fromEntries(
    numbers.flatMap((number, index) => (plans[index] === undefined ? [] : [[number, plans[index]]])),
  )
}

/** Writes a copy of records from another host. The next writer of the instance restores it in Redis. */
export async function storeCopy(
  host: Host,
  paths: Paths,
  copy: RecordsCopy,
  plans: Readonly<Record<string, string>>,
): Promise<void> {
  for (const [number, plan] of Object.entries(plans)) await host.writeFile(planPath(paths, number), plan)
  // It is written last: an instance with a copy has records.
  await host.writeFile(copyPath(paths), JSON.stringify(copy))
}

/** The copy of the plan of one generation; undefined: it is not stored. */
export const readPlanCopy = (host: HostReader, paths: Paths, generation: number): Promise<Plan | undefined> =>
  readJson(host, planPath(paths, generation), object({ steps: listOf(object({})), summary: mapOf(number) }))

/** Writes the current records of Redis to disk. */
export async function writeCopy(
  host: Host,
  redis: Redis,
  keys: InstanceKeys,
  paths: Paths,
  generation: number,
): Promise<void> {
  const pipeline = redis.pipeline()
  for (const name of copiedHashes) pipeline.hgetall(keys[name])
  const fields = ((await pipeline.exec()) ?? []).map(([error, value]) => {
    if (error) throw error
    return value
  })
  const copy = {
    version: 1,
    generation,
    fields: Object.fromEntries(copiedHashes.map((name, index) => [name, fields[index]])),
  }
  await host.writeFile(copyPath(paths), JSON.stringify(copy))
}

/** Writes the plan of a generation to disk, and removes the plan of the generation `dropped`. */
export async function writePlanCopy(
  host: Host,
  paths: Paths,
  generation: number,
  plan: string,
  dropped: number,
): Promise<void> {
  await host.writeFile(planPath(paths, generation), plan)
  if (dropped > 0) await host.removeTree(planPath(paths, dropped))
}

/** The newest generation of a server (null: none) and the number of fields of each copied hash. */
export interface ServerContents {
  readonly generation: string | null
  /** undefined: all hashes are empty. */
  readonly sizes: Readonly<Record<string, number>> | undefined
}

export async function readServerContents(redis: Redis, keys: InstanceKeys): Promise<ServerContents> {
  const pipeline = redis.pipeline().get(keys.generation)
  for (const name of copiedHashes) pipeline.hlen(keys[name])
  const [generation, ...sizes] = ((await pipeline.exec()) ?? []).map(([error, value]) => {
    // A key of another type has lost its data.
    if (error?.message.includes('WRONGTYPE')) return null
    if (error) throw error
    return value
  })
  return {
    generation: typeof generation === 'string' ? generation : null,
    sizes: Object.fromEntries(copiedHashes.map((name, index) => [name, Number(sizes[index])])),
  }
}

/** The number of fields in one command: Lua limits the number of arguments. */
const fieldsPerCommand = 1000

/** The commands that restore lost records in a server from the copy; empty if the server has all of them. Pure. */
export function restoreCommands(keys: InstanceKeys, copy: RecordsCopy, found: ServerContents): RedisCommand[] {
  // With the same generation a server can only have lost complete keys; with an earlier generation it has an old state.
  const isBehind = Number(found.generation ?? 0) < copy.generation
  if (!isBehind && Number(found.generation) !== copy.generation) return []
  const lost = copiedHashes.filter(
    (name) => Object.keys(copy.fields[name]).length > 0 && (isBehind || (found.sizes?.[name] ?? 0) === 0),
  )
  return [
    ...(isBehind ? [['SET', keys.generation, copy.generation]] : []),
    ...lost.flatMap((name) => [['DEL', keys[name]], ...inChunks(keys[name], Object.entries(copy.fields[name]))]),
  ]
}

const inChunks = (key: string, fields: readonly [string, string][]): RedisCommand[] =>
  fields.length === 0
    ? []
    : [['HSET', key, ...fields.slice(0, fieldsPerCommand).flat()], ...inChunks(key, fields.slice(fieldsPerCommand))]
