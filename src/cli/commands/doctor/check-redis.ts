import { existsSync } from '../../../host/caller-files.ts'
import type { Paths } from '../../../host/files/paths.ts'
import { toDiagnostic } from '../../../model/errors.ts'
import { recordsUrl } from '../../../state/redis/redis-url.ts'
import { localHost } from '../../local-host.ts'
import { type Check, passed, problem, warning } from './check.ts'

const restart = 'Read its log, and check the free space of its disk with `df -h`.'

/** Checks the server of the records: that of HEROPODS_REDIS_URL, or the instance's own if it runs. Starts none. */
export async function checkRedis({ run }: Paths): Promise<readonly Check[]> {
  try {
    const url = recordsUrl(localHost.environment)
    const socket = `${run}/redis.sock`
    if (url === undefined && !existsSync(socket)) return [passed('redis', 'not running: the first object starts it')]
    return await checkServer(url ?? `unix://${socket}`, url === undefined)
  } catch (error) {
    const { message, hint } = toDiagnostic(error)
    return [problem('redis', message, hint ?? 'Read its log.')]
  }
}

async function checkServer(url: string, own: boolean): Promise<readonly Check[]> {
  const [{ connect }, { serverWarnings }] = await Promise.all([
    import('../../../state/redis/connection.ts'),
    import('../../../state/redis/server-warnings.ts'),
  ])
  const redis = await connect(url)
  try {
    const [warnings, info] = await Promise.all([serverWarnings(redis), redis.info().catch(() => '')])
    const save = own ? '' : await savePoints((name) => redis.config('GET', name))
    const found = warnings.map(({ message, hint }) => warning('redis', message, hint ?? ''))
    return [...(found.length > 0 ? found : [passed('redis', 'answers')]), ...persistenceOf(info, save)]
  } finally {
    redis.disconnect()
  }
}

/** The setting `save`; undefined if the user may not read it. */
async function savePoints(read: (name: string) => Promise<unknown>): Promise<string | undefined> {
  const answer = await read('save').catch(() => undefined)
  return Array.isArray(answer) && typeof answer[1] === 'string' ? answer[1] : undefined
}

const field = (info: string, name: string): string | undefined =>
  new RegExp(`^${name}:(.*)$`, 'm').exec(info)?.[1]?.trim()

/** Checks version and persistence of a server from the text of INFO and its setting `save`. Pure. */
export function persistenceOf(info: string, save: string | undefined): readonly Check[] {
  const version = field(info, 'valkey_version') ?? field(info, 'redis_version')
  if (version === undefined) return []
  if (field(info, 'aof_last_write_status') === 'err' || field(info, 'rdb_last_bgsave_status') === 'err')
    return [problem('redis persistence', `Redis ${version} could not write its data to disk`, restart)]
  const appends = field(info, 'aof_enabled') === '1'
  if (!appends && save === '')
    return [
      warning(
        'redis persistence',
        `Redis ${version} stores nothing on disk: a restart of Redis loses history and generations`,
        'Run `redis-cli CONFIG SET appendonly yes`, and set `appendonly yes` in its configuration file. `heropods refresh` rebuilds records of objects.',
      ),
    ]
  return [passed('redis persistence', `${version}, ${appends ? 'append-only file' : 'snapshots'}`)]
}
