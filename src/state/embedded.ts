import { mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { HeroPodsError, refuse } from '../errors.ts'
import type { Host } from '../host/host.ts'
import { LocalHost } from '../host/local.ts'
import { flock } from '../host/lock.ts'
import { processIdentity, waitForEnd } from '../host/process.ts'
import type { Paths } from '../paths.ts'
import { answers, connect, serverAt } from './connection.ts'
import type { Redis } from './ioredis.ts'
import { longestSocketPath } from './redis-url.ts'

export const socketPath = (paths: Paths): string => join(paths.run, 'redis.sock')
const dataPath = (paths: Paths): string => join(paths.data, 'redis')

/** Whether this instance has ever had a server of its own. */
export const hasData = async (paths: Paths): Promise<boolean> =>
  stat(dataPath(paths)).then(
    () => true,
    () => false,
  )

/**
 * The same for a reader; undefined where there is nothing to read. Only where objects stand does it start a server that does not run:
 * after a `destroy` none is left behind by a look.
 */
export async function connectForReading(paths: Paths): Promise<Redis | undefined> {
  if (!(await hasData(paths))) return undefined
  return (await connectRunning(paths)) ?? ((await hasObjects(paths)) ? connectEmbedded(paths) : undefined)
}

async function hasObjects(paths: Paths): Promise<boolean> {
  const kinds = ['containers', 'networks', 'images/claims', 'volumes'].map((kind) => join(paths.data, kind))
  const names = await Promise.all(kinds.map((folder) => readdir(folder).catch(() => [])))
  const stacks = names.flatMap((found, index) => found.map((name) => join(kinds[index] as string, name)))
  const objects = await Promise.all(stacks.map((stack) => readdir(stack).catch(() => [])))
  return objects.flat().length > 0
}

/** The instance's own server where it runs. */
async function connectRunning(paths: Paths): Promise<Redis | undefined> {
  const socket = socketPath(paths)
  const exists = await stat(socket).then(
    () => true,
    () => false,
  )
  if (!exists) return undefined
  try {
    return await connect(serverAt(socket))
  } catch (error) {
    // Nobody listens there any more. A server that is there and does not answer is another matter: a second one would not help.
    if (error instanceof HeroPodsError && error.diagnostics[0]?.code === 'redis-unreachable') return undefined
    throw error
  }
}

/**
 * The instance's own Redis: answers a connection to it, starting the server where none answers. Two callers at once start one:
 * the server is only started under a lock on its data folder, which it inherits and holds for life.
 * Raises `redis-unreachable`, `socket-path-too-long`, `tool-missing` (refused).
 */
export async function connectEmbedded(paths: Paths): Promise<Redis> {
  const socket = socketPath(paths)
  if (Buffer.byteLength(socket) > longestSocketPath) throw socketTooLong(socket)
  const running = await connectRunning(paths)
  if (running && (await hasData(paths))) return running
  // Its folder was taken away below it: whatever it writes goes nowhere.
  running?.disconnect()
  if (running) await stopEmbedded(paths)
  await mkdir(dataPath(paths), { recursive: true, mode: 0o700 })
  await mkdir(paths.run, { recursive: true, mode: 0o700 })
  const lock = await open(join(dataPath(paths), 'lock'), 'a', 0o600)
  try {
    const mine = await flock(lock.fd, 'exclusive')
    if (mine) {
      await rm(socket, { force: true })
      await start(new LocalHost(), paths, lock.fd)
    }
    await waitFor(socket)
    return await connect(serverAt(socket))
  } finally {
    await lock.close()
  }
}

async function start(host: Host, paths: Paths, lock: number): Promise<void> {
  const settings = {
    bind: '127.0.0.1',
    port: '0',
    unixsocket: socketPath(paths),
    unixsocketperm: '700',
    dir: dataPath(paths),
    appendonly: 'yes',
    appendfsync: 'everysec',
    save: '',
    'aof-load-truncated': 'yes',
    logfile: join(dataPath(paths), 'redis.log'),
    pidfile: join(paths.run, 'redis.pid'),
    'maxmemory-policy': 'noeviction',
  }
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value])
  for (const program of ['redis-server', 'valkey-server']) {
    try {
      await host.spawnDaemon({ program, args, descriptors: [lock] })
      return
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
  }
  throw refuse({
    code: 'tool-missing',
    message: 'Neither redis-server nor valkey-server is installed.',
    hint: 'Install it (`apt install redis-server`), or set HEROPODS_REDIS_URL.',
  })
}

/** Ends the instance's own server, if it runs, with everything written. */
export async function stopEmbedded(paths: Paths): Promise<void> {
  const socket = socketPath(paths)
  if (!(await answers(socket))) return
  const redis = await connect(serverAt(socket))
  const pid = Number(/^process_id:(\d+)/m.exec(await redis.info('server'))?.[1])
  const server = processIdentity(pid)
  await redis.shutdown('NOSAVE').catch(() => undefined)
  redis.disconnect()
  if (server) await waitForEnd(server, 5000)
  await rm(socket, { force: true })
}

async function waitFor(socket: string): Promise<void> {
  for (const deadline = Date.now() + 10_000; Date.now() < deadline; await delay(5)) if (await answers(socket)) return
  throw refuse({
    code: 'redis-unreachable',
    message: 'The instance’s own Redis did not come up within 10 s.',
    hint: 'Its log is `redis/redis.log` below the instance’s data folder.',
    retryable: true,
  })
}

const socketTooLong = (socket: string) =>
  refuse({
    code: 'socket-path-too-long',
    message: `The path ${socket} is too long for a unix socket (${longestSocketPath} bytes at most).`,
    hint: 'Set HEROPODS_RUN_DIR to a shorter folder.',
  })
