import { randomBytes } from 'node:crypto'
import { dirname } from 'node:path'
import { removeInstanceCgroups } from '../host/cgroup.ts'
import type { Caller } from '../host/contract/processes.ts'
import { instanceFolders, makeFolders } from '../host/files/base-folders.ts'
import { ensureKey, readKey, repairKey, storeKey } from '../host/files/key.ts'
import { lockPath, type Paths } from '../host/files/paths.ts'
import type { Host, HostReader } from '../host/host.ts'
import { defaultLockTimeoutMs, type LockHolder, readHolder } from '../host/lock.ts'
import { NetworkLock } from '../host/network-lock.ts'
import { ensureFileSize } from '../host/process/file-size.ts'
import { installCommand, missingPrograms } from '../host/requirements.ts'
import { type Diagnostic, refusedError } from '../model/errors.ts'
import type { Commit } from '../model/generation.ts'
import { readContext, type WriteOptions, writeContext } from '../providers/contexts.ts'
import type { ReadContext, WriteContext } from '../providers/provider.ts'
import type { Runtime, RuntimeOptions } from '../providers/runtime.ts'
import { openOptionalState } from '../state/optional-state.ts'
import { stopEmbedded } from '../state/redis/embedded.ts'
import { openState } from '../state/redis/redis.ts'
import { recordsUrl } from '../state/redis/redis-url.ts'
import type { State } from '../state/state.ts'
import { requireRoot } from './engine/require-root.ts'
import { localRuntime } from './runtime-registry.ts'

export interface SessionOptions {
  /** The host of the instance; its environment names the instance's folders and its Redis. */
  readonly host: Host
  readonly instance?: string
  /** A writing session holds the instance's lock until it is closed; a reading one gets a host that cannot write. */
  readonly write: boolean
  /** How long to wait for the lock, milliseconds, default 0: refused at once, naming the holder. */
  readonly lockTimeoutMs?: number
  /** Ends the wait for the lock. */
  readonly signal?: AbortSignal
  /** Creates the instance's key even in a session that only reads: a saved plan holds an HMAC of each sensitive value. */
  readonly createsKey?: boolean
  /** The command as its user typed it: shown to others while the lock is held. */
  readonly command: string
  /** The source of the change, for the history: see Generation. */
  readonly origin?: string
  /** The commit that the files are from. */
  readonly commit?: Commit
  /** Program and arguments that run HeroPods again: conmon calls it when a container exits. */
  readonly heropodsCommand: readonly string[]
  /** How containers are started, if not as commands do it. */
  readonly runtimeOptions?: Omit<RuntimeOptions, 'heropodsCommand'>
  /** The lock is held only for moments: other runs wait for it. */
  readonly brief?: boolean
  /** The host is enough: if the records cannot be used, a warning reports it and the command continues. */
  readonly optionalRecords?: boolean
  /** Damaged records are set aside and made again. */
  readonly repairs?: boolean
}

/** Everything a command needs of one instance. */
export interface Session {
  readonly paths: Paths
  /** The host for work that needs no lock of the instance. */
  readonly host: Host
  /** The host for reads; in a writing session its programs inherit the lock. */
  readonly hostReader: HostReader
  readonly runtime: Runtime
  readonly state: State
  /** Warnings about the records, for the end of the command. */
  readonly warnings: readonly Diagnostic[]
  /** The command as its user typed it. */
  readonly command: string
  readonly heropodsCommand: readonly string[]
  readonly origin: string | undefined
  readonly commit: Commit | undefined
  /** The user who typed it. */
  readonly caller: Caller
  /** URL of the records' server; undefined: the instance's own. */
  readonly redisUrl: string | undefined
  /** Key under which sensitive values are named in plans. A reader on a host without a key uses a temporary one. */
  readonly key: Buffer
  /** The lock of the host's addresses and ports, of a session that writes. Not held from the beginning. */
  readonly networkLock: NetworkLock | undefined
  /** Raises when the session was opened for reading. */
  writeHost(): Host
  readContext(): ReadContext
  /** Raises when the session was opened for reading. */
  writeContext(given?: WriteOptions): WriteContext
  /** Stores the key of a reader on a fresh host: a stored plan names sensitive values under it. */
  storeKey(): Promise<void>
  /** A run that finds everything as it should be leaves the records' server running, though it writes nothing. */
  keepRedisRunning(): void
  /** A run that has written data beside the records leaves its folders, though the instance is new. */
  keepData(): void
  /** The other holder of the instance's lock now; undefined: there is none. */
  lockHolder(): Promise<LockHolder | undefined>
  close(): Promise<void>
}

/** Opens an instance. Raises `not-linux`, `not-root`, `tool-missing`, `file-size-limited`, `lock-held`, `redis-url`, `redis-unreachable`, and problems of its folders (all refused). */
export async function openSession(options: SessionOptions): Promise<Session> {
  const { host } = options
  const url = recordsUrl(host.environment)
  await requireHost(host, url !== undefined)
  if (options.write) await ensureFileSize(host)
  const paths = instanceFolders(host.environment, options.instance)
  const runtime = localRuntime({ ...options.runtimeOptions, heropodsCommand: options.heropodsCommand })
  const fresh = (await host.statTarget(paths.data)) === undefined
  if (options.write || options.createsKey) await makeFolders(host, paths)
  let started = false
  let leavesServerRunning = false
  let leavesData = false
  const lock = options.write ? await takeLock(paths, options) : undefined
  const networkLock = options.write ? new NetworkLock(host, holderOf(options)) : undefined
  try {
    const lockedHost = lock && host.forRun(lock.descriptor)
    const hostReader = lockedHost ?? host.forRun()
    if (lockedHost && lock.afterKill) await runtime.removeHalfWritten({ host: lockedHost, paths })
    if (lockedHost && options.repairs) await repairKey(lockedHost, paths)
    const key =
      (lockedHost && !options.optionalRecords) || options.createsKey
        ? await ensureKey(lockedHost ?? host, paths)
        : ((await readKey(hostReader, paths)) ?? randomBytes(32))
    const requireWriter = (): Host => {
      if (lockedHost === undefined) throw new Error('this session only reads')
      return lockedHost
    }
    const warnings: Diagnostic[] = []
    const state = await (options.optionalRecords ? openOptionalState : openState)({
      host,
      paths,
      mode: options.write ? 'write' : 'read',
      ...(url !== undefined && { url }),
      ...(options.repairs && { repairs: true }),
      onNotice: (warning) => warnings.push(warning),
      onStart: () => {
        started = true
      },
    })
    return {
      paths,
      host,
      hostReader,
      runtime,
      state,
      warnings,
      command: options.command,
      heropodsCommand: options.heropodsCommand,
      origin: options.origin,
      commit: options.commit,
      caller: host.caller(),
      redisUrl: url,
      key,
      networkLock,
      writeHost: requireWriter,
      readContext: () => readContext(hostReader, paths),
      writeContext: (given) => writeContext(requireWriter(), paths, given),
      keepRedisRunning: () => {
        leavesServerRunning = true
      },
      keepData: () => {
        leavesData = true
      },
      storeKey: () => storeKey(lockedHost ?? host, paths, key),
      lockHolder: async () => {
        const holder = await readHolder(host, lockPath(paths))
        return holder !== undefined && (await host.isLocked(lockPath(paths))) ? holder : undefined
      },
      close: async () => {
        await networkLock?.release()
        await state.close()
        if (lockedHost && !state.hasWritten())
          await undo(lockedHost, paths, { fresh: fresh && !leavesData, started: started && !leavesServerRunning })
        await lock?.release()
      },
    }
  } catch (error) {
    if (lock) await undo(host, paths, { fresh, started })
    await lock?.release()
    throw error
  }
}

/** A writer that has changed nothing leaves nothing: no server that it started, and on a host without the instance no folder of it. */
async function undo(
  host: Host,
  paths: Paths,
  { fresh, started }: { readonly fresh: boolean; readonly started: boolean },
): Promise<void> {
  if (started) await stopEmbedded(host, paths)
  if (!fresh) return
  await removeInstanceCgroups(host, paths.id)
  for (const folder of [paths.run, paths.data]) {
    await host.removeTree(folder)
    // The base folder stays where another instance has something in it.
    await host.removeEmptyDir(dirname(folder)).catch(() => false)
  }
}

/** Checks the needs of every command. */
async function requireHost(host: HostReader, externalRedis: boolean): Promise<void> {
  const { platform } = host.system
  if (platform !== 'linux')
    throw refusedError({
      code: 'not-linux',
      message: `HeroPods runs on Linux; this is ${platform}.`,
      hint: 'Use a Linux machine or VM.',
    })
  requireRoot(host)
  const missing = await missingPrograms(host, externalRedis)
  if (missing.length > 0)
    throw refusedError({
      code: 'tool-missing',
      message: `Not installed: ${missing.map((one) => one.program).join(', ')}.`,
      hint: `Install with \`${await installCommand(host, missing)}\`; \`heropods doctor\` checks everything.`,
    })
}

const holderOf = (options: SessionOptions): LockHolder => ({
  pid: options.host.system.pid,
  user: options.host.caller().user,
  command: options.command,
  since: new Date().toISOString(),
  ...(options.brief && { brief: true }),
})

const takeLock = (paths: Paths, options: SessionOptions) =>
  options.host.locks.acquire(lockPath(paths), {
    holder: holderOf(options),
    timeoutMs: options.lockTimeoutMs ?? defaultLockTimeoutMs,
    ...(options.signal && { signal: options.signal }),
  })
