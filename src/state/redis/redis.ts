import type { Redis } from 'ioredis'
import type { Paths } from '../../host/files/paths.ts'
import type { Host } from '../../host/host.ts'
import { type Diagnostic, refuse } from '../../model/errors.ts'
import { readCopy } from '../copy.ts'
import { copyState } from '../copy-state.ts'
import { emptyState } from '../empty-state.ts'
import type { State } from '../state.ts'
import { connect, failed } from './connection.ts'
import { connectEmbedded, connectRunning, hasData } from './embedded.ts'
import { type InstanceKeys, instanceKeys, instancesKey } from './keys.ts'
import { RedisState } from './redis-state.ts'
import { serverNotices } from './server-notices.ts'
import { takeLease, type WriterLease } from './writer-lease.ts'

export interface StateOptions {
  readonly host: Host
  readonly paths: Paths
  /** `redis://`, `rediss://` or `unix://`; default: the instance's own server. */
  readonly url?: string
  readonly mode: 'read' | 'write'
  /** Data that the instance's own server cannot load is set aside whatever the cause, and so are keys that are not the writer's. */
  readonly repairs?: boolean
  /** Called when the instance's own server was started. */
  readonly onStart?: () => void
  /** Takes what is worth a warning; without it nobody asks a server of someone else. */
  readonly onNotice?: (notice: Diagnostic) => void
}

/**
 * The records of an instance. A reader starts nothing: of an instance whose own server does not run it gets the copy on disk, on a host
 * that has none an empty record.
 */
export async function openState(options: StateOptions): Promise<State> {
  const { host, paths, url, mode, onNotice = () => undefined } = options
  const keys = await instanceKeys(host, paths)
  const look = async (redis: Redis) => {
    if (url !== undefined && options.onNotice) for (const one of await serverNotices(redis)) onNotice(one)
  }
  if (mode === 'read') {
    // A server whose folder was taken away below it knows nothing that lasts.
    const own = async () => ((await hasData(host, paths)) ? connectRunning(host, paths) : undefined)
    const redis = await (url === undefined ? own() : connect(url))
    if (redis === undefined) return withoutServer(host, paths)
    await look(redis)
    return new RedisState(host, redis, keys, paths, undefined, onNotice)
  }
  const redis = await (url === undefined ? connectEmbedded(host, paths, options) : connect(url))
  let state: State | undefined
  try {
    const lease = await leased(redis, keys, options)
    await look(redis)
    const writer = new RedisState(host, redis, keys, paths, lease, onNotice)
    state = writer
    await writer.restore()
    return writer
  } catch (error) {
    await state?.close()
    redis.disconnect()
    throw refuse(failed(error, 'taking the lease of the writer').diagnostics)
  }
}

async function withoutServer(host: Host, paths: Paths): Promise<State> {
  const copy = await readCopy(host, paths)
  const known = await hasData(host, paths)
  return copy === undefined && !known ? emptyState : copyState(host, paths, copy, known)
}

async function leased(
  redis: Redis,
  keys: InstanceKeys,
  { host, paths, url, repairs }: StateOptions,
): Promise<WriterLease> {
  try {
    return await takeLease(host, redis, keys, paths, url === undefined)
  } catch (error) {
    const { code } = failed(error, '').diagnostics[0] as Diagnostic
    if (!repairs || code !== 'redis-key') throw error
    await redis.del(keys.writer, keys.fence)
    return takeLease(host, redis, keys, paths, url === undefined)
  }
}

const open = (host: Host, paths: Paths, url: string | undefined): Promise<Redis> =>
  url === undefined ? connectEmbedded(host, paths) : connect(url)

/** Runs one short task on a connection of its own. */
async function during<T>(
  { host, paths, url }: Pick<StateOptions, 'host' | 'paths' | 'url'>,
  doing: string,
  act: (redis: Redis, keys: InstanceKeys) => Promise<T>,
): Promise<T> {
  const redis = await open(host, paths, url)
  try {
    return await act(redis, await instanceKeys(host, paths))
  } catch (error) {
    throw failed(error, doing)
  } finally {
    redis.disconnect()
  }
}

/** Ends a writer's lease whose writer has died; the caller has seen that the host's lock is free. */
export async function clearLease(options: Pick<StateOptions, 'host' | 'paths' | 'url'>): Promise<boolean> {
  if (options.url === undefined && !(await hasData(options.host, options.paths))) return false
  return during(options, 'ending a lease', async (redis, keys) => (await redis.del(keys.writer)) > 0)
}

/** Erases everything an instance has in Redis. */
export async function eraseState(options: Pick<StateOptions, 'host' | 'paths' | 'url'>): Promise<void> {
  if (options.url === undefined && !(await hasData(options.host, options.paths))) return
  await during(options, 'erasing the records', async (redis, keys) => {
    await redis.del(...Object.values(keys).filter((key) => !key.endsWith('*')))
    await redis.hdel(instancesKey, options.paths.instance)
  })
}
