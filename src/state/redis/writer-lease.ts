import { randomBytes } from 'node:crypto'
import type { Redis } from 'ioredis'
import type { Paths } from '../../host/files/paths.ts'
import type { HostReader } from '../../host/host.ts'
import { HeroPodsError, refuse } from '../../model/errors.ts'
import type { Write } from '../history-records.ts'
import type { InstanceKeys } from './keys.ts'

/** Longer than any pause of a living writer, short enough to wait for after a crash of another host. Milliseconds. */
export const leaseTime = 30_000

/** A writer's right to the records: its number grows with each writer, its name is no other's. */
export interface WriterLease {
  readonly fence: string
  readonly name: string
}

/** Takes a lease that nobody has, or that a writer of the same folder on the same kernel had: it is dead, its lock is ours now. */
const takeScript = `
local holder = redis.call('GET', KEYS[1])
if holder and ARGV[1] ~= '' and string.sub(holder, -#ARGV[1]) ~= ARGV[1] then return false end
local fence = redis.call('INCR', KEYS[2])
redis.call('SET', KEYS[1], fence .. ' ' .. ARGV[2] .. ' ' .. ARGV[1], 'PX', ARGV[3])
return fence`

/**
 * The host's flock has decided already, and on the instance's own server that is all; with a shared server the lease keeps writers of
 * other hosts' clones out as well.
 */
export async function takeLease(
  host: HostReader,
  redis: Redis,
  keys: InstanceKeys,
  paths: Paths,
  exclusiveServer: boolean,
): Promise<WriterLease> {
  const [place, own] = [exclusiveServer ? '' : await placeOf(host, paths), randomBytes(6).toString('hex')]
  const fence = await redis.eval(takeScript, 2, keys.writer, keys.fence, place, own, leaseTime)
  if (fence !== null) return { fence: String(fence), name: `${fence} ${own} ${place}` }
  throw refuse({
    code: 'lock-held',
    message: 'Another writer holds the records of this instance in Redis.',
    hint: `It ends by itself ${leaseTime / 1000} s after its writer has died; \`heropods unlock\` ends it at once.`,
    retryable: true,
  })
}

/** Names the folder whose lock a writer holds: no clone of it on another kernel or disk has the same. */
async function placeOf(host: HostReader, { data }: Paths): Promise<string> {
  const [boot, folder] = [await host.readFile('/proc/sys/kernel/random/boot_id'), await host.statTarget(data)]
  return `${boot?.trim()}:${folder?.dev}:${folder?.inode}`
}

/**
 * Compares the writer's name and runs the writes, as one: a writer that lost its lease changes nothing any more. A lease that is
 * simply gone (the server was emptied, or evicts) is taken again, if nobody else has had one since.
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

/** Writes under the lease; `again`: it was gone and was taken again. Raises `fenced`, and what Redis says. */
export async function writeFenced(
  redis: Redis,
  keys: InstanceKeys,
  { name, fence }: WriterLease,
  writes: readonly Write[],
): Promise<'written' | 'again'> {
  const texts = JSON.stringify(writes.map((one) => one.map(String)))
  try {
    const answer = await redis.eval(fencedScript, 2, keys.writer, keys.fence, name, fence, leaseTime, texts)
    return answer === 'AGAIN' ? 'again' : 'written'
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

/** Where the server is gone, so is the lease; it would end by itself too. */
export const endLease = async (redis: Redis, keys: InstanceKeys, { name }: WriterLease): Promise<void> => {
  await redis.eval(endScript, 1, keys.writer, name).catch(() => undefined)
}
