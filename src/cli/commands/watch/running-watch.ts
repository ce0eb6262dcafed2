import { type Paths, watchLockPath } from '../../../host/files/paths.ts'
import type { HostReader } from '../../../host/host.ts'
import type { WatchStatus } from '../../../model/status.ts'
import { alive } from '../../../watch/http/health.ts'

/** `ended`: its process was killed. `stuck`: its process exists and reports nothing. */
export type WatchState = 'running' | 'ended' | 'stuck'

/** Whether the watch of a stored status is running. A watch holds its lock as long as its process exists. */
export async function watchState(host: HostReader, paths: Paths, status: WatchStatus): Promise<WatchState> {
  if (!(await host.isLocked(watchLockPath(paths)))) return 'ended'
  return alive(status, Date.now()) ? 'running' : 'stuck'
}
