import { instanceFolders } from '../../host/files/base-folders.ts'
import type { Paths } from '../../host/files/paths.ts'
import type { Host } from '../../host/host.ts'
import { toDiagnostic } from '../../model/errors.ts'
import { recordsUrl } from '../../state/redis/redis-url.ts'
import { openWatchStore, type WatchStore } from '../../state/watch-store.ts'
import { requireRoot } from './require-root.ts'

export interface EventOptions {
  readonly host: Host
  readonly instance?: string
  /** Starts the instance's own server where it does not run and objects exist. */
  readonly starts?: boolean
}

/**
 * Opens the events of an instance, with the status and the memory of watch. Needs no session. undefined: there are no records. Raises
 * `not-root` (refused) if only root may read them.
 */
export async function openEvents({ host, instance, starts = false }: EventOptions): Promise<WatchStore | undefined> {
  const url = recordsUrl(host.environment)
  try {
    const paths = instanceFolders(host.environment, instance)
    return await openWatchStore({
      host,
      paths,
      mode: 'read',
      ...(starts && { starts }),
      ...(url !== undefined && { url }),
    })
  } catch (error) {
    if (isDenied(error)) requireRoot(host)
    throw error
  }
}

const isDenied = (error: unknown): boolean => toDiagnostic(error).code === 'permission-denied'

/** The same for who writes: there always are records. `url`: the server of the records; undefined: the instance's own. */
export async function openEventsToWrite(host: Host, paths: Paths, url: string | undefined): Promise<WatchStore> {
  const store = await openWatchStore({ host, paths, mode: 'write', ...(url !== undefined && { url }) })
  if (store === undefined) throw new Error('a writer always has a store')
  return store
}
