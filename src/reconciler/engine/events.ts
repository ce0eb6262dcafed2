import { instanceFolders } from '../../host/files/base-folders.ts'
import type { Paths } from '../../host/files/paths.ts'
import type { Host } from '../../host/host.ts'
import { recordsUrl } from '../../state/redis/redis-url.ts'
import { openWatchStore, type WatchStore } from '../../state/watch-store.ts'

export interface EventOptions {
  readonly host: Host
  readonly instance?: string
  /** Starts the instance's own server where it does not run and objects exist. */
  readonly starts?: boolean
}

/** Opens the events of an instance, with the status and the memory of watch. Needs no session. undefined: there are no records. */
export function openEvents({ host, instance, starts = false }: EventOptions): Promise<WatchStore | undefined> {
  const url = recordsUrl(host.environment)
  const paths = instanceFolders(host.environment, instance)
  return openWatchStore({ host, paths, mode: 'read', ...(starts && { starts }), ...(url !== undefined && { url }) })
}

/** The same for who writes: there always are records. `url`: the server of the records; undefined: the instance's own. */
export async function openEventsToWrite(host: Host, paths: Paths, url: string | undefined): Promise<WatchStore> {
  const store = await openWatchStore({ host, paths, mode: 'write', ...(url !== undefined && { url }) })
  if (store === undefined) throw new Error('a writer always has a store')
  return store
}
