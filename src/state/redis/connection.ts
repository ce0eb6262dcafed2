import { setTimeout as delay } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import { readFileSync } from '../../host/caller-files.ts'
import { HeroPodsError, messageOf, refusedError } from '../../model/errors.ts'
import { redisDiagnostic } from './redis-errors.ts'
import { type RedisServer, redisServer } from './redis-url.ts'
import { readRefusal } from './refusal.ts'

/** The longest time to open a connection, milliseconds. */
const connectTimeoutMs = 5000
/** The longest time of one command, milliseconds. */
const commandTimeoutMs = 10_000
/** Time between two checks of a server that is loading its data, milliseconds. */
const loadingPollMs = 50

/**
 * Opens a connection. `target` is a URL or a parsed one, `protocol` the version of RESP (default 3). Every wait on the connection has a
 * timeout. Raises `redis-url`, `redis-unreachable`, `redis-timeout` and the errors of redis-errors.ts (refused), never with the password.
 */
export async function connect(target: string | RedisServer, protocol: 2 | 3 = 3): Promise<Redis> {
  const server = typeof target === 'string' ? redisServer(target) : target
  const { Redis } = await import('./ioredis.ts')
  const redis = new Redis(optionsFor(server, protocol))
  // The failing calls report errors; without a listener ioredis prints them. Only this event has the reason of a closed connection.
  let lastError: unknown
  redis.on('error', (error) => {
    lastError = error
  })
  let accepted = false
  redis.once('connect', () => {
    accepted = true
  })
  let timer: NodeJS.Timeout | undefined
  let loading: unknown
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(loading ?? timeoutError(server, accepted)), connectTimeoutMs)
  })
  const onLoading = (error: unknown): void => {
    loading = error
  }
  try {
    await Promise.race([redis.connect(), late])
    // ioredis reports a missing database only as an event, and would continue with database 0.
    if (lastError !== undefined) throw lastError
    await Promise.race([waitUntilServing(redis, onLoading), late])
    return redis
  } catch (error) {
    redis.disconnect()
    if (error instanceof HeroPodsError) throw error
    const cause = lastError ?? error
    const isKnown = redisDiagnostic(cause) !== undefined || !accepted || server.tls !== undefined
    throw unusableServerError(server, isKnown ? cause : ((await readRefusal(server)) ?? cause))
  } finally {
    clearTimeout(timer)
  }
}

const optionsFor = (server: RedisServer, protocol: 2 | 3) => ({
  ...server.endpoint,
  ...(server.username !== undefined && { username: server.username }),
  ...(server.password !== undefined && { password: server.password }),
  db: server.db,
  ...(server.tls && { tls: tlsOf(server.tls) }),
  protocol,
  lazyConnect: true,
  maxRetriesPerRequest: 1,
  // The timer of connect() is shorter and reports the cause of a timeout.
  connectTimeout: 2 * connectTimeoutMs,
  commandTimeout: commandTimeoutMs,
  retryStrategy: () => null,
  // Its ready check prints errors and waits longer than connectTimeout: see waitUntilServing.
  enableReadyCheck: false,
  // A server that shuts down does not answer QUIT.
  disconnectTimeout: 50,
})

/** Waits until the server has loaded its data. A missing permission for PING is ignored: the command that needs one reports it. */
async function waitUntilServing(redis: Redis, onLoading: (error: unknown) => void): Promise<void> {
  for (;;) {
    const refused: unknown = await redis.ping().then(
      () => undefined,
      (error: unknown) => error,
    )
    const message = String(refused)
    if (refused === undefined || message.includes('NOPERM')) return
    if (!message.includes('LOADING')) throw refused
    onLoading(refused)
    if (redis.status !== 'ready') throw refused
    await delay(loadingPollMs)
  }
}

/** The server at a socket. The path needs no escaping, unlike in a URL. */
export const serverAt = (path: string): RedisServer => ({ name: path, endpoint: { path }, db: 0 })

/** True if a server answers PING on a socket. */
export async function isResponding(socket: string): Promise<boolean> {
  try {
    const redis = await connect(serverAt(socket))
    const pong = await redis.ping()
    redis.disconnect()
    return pong === 'PONG'
  } catch {
    return false
  }
}

/** Converts an error of an open connection. `doing` names the operation, for the message. */
export function connectionError(cause: unknown, doing: string): HeroPodsError {
  if (cause instanceof HeroPodsError) return cause
  const reason = messageOf(cause).replace(/\.$/, '')
  const timedOut = reason === 'Command timed out'
  return new HeroPodsError(
    redisDiagnostic(cause) ?? {
      code: timedOut ? 'redis-timeout' : 'redis-lost',
      message: timedOut
        ? `Redis did not answer within ${commandTimeoutMs / 1000} s (${doing}).`
        : `The connection to Redis was lost (${doing}): ${reason}.`,
      hint: 'Run the command again: it finds the finished steps on the host and records them again.',
      retryable: true,
    },
    { cause },
  )
}

const timeoutError = ({ name }: RedisServer, accepted: boolean): HeroPodsError =>
  refusedError({
    code: 'redis-timeout',
    message: `Redis at ${name} ${accepted ? 'accepts connections but does not answer' : 'did not accept a connection'}: waited ${connectTimeoutMs / 1000} s for ${accepted ? 'its greeting (HELLO, AUTH, SELECT, PING)' : 'it'}.`,
    hint: 'Check HEROPODS_REDIS_URL and the server (is it stopped or overloaded?), or unset it to use HeroPods’ own.',
    retryable: true,
  })

function unusableServerError({ name }: RedisServer, error: unknown): HeroPodsError {
  const known = redisDiagnostic(error)
  const reason = messageOf(error).replace(/\.$/, '')
  return refusedError(
    known
      ? { ...known, message: `Redis at ${name} cannot be used. ${known.message}` }
      : {
          code: 'redis-unreachable',
          message: `Redis at ${name} cannot be used: ${reason}.`,
          hint: 'Check HEROPODS_REDIS_URL and the server, or unset it to use HeroPods’ own.',
          retryable: true,
        },
  )
}

function tlsOf({ cafile, certfile, keyfile }: NonNullable<RedisServer['tls']>) {
  return {
    ...(cafile !== undefined && { ca: fileOf('cafile', cafile) }),
    ...(certfile !== undefined && { cert: fileOf('certfile', certfile) }),
    ...(keyfile !== undefined && { key: fileOf('keyfile', keyfile) }),
  }
}

function fileOf(name: string, path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    throw refusedError({
      code: 'redis-tls',
      message: `The ${name} of HEROPODS_REDIS_URL cannot be read: ${messageOf(error)}.`,
      hint: 'Use a PEM file that root can read.',
    })
  }
}
