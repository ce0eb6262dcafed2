import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Paths } from '../../host/files/paths.ts'
import { damagedName, setAside } from '../../host/files/set-aside.ts'
import type { Host, HostReader } from '../../host/host.ts'
import { waitForEnd } from '../../host/process/process.ts'
import { type Diagnostic, HeroPodsError, refusedError } from '../../model/errors.ts'
import { fieldOf } from '../../model/values/unknown.ts'
import { connect, isResponding, serverAt } from './connection.ts'
import {
  type LoadFailure,
  loadFailure,
  setAsideWarning,
  startTimeoutError,
  startTimeoutMs,
} from './embedded-failures.ts'
import type { Redis } from './ioredis.ts'
import { maxSocketPathBytes } from './redis-url.ts'

export const socketPath = (paths: Paths): string => join(paths.run, 'redis.sock')
const dataPath = (paths: Paths): string => join(paths.data, 'redis')

/** True if this instance has the data folder of its own server. */
export const hasData = (host: HostReader, paths: Paths): Promise<boolean> => exists(host, dataPath(paths))

const exists = async (host: HostReader, path: string): Promise<boolean> =>
  (await host.statTarget(path).catch(() => undefined)) !== undefined

/**
 * Connects to the instance's own server for reading. Starts it only if the instance has objects, so that a reader leaves no server behind
 * after a `destroy`. undefined: there is nothing to read.
 */
export async function connectForReading(host: Host, paths: Paths): Promise<Redis | undefined> {
  if (!(await hasData(host, paths))) return undefined
  return (
    (await connectRunning(host, paths)) ?? ((await hasObjects(host, paths)) ? connectEmbedded(host, paths) : undefined)
  )
}

async function hasObjects(host: HostReader, paths: Paths): Promise<boolean> {
  const kinds = ['containers', 'networks', 'images/claims', 'volumes'].map((kind) => join(paths.data, kind))
  const names = await Promise.all(kinds.map((folder) => host.readDir(folder)))
  const stacks = names.flatMap((found, index) => found.map((name) => join(kinds[index] ?? '', name)))
  const objects = await Promise.all(stacks.map((stack) => host.readDir(stack).catch(() => [])))
  return objects.flat().length > 0
}

/** Connects to the instance's own server; undefined if it does not run. */
export async function connectRunning(host: HostReader, paths: Paths): Promise<Redis | undefined> {
  const socket = socketPath(paths)
  if (!(await exists(host, socket))) return undefined
  try {
    return await connect(serverAt(socket))
  } catch (error) {
    // No process listens on the socket. A server that runs but does not answer is an error: a second one would not help.
    if (error instanceof HeroPodsError && error.diagnostics[0]?.code === 'redis-unreachable') return undefined
    throw error
  }
}

export interface EmbeddedOptions {
  /** Set aside data that cannot be loaded, for any cause. */
  readonly repairs?: boolean
  /** Called when the server was started. */
  readonly onStart?: () => void
  readonly onNotice?: (notice: Diagnostic) => void
}

/**
 * Connects to the instance's own Redis and starts it if it does not run. Concurrent callers start only one: the start needs a lock on the
 * data folder, which the server inherits and holds until it exits. Damaged data is set aside.
 * Raises `redis-unreachable`, `redis-version`, `socket-path-too-long`, `tool-missing` (refused).
 */
export async function connectEmbedded(host: Host, paths: Paths, options: EmbeddedOptions = {}): Promise<Redis> {
  const socket = socketPath(paths)
  if (Buffer.byteLength(socket) > maxSocketPathBytes) throw socketTooLongError(socket)
  const running = await connectRunning(host, paths)
  if (running && (await hasData(host, paths))) return running
  // The data folder was removed while the server runs: it would write nowhere.
  running?.disconnect()
  if (running) await stopEmbedded(host, paths)
  await makeFolder(host, paths, options)
  await host.makeDir(paths.run)
  const lock = await host.openLockFile(join(dataPath(paths), 'lock'))
  try {
    if (await lock.lock('exclusive')) await startWithLoadableData(host, paths, lock.descriptor, options)
    else await waitUntilResponding(socket)
    return await connect(serverAt(socket))
  } finally {
    await lock.close()
  }
}

/** Creates the data folder. A file at its path is set aside. */
async function makeFolder(host: Host, paths: Paths, { onNotice }: EmbeddedOptions): Promise<void> {
  const folder = dataPath(paths)
  const found = await host.statTarget(folder).catch(() => undefined)
  if (found !== undefined && found.kind !== 'folder')
    onNotice?.(setAsideWarning(await setAside(host, folder), 'it is not a folder'))
  await host.makeDir(folder)
}

async function startWithLoadableData(host: Host, paths: Paths, lock: number, options: EmbeddedOptions): Promise<void> {
  const socket = socketPath(paths)
  await host.removeTree(socket)
  options.onStart?.()
  const failure = await startServer(host, paths, lock)
  if (failure === undefined) return
  if (!failure.isDataDamage && !options.repairs) throw failure.refusal
  const aside = await setDataAside(host, paths)
  await host.removeTree(socket)
  const again = await startServer(host, paths, lock)
  if (again !== undefined) throw again.refusal
  options.onNotice?.(setAsideWarning(aside, failure.logLine))
}

/** Starts the server and waits until it answers. Returns the failure, or undefined. */
async function startServer(host: Host, paths: Paths, lock: number): Promise<LoadFailure | undefined> {
  const log = join(dataPath(paths), 'redis.log')
  const before = (await host.statTarget(log).catch(() => undefined))?.size ?? 0
  const pid = await spawnServer(host, paths, lock)
  const server = pid === undefined ? undefined : await host.processIdentity(pid)
  for (const deadline = Date.now() + startTimeoutMs; Date.now() < deadline; await delay(5)) {
    if (await isResponding(socketPath(paths))) return undefined
    if (!(await host.isAlive(server))) return loadFailure(((await host.readFile(log)) ?? '').slice(before), log)
  }
  throw startTimeoutError()
}

/** Moves all data except the lock and the log into a folder beside. Returns its path. */
async function setDataAside(host: Host, paths: Paths): Promise<string> {
  const folder = dataPath(paths)
  const aside = damagedName(folder)
  await host.makeDir(aside)
  for (const name of await host.readDir(folder))
    if (name !== 'lock' && name !== 'redis.log') await host.rename(join(folder, name), join(aside, name))
  return aside
}

/** Starts the process. Returns its pid, or undefined if it exited at once. */
async function spawnServer(host: Host, paths: Paths, lock: number): Promise<number | undefined> {
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
      return await host.spawnDaemon({ program, args, descriptors: [lock] })
    } catch (error) {
      const code = fieldOf(error, 'code')
      // The process exited before it was moved to its cgroup.
      if (code === 'ESRCH') return undefined
      if (code !== 'ENOENT') throw error
    }
  }
  throw refusedError({
    code: 'tool-missing',
    message: 'Neither redis-server nor valkey-server is installed.',
    hint: 'Install it (`apt install redis-server`), or set HEROPODS_REDIS_URL.',
  })
}

/** Stops the instance's own server, if it runs, after it has written its data. */
export async function stopEmbedded(host: Host, paths: Paths): Promise<void> {
  const socket = socketPath(paths)
  if (!(await isResponding(socket))) return
  const redis = await connect(serverAt(socket))
  const pid = Number(/^process_id:(\d+)/m.exec(await redis.info('server'))?.[1])
  const server = await host.processIdentity(pid)
  await redis.shutdown('NOSAVE').catch(() => undefined)
  redis.disconnect()
  if (server) await waitForEnd(host, server, 5000)
  await host.removeFile(socket)
}

async function waitUntilResponding(socket: string): Promise<void> {
  for (const deadline = Date.now() + startTimeoutMs; Date.now() < deadline; await delay(5))
    if (await isResponding(socket)) return
  throw startTimeoutError()
}

const socketTooLongError = (socket: string) =>
  refusedError({
    code: 'socket-path-too-long',
    message: `The path ${socket} is too long for a unix socket (${maxSocketPathBytes} bytes at most).`,
    hint: 'Set HEROPODS_RUN_DIR to a shorter folder.',
  })
