import { removeInstanceCgroups } from '../host/cgroup.ts'
import { stopEmbedded } from '../state/redis/embedded.ts'
import { eraseState } from '../state/redis/redis.ts'
import { observeAll } from './reconcile.ts'
import type { Session } from './session.ts'

/**
 * Removes cgroups, the run folder and the embedded Redis of an instance without objects. Data stays: image cache, released volumes,
 * records. Returns true if no object was left.
 */
export async function tearDownIfEmpty(session: Session): Promise<boolean> {
  const { resources } = await observeAll(session)
  if (resources.size > 0) return false
  await session.state.close()
  if (session.redisUrl === undefined) await stopEmbedded(session.host(), session.paths)
  await removeInstanceCgroups(session.host(), session.paths.id)
  await session.host().removeTree(session.paths.run)
  return true
}

/** Erases an instance's data as well: released volumes, images, records, keys. Only for one without objects. */
export async function eraseInstance(session: Session): Promise<void> {
  await session.runtime.releaseSharedStorage({ host: session.host(), paths: session.paths })
  await eraseState({
    host: session.host(),
    paths: session.paths,
    ...(session.redisUrl !== undefined && { url: session.redisUrl }),
  })
  if (session.redisUrl === undefined) await stopEmbedded(session.host(), session.paths)
  await removeInstanceCgroups(session.host(), session.paths.id)
  await session.host().removeTree(session.paths.run)
  await session.host().removeTree(session.paths.data)
}
