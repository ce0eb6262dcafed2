import { randomBytes } from 'node:crypto'
import type { Redis } from 'ioredis'
import type { Paths } from '../../host/files/paths.ts'
import type { HostReader } from '../../host/host.ts'
import { HeroPodsError, refusedError } from '../../model/errors.ts'
import type { RedisCommand } from '../history-records.ts'
import type { InstanceKeys } from './keys.ts'

/** Milliseconds. Longer than any pause of a living writer, and short enough to wait for after the crash of another host. */
export const leaseTimeMs = 30_000

/** The lease of a writer. `fence` increases with each writer; `name` is unique. */
export interface WriterLease {
  readonly fence: string
  readonly name: string
}

/** Takes the lease if it is free, or if its writer used the same folder on the same kernel: that one is dead, since the caller has its lock. */
const takeScript = `
local holder = redis.call('GET', KEYS[1])
if holder and ARGV[1] ~= '' and string.sub(holder, -#ARGV[1]) ~= ARGV[1] then return false end
local fence = redis.call('INCR', KEYS[2])
redis.call('SET', KEYS[1], fence .. ' ' .. ARGV[2] .. ' ' .. ARGV[1], 'PX', ARGV[3])
return fence`

/**
 * Takes the lease. The instance lock already excludes other writers of this host; with a shared server the lease also excludes writers on
 * clones of this host. Raises `lock-held` (refused).
 */
export async function takeLease(
  host: HostReader,
  redis: Redis,
  keys: InstanceKeys,
  paths: Paths,
  exclusiveServer: boolean,
): Promise<WriterLease> {
  const [folderId, writerId] = [
    exclusiveServer ? '' : await folderIdentity(host, paths),
    randomBytes(6).toString('hex'),
  ]
  const fence = await redis.eval(takeScript, 2, keys.writer, keys.fence, folderId, writerId, leaseTimeMs)
  if (fence !== null) return { fence: String(fence), name: `${fence} ${writerId} ${folderId}` }
  throw refusedError({
    code: 'lock-held',
    message: 'Another writer holds the records of this instance in Redis.',
    hint: `Its lease expires ${leaseTimeMs / 1000} s after the writer has died; \`heropods unlock\` ends it at once.`,
    retryable: true,
  })
}

/** Identifies the folder whose lock a writer holds. A clone of it on another kernel or disk has another identity. */
async function folderIdentity(host: HostReader, { data }: Paths): Promise<string> {
  const [boot, folder] = [await host.readFile('/proc/sys/kernel/random/boot_id'), await host.statTarget(data)]
  return `${boot?.trim()}:${folder?.dev}:${folder?.inode}`
}

/**
 * Checks the writer and runs its commands in one transaction: a writer without its lease changes nothing. A lease that has disappeared
 * (the server was emptied, or evicts keys) is taken again if no other writer has taken one since.
 */
const fencedScript = `
local holder, answer = redis.call('GET', KEYS[1]), 'OK'
if holder ~= ARGV[1] then
  local fence = redis.call('GET', KEYS[2])
  if holder or (fence and fence ~= ARGV[2]) then return redis.error_reply('FENCED') end
  redis.call('SET', KEYS[1], ARGV[1])
  redis.call('SET', KEYS[2], ARGV[2])
  answer = 'AGAIN'
end
redis.call('PEXPIRE', KEYS[1], ARGV[3])
for _, write in ipairs(cjson.decode(ARGV[4])) do redis.call(unpack(write)) end
return answer`

/** Runs commands under the lease; `lease-retaken`: the lease had disappeared and was taken again. Raises `fenced`, and throws the errors of Redis. */
export async function writeFenced(
  redis: Redis,
  keys: InstanceKeys,
  { name, fence }: WriterLease,
  writes: readonly RedisCommand[],
): Promise<'written' | 'lease-retaken'> {
  const texts = JSON.stringify(writes.map((one) => one.map(String)))
  try {
    const answer = await redis.eval(fencedScript, 2, keys.writer, keys.fence, name, fence, leaseTimeMs, texts)
    return answer === 'AGAIN' ? 'lease-retaken' : 'written'
  } catch (error) {
    if (!String(error).includes('FENCED')) throw error
    throw new HeroPodsError({
      code: 'fenced',
      message: 'Another writer has taken over the records of this instance.',
      hint: 'Run the command again.',
      retryable: true,
    })
  }
}

const endScript = `if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end`

/** Deletes the lease. An error is ignored: the lease expires by itself. */
export const endLease = async (redis: Redis, keys: InstanceKeys, { name }: WriterLease): Promise<void> => {
  await redis.eval(endScript, 1, keys.writer, name).catch(() => undefined)
}
