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
  const { observations } = await observeAll(session)
  if (observations.size > 0) return false
  await session.state.close()
  if (session.redisUrl === undefined) await stopEmbedded(session.writeHost(), session.paths)
  await removeInstanceCgroups(session.writeHost(), session.paths.id)
  await session.writeHost().removeTree(session.paths.run)
  return true
}

/** Erases an instance's data as well: released volumes, images, records, keys. Only for one without objects. */
export async function eraseInstance(session: Session): Promise<void> {
  await session.runtime.releaseSharedStorage({ host: session.writeHost(), paths: session.paths })
  await eraseState({
    host: session.writeHost(),
    paths: session.paths,
    ...(session.redisUrl !== undefined && { url: session.redisUrl }),
  })
  if (session.redisUrl === undefined) await stopEmbedded(session.writeHost(), session.paths)
  await removeInstanceCgroups(session.writeHost(), session.paths.id)
  await session.writeHost().removeTree(session.paths.run)
  await session.writeHost().removeTree(session.paths.data)
}
