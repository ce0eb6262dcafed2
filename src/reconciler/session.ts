import { randomBytes } from 'node:crypto'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import type { Host, HostReader } from '../host/host.ts'
import { ensureKey, readKey } from '../host/key.ts'
import { LocalHost, LocalReader } from '../host/local.ts'
import { acquireLock } from '../host/lock.ts'
import { instancePaths, type Paths } from '../paths.ts'
import type { ReadContext } from '../providers/provider.ts'
import { makeRegistry, type Registry } from '../providers/registry.ts'
import { openState } from '../state/redis.ts'
import type { State } from '../state/state.ts'

export interface SessionOptions {
  readonly environment: NodeJS.ProcessEnv
  readonly instance?: string
  /** A writing session holds the instance's lock until it is closed; a reading one gets a host that cannot write. */
  readonly write: boolean
  /** How long to wait for the lock, milliseconds, default 0: refused at once, naming the holder. */
  readonly lockTimeoutMs?: number
  /** The command as its user typed it: shown to others while the lock is held. */
  readonly command: string
}

/** Everything a command needs of one instance. */
export interface Session {
  readonly paths: Paths
  readonly reader: HostReader
  readonly registry: Registry
  readonly state: State
  /** Key under which sensitive values are named in plans. A fresh host that is only read has a passing one. */
  readonly key: Buffer
  /** Raises when the session was opened for reading. */
  host(): Host
  readContext(): ReadContext
  close(): Promise<void>
}

/** Opens an instance. Raises `lock-held`, `redis-unreachable` (both refused). */
export async function openSession(options: SessionOptions): Promise<Session> {
  const paths = instancePaths(options.environment, options.instance)
  const lock = options.write ? await takeLock(paths, options) : undefined
  try {
    const host = lock && new LocalHost({ lockDescriptor: lock.descriptor })
    const reader = host ?? new LocalReader()
    const url = options.environment.HEROPODS_REDIS_URL
    const state = await openState({
      paths,
      mode: options.write ? 'write' : 'read',
      ...(url !== undefined && { url }),
    })
    const key = host ? await ensureKey(host, paths) : ((await readKey(reader, paths)) ?? randomBytes(32))
    return {
      paths,
      reader,
      registry: makeRegistry({ self: [process.execPath, process.argv[1] ?? ''] }),
      state,
      key,
      host: () => {
        if (host === undefined) throw new Error('this session only reads')
        return host
      },
      readContext: () => memoised(reader, paths),
      close: async () => {
        await state.close()
        await lock?.release()
      },
    }
  } catch (error) {
    await lock?.release()
    throw error
  }
}

const takeLock = (paths: Paths, options: SessionOptions) =>
  acquireLock(join(paths.data, 'lock'), {
    holder: {
      pid: process.pid,
      user: options.environment.SUDO_USER ?? userInfo().username,
      command: options.command,
      since: new Date().toISOString(),
    },
    timeoutMs: options.lockTimeoutMs ?? 0,
  })

function memoised(host: HostReader, paths: Paths): ReadContext {
  const readings = new Map<string, Promise<unknown>>()
  return {
    host,
    paths,
    once: <T>(key: string, read: () => Promise<T>): Promise<T> => {
      const known = readings.get(key) ?? read()
      readings.set(key, known)
      return known as Promise<T>
    },
  }
}
