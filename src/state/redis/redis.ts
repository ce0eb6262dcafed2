import type { Redis } from 'ioredis'
import type { Paths } from '../../host/files/paths.ts'
import type { Host } from '../../host/host.ts'
import { type Diagnostic, refusedError } from '../../model/errors.ts'
import { readCopy } from '../copy.ts'
import { copyState } from '../copy-state.ts'
import { emptyState } from '../empty-state.ts'
import type { State } from '../state.ts'
import { connect, connectionError } from './connection.ts'
import { connectEmbedded, connectRunning, hasData } from './embedded.ts'
import { type InstanceKeys, instanceKeys, instancesKey } from './keys.ts'
import { RedisState } from './redis-state.ts'
import { serverWarnings } from './server-warnings.ts'
import { takeLease, type WriterLease } from './writer-lease.ts'

export interface StateOptions {
  readonly host: Host
  readonly paths: Paths
  /** `redis://`, `rediss://` or `unix://`; default: the instance's own server. */
  readonly url?: string
  readonly mode: 'read' | 'write'
  /** Set aside data that the instance's own server cannot load, for any cause, and invalid keys of the lease. */
  readonly repairs?: boolean
  /** Called when the instance's own server was started. */
  readonly onStart?: () => void
  /** Receives warnings. Without it the settings of a shared server are not checked. */
  readonly onNotice?: (notice: Diagnostic) => void
}

/**
 * Opens the records of an instance. A reader starts no server: if the instance's own one does not run, it gets the copy on disk, or empty
 * records. Raises `lock-held`, `redis-...` (refused).
 */
export async function openState(options: StateOptions): Promise<State> {
  return options.mode === 'read' ? openReader(options) : openWriter(options)
}

async function openReader(options: StateOptions): Promise<State> {
  const { host, paths, url, onNotice = () => undefined } = options
  const keys = await instanceKeys(host, paths)
  // The data of a server without its folder is lost when it exits.
  const own = async () => ((await hasData(host, paths)) ? connectRunning(host, paths) : undefined)
  const redis = await (url === undefined ? own() : connect(url))
  if (redis === undefined) return openCopy(host, paths)
  await checkServer(redis, options)
  return new RedisState(host, redis, keys, paths, undefined, onNotice)
}

async function openWriter(options: StateOptions): Promise<State> {
  const { host, paths, url, onNotice = () => undefined } = options
  const keys = await instanceKeys(host, paths)
  const redis = await (url === undefined ? connectEmbedded(host, paths, options) : connect(url))
  let state: State | undefined
  try {
    const lease = await takeWriterLease(redis, keys, options)
    await checkServer(redis, options)
    const writer = new RedisState(host, redis, keys, paths, lease, onNotice)
    state = writer
    await writer.restore()
    return writer
  } catch (error) {
    await state?.close()
    redis.disconnect()
    throw refusedError(connectionError(error, 'taking the lease of the writer').diagnostics)
  }
}

/** Reports the warnings about a shared server. */
async function checkServer(redis: Redis, { url, onNotice }: StateOptions): Promise<void> {
  if (url !== undefined && onNotice) for (const warning of await serverWarnings(redis)) onNotice(warning)
}

async function openCopy(host: Host, paths: Paths): Promise<State> {
  const copy = await readCopy(host, paths)
  const known = await hasData(host, paths)
  return copy === undefined && !known ? emptyState : copyState(host, paths, copy, known)
}

async function takeWriterLease(
  redis: Redis,
  keys: InstanceKeys,
  { host, paths, url, repairs }: StateOptions,
): Promise<WriterLease> {
  try {
    return await takeLease(host, redis, keys, paths, url === undefined)
  } catch (error) {
    const [diagnostic] = connectionError(error, '').diagnostics
    if (!repairs || diagnostic?.code !== 'redis-key') throw error
    await redis.del(keys.writer, keys.fence)
    return takeLease(host, redis, keys, paths, url === undefined)
  }
}

const open = (host: Host, paths: Paths, url: string | undefined): Promise<Redis> =>
  url === undefined ? connectEmbedded(host, paths) : connect(url)

/** Calls `act` with a connection of its own. `doing` names the operation, for messages. */
async function withConnection<T>(
  { host, paths, url }: Pick<StateOptions, 'host' | 'paths' | 'url'>,
  doing: string,
  act: (redis: Redis, keys: InstanceKeys) => Promise<T>,
): Promise<T> {
  const redis = await open(host, paths, url)
  try {
    return await act(redis, await instanceKeys(host, paths))
  } catch (error) {
    throw connectionError(error, doing)
  } finally {
    redis.disconnect()
  }
}

/** Deletes the lease of a dead writer. The caller has checked that the instance lock is free. Returns true if there was a lease. */
export async function clearLease(options: Pick<StateOptions, 'host' | 'paths' | 'url'>): Promise<boolean> {
  if (options.url === undefined && !(await hasData(options.host, options.paths))) return false
  return withConnection(options, 'ending a lease', async (redis, keys) => (await redis.del(keys.writer)) > 0)
}

/** Deletes all records of an instance in Redis. */
export async function eraseState(options: Pick<StateOptions, 'host' | 'paths' | 'url'>): Promise<void> {
  if (options.url === undefined && !(await hasData(options.host, options.paths))) return
  await withConnection(options, 'erasing the records', async (redis, keys) => {
    await redis.del(...Object.values(keys).filter((key) => !key.endsWith('*')))
    await redis.hdel(instancesKey, options.paths.instance)
  })
}
