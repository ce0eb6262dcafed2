import { setTimeout as delay } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import { readFileSync } from '../../host/caller-files.ts'
import { HeroPodsError, refuse } from '../../model/errors.ts'
import { redisDiagnostic } from './redis-errors.ts'
import { type RedisServer, redisServer } from './redis-url.ts'
import { refusalOf } from './refusal.ts'

/** How long a server gets to take a connection and greet, and to answer one command. Milliseconds. */
const [greetingTime, answerTime] = [5000, 10_000]
/** How often a server that loads its data is asked whether it has done. Milliseconds. */
const loadingPoll = 50

/**
 * Opens a connection; `target` is a URL as users write it or a server, `protocol` the version of RESP, default 3. Every wait on it is bounded.
 * Raises `redis-url`, `redis-unreachable`, `redis-timeout`, or what the server says (redis-errors.ts); all refused, without the password.
 */
export async function connect(target: string | RedisServer, protocol: 2 | 3 = 3): Promise<Redis> {
  const server = typeof target === 'string' ? redisServer(target) : target
  const { Redis } = await import('./ioredis.ts')
  const redis = new Redis({
    ...server.at,
    ...(server.username !== undefined && { username: server.username }),
    ...(server.password !== undefined && { password: server.password }),
    db: server.db,
    ...(server.tls && { tls: tlsOf(server.tls) }),
    protocol,
    lazyConnect: true,
    maxRetriesPerRequest: 1,
    // Our own clock says what was waited for.
    connectTimeout: 2 * greetingTime,
    commandTimeout: answerTime,
    retryStrategy: () => null,
    // It prints what a server refuses, and waits longer than we do: see untilServing.
    enableReadyCheck: false,
    // A server that is ending does not answer a goodbye.
    disconnectTimeout: 50,
  })
  // Errors are told by the calls that fail; without a listener ioredis prints them. What closed a connection only stands here.
  let said: unknown
  redis.on('error', (error) => {
    said = error
  })
  let accepted = false
  redis.once('connect', () => {
    accepted = true
  })
  let timer: NodeJS.Timeout | undefined
  let loading: unknown
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(loading ?? tooLate(server, accepted)), greetingTime)
  })
  const onLoading = (error: unknown): void => {
    loading = error
  }
  try {
    await Promise.race([redis.connect(), late])
    // A database that does not exist is reported only here: ioredis would go on with the first one.
    if (said !== undefined) throw said
    await Promise.race([untilServing(redis, onLoading), late])
    return redis
  } catch (error) {
    redis.disconnect()
    if (error instanceof HeroPodsError) throw error
    const cause = said ?? error
    const isKnown = redisDiagnostic(cause) !== undefined || !accepted || server.tls !== undefined
    throw unusable(server, isKnown ? cause : ((await refusalOf(server)) ?? cause))
  } finally {
    clearTimeout(timer)
  }
}

/** A server that loads its data takes connections and answers nothing else. What a user may not do is told by what needs it. */
async function untilServing(redis: Redis, onLoading: (error: unknown) => void): Promise<void> {
  for (;;) {
    const refused: unknown = await redis.ping().then(
      () => undefined,
      (error: unknown) => error,
    )
    const said = String(refused)
    if (refused === undefined || said.includes('NOPERM')) return
    if (!said.includes('LOADING')) throw refused
    onLoading(refused)
    if (redis.status !== 'ready') throw refused
    await delay(loadingPoll)
  }
}

/** The server behind a socket of our own: its path may hold anything. */
export const serverAt = (path: string): RedisServer => ({ name: path, at: { path }, db: 0 })

/** Whether a server answers PING on a socket. */
export async function answers(socket: string): Promise<boolean> {
  try {
    const redis = await connect(serverAt(socket))
    const pong = await redis.ping()
    redis.disconnect()
    return pong === 'PONG'
  } catch {
    return false
  }
}

/** What an open connection failed with. `doing`: what was waited for, in words. */
export function failed(cause: unknown, doing: string): HeroPodsError {
  if (cause instanceof HeroPodsError) return cause
  const said = cause instanceof Error ? cause.message.replace(/\.$/, '') : String(cause)
  const timedOut = said === 'Command timed out'
  return new HeroPodsError(
    redisDiagnostic(cause) ?? {
      code: timedOut ? 'redis-timeout' : 'redis-lost',
      message: timedOut
        ? `Redis did not answer within ${answerTime / 1000} s (${doing}).`
        : `Redis was lost meanwhile (${doing}): ${said}.`,
      hint: 'Run the command again: what was done is found on the host, and its records are made anew.',
      retryable: true,
    },
    { cause },
  )
}

const tooLate = ({ name }: RedisServer, accepted: boolean): HeroPodsError =>
  refuse({
    code: 'redis-timeout',
    message: `Redis at ${name} ${accepted ? 'takes connections and does not answer' : 'did not take a connection'}: waited ${greetingTime / 1000} s for ${accepted ? 'its greeting (HELLO, AUTH, SELECT, PING)' : 'it'}.`,
    hint: 'Check HEROPODS_REDIS_URL and the server (is it stopped or overloaded?), or unset it to use HeroPods’ own.',
    retryable: true,
  })

function unusable({ name }: RedisServer, error: unknown): HeroPodsError {
  const known = redisDiagnostic(error)
  const said = (error instanceof Error ? error.message : String(error)).replace(/\.$/, '')
  return refuse(
    known
      ? { ...known, message: `Redis at ${name} cannot be used. ${known.message}` }
      : {
          code: 'redis-unreachable',
          message: `Redis at ${name} cannot be used: ${said}.`,
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
    throw refuse({
      code: 'redis-tls',
      message: `The ${name} of HEROPODS_REDIS_URL cannot be read: ${(error as Error).message}.`,
      hint: 'Name a PEM file that root can read.',
    })
  }
}
