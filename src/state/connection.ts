import type { Redis } from 'ioredis'
import { refuse } from '../errors.ts'

/**
 * Opens a connection; `target` is a socket's path or a URL, `protocol` the version of RESP, default 3. Raises `redis-unreachable`
 * (refused), without the password.
 */
export async function connect(target: string, protocol: 2 | 3 = 3): Promise<Redis> {
  const { Redis } = await import('./ioredis.ts')
  const options = {
    protocol,
    lazyConnect: true,
    maxRetriesPerRequest: 1,
    connectTimeout: 3000,
    retryStrategy: () => null,
    enableReadyCheck: true,
    // A server that is ending does not answer a goodbye.
    disconnectTimeout: 50,
  }
  const redis =
    target.includes('://') && !target.startsWith('unix://')
      ? new Redis(target, options)
      : new Redis({ path: target.replace(/^unix:\/\//, ''), ...options })
  // Errors are told by the calls that fail; without a listener ioredis prints them. What closed a connection only stands here.
  let said: unknown
  redis.on('error', (error) => {
    said = error
  })
  try {
    await redis.connect()
    return redis
  } catch (error) {
    redis.disconnect()
    throw refuse({
      code: 'redis-unreachable',
      message: `Redis at ${withoutPassword(target)} cannot be used: ${reason(said ?? error)}.`,
      hint: 'Check HEROPODS_REDIS_URL and the server, or unset it to use HeroPods’ own.',
      retryable: true,
    })
  }
}

/** Whether a server answers PING on a socket. */
export async function answers(socket: string): Promise<boolean> {
  try {
    const redis = await connect(socket)
    const pong = await redis.ping()
    redis.disconnect()
    return pong === 'PONG'
  } catch {
    return false
  }
}

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error)).replace(/\.$/, '')

const withoutPassword = (target: string): string => target.replace(/(:\/\/[^:@/]*):[^@]*@/, '$1:***@')
