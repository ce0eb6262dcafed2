import { instanceFolders } from '../../../host/files/base-folders.ts'
import { lockPath } from '../../../host/files/paths.ts'
import { lockHeldError, readHolder } from '../../../host/lock.ts'
import { ExitCode } from '../../../model/errors.ts'
import { clearLease } from '../../../state/redis/redis.ts'
import { recordsUrl } from '../../../state/redis/redis-url.ts'
import { localHost } from '../../local-host.ts'
import { type CommonOptions, openTerminal } from '../../terminal.ts'

/**
 * `heropods unlock`: ends the lease in Redis of a writer that no longer runs. The kernel releases the instance lock by itself. Raises
 * `locked` if a writer still runs.
 */
export async function unlock(options: CommonOptions): Promise<number> {
  const terminal = openTerminal()
  const paths = instanceFolders(localHost.environment, options.instance)
  if (await localHost.isLocked(lockPath(paths)))
    throw await lockHeldError(localHost, await readHolder(localHost, lockPath(paths)))
  const url = recordsUrl(localHost.environment)
  const cleared = await clearLease({ host: localHost, paths, ...(url !== undefined && { url }) })
  if (options.json) terminal.print(JSON.stringify({ cleared }))
  else terminal.print(cleared ? 'The lock of a run that no longer exists was removed.' : 'Nothing was locked.')
  return ExitCode.done
}
