import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Paths } from '../../host/files/paths.ts'
import { damagedName, setAside } from '../../host/files/set-aside.ts'
import type { Host, HostReader } from '../../host/host.ts'
import { waitForEnd } from '../../host/process/process.ts'
import { type Diagnostic, HeroPodsError, refuse } from '../../model/errors.ts'
import { answers, connect, serverAt } from './connection.ts'
import { type LoadFailure, loadFailure, notUp, setAsideNotice, startTime } from './embedded-failures.ts'
import type { Redis } from './ioredis.ts'
import { longestSocketPath } from './redis-url.ts'

export const socketPath = (paths: Paths): string => join(paths.run, 'redis.sock')
const dataPath = (paths: Paths): string => join(paths.data, 'redis')

/** Whether this instance has ever had a server of its own. */
export const hasData = (host: HostReader, paths: Paths): Promise<boolean> => exists(host, dataPath(paths))

const exists = async (host: HostReader, path: string): Promise<boolean> =>
  (await host.statTarget(path).catch(() => undefined)) !== undefined

/**
 * The instance's own server for what only it knows: it is started, where objects exist, so that after a `destroy` none is left behind by a
 * look. undefined: there is nothing to read.
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

/** The instance's own server where it runs. */
export async function connectRunning(host: HostReader, paths: Paths): Promise<Redis | undefined> {
  const socket = socketPath(paths)
  if (!(await exists(host, socket))) return undefined
  try {
    return await connect(serverAt(socket))
  } catch (error) {
    // Nobody listens there any more. A server that is there and does not answer is another matter: a second one would not help.
    if (error instanceof HeroPodsError && error.diagnostics[0]?.code === 'redis-unreachable') return undefined
    throw error
  }
}

export interface EmbeddedOptions {
  /** Data that cannot be loaded is set aside whatever the cause. */
  readonly repairs?: boolean
  /** Called when the server was started. */
  readonly onStart?: () => void
  readonly onNotice?: (notice: Diagnostic) => void
}

/**
 * The instance's own Redis: answers a connection to it, starting the server where none answers. Two callers at once start one:
 * the server is only started under a lock on its data folder, which it inherits and holds for life. Data that is damaged is set aside.
 * Raises `redis-unreachable`, `redis-version`, `socket-path-too-long`, `tool-missing` (refused).
 */
export async function connectEmbedded(host: Host, paths: Paths, options: EmbeddedOptions = {}): Promise<Redis> {
  const socket = socketPath(paths)
  if (Buffer.byteLength(socket) > longestSocketPath) throw socketTooLong(socket)
  const running = await connectRunning(host, paths)
  if (running && (await hasData(host, paths))) return running
  // Its folder was taken away below it: whatever it writes goes nowhere.
  running?.disconnect()
  if (running) await stopEmbedded(host, paths)
  await makeFolder(host, paths, options)
  await host.makeDir(paths.run)
  const lock = await host.openLockFile(join(dataPath(paths), 'lock'))
  try {
    if (await lock.lock('exclusive')) await startLoadable(host, paths, lock.descriptor, options)
    else await waitFor(socket)
    return await connect(serverAt(socket))
  } finally {
    await lock.close()
  }
}

/** A file in place of the folder is set aside. */
async function makeFolder(host: Host, paths: Paths, { onNotice }: EmbeddedOptions): Promise<void> {
  const folder = dataPath(paths)
  const found = await host.statTarget(folder).catch(() => undefined)
  if (found !== undefined && found.kind !== 'folder')
    onNotice?.(setAsideNotice(await setAside(host, folder), 'it is not a folder'))
  await host.makeDir(folder)
}

async function startLoadable(host: Host, paths: Paths, lock: number, options: EmbeddedOptions): Promise<void> {
  const socket = socketPath(paths)
  await host.removeTree(socket)
  options.onStart?.()
  const failure = await tryStart(host, paths, lock)
  if (failure === undefined) return
  if (!failure.isOfData && !options.repairs) throw failure.refusal
  const aside = await setDataAside(host, paths)
  await host.removeTree(socket)
  const again = await tryStart(host, paths, lock)
  if (again !== undefined) throw again.refusal
  options.onNotice?.(setAsideNotice(aside, failure.said))
}

/** Starts the server and waits until it answers; undefined: it does. */
async function tryStart(host: Host, paths: Paths, lock: number): Promise<LoadFailure | undefined> {
  const log = join(dataPath(paths), 'redis.log')
  const before = (await host.statTarget(log).catch(() => undefined))?.size ?? 0
  const pid = await start(host, paths, lock)
  const server = pid === undefined ? undefined : await host.processIdentity(pid)
  for (const deadline = Date.now() + startTime; Date.now() < deadline; await delay(5)) {
    if (await answers(socketPath(paths))) return undefined
    if (!(await host.isAlive(server))) return loadFailure(((await host.readFile(log)) ?? '').slice(before), log)
  }
  throw notUp()
}

/** Everything but the lock and the log goes into a folder beside. */
async function setDataAside(host: Host, paths: Paths): Promise<string> {
  const folder = dataPath(paths)
  const aside = damagedName(folder)
  await host.makeDir(aside)
  for (const name of await host.readDir(folder))
    if (name !== 'lock' && name !== 'redis.log') await host.rename(join(folder, name), join(aside, name))
  return aside
}

/** Answers its pid; undefined: it has ended at once. */
async function start(host: Host, paths: Paths, lock: number): Promise<number | undefined> {
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
      const { code } = error as NodeJS.ErrnoException
      // It had ended before it was given a cgroup.
      if (code === 'ESRCH') return undefined
      if (code !== 'ENOENT') throw error
    }
  }
  throw refuse({
    code: 'tool-missing',
    message: 'Neither redis-server nor valkey-server is installed.',
    hint: 'Install it (`apt install redis-server`), or set HEROPODS_REDIS_URL.',
  })
}

/** Ends the instance's own server, if it runs, with everything written. */
export async function stopEmbedded(host: Host, paths: Paths): Promise<void> {
  const socket = socketPath(paths)
  if (!(await answers(socket))) return
  const redis = await connect(serverAt(socket))
  const pid = Number(/^process_id:(\d+)/m.exec(await redis.info('server'))?.[1])
  const server = await host.processIdentity(pid)
  await redis.shutdown('NOSAVE').catch(() => undefined)
  redis.disconnect()
  if (server) await waitForEnd(host, server, 5000)
  await host.removeFile(socket)
}

async function waitFor(socket: string): Promise<void> {
  for (const deadline = Date.now() + startTime; Date.now() < deadline; await delay(5)) if (await answers(socket)) return
  throw notUp()
}

const socketTooLong = (socket: string) =>
  refuse({
    code: 'socket-path-too-long',
    message: `The path ${socket} is too long for a unix socket (${longestSocketPath} bytes at most).`,
    hint: 'Set HEROPODS_RUN_DIR to a shorter folder.',
  })
