import { leftImages, leftOneOffs, removalWaiters, withOwnImages } from '../../../model/one-off/one-off.ts'
import type { ResourceAddress } from '../../../model/resource-address.ts'
import type { Engine, Snapshot } from '../../engine.ts'
import { applyOneOffs, oneOffRequest } from './create.ts'

/** Removes one-off containers with their images, and the instance's processes if nothing is left. Raises the failure of a step. */
export async function removeOneOffs(engine: Engine, containers: readonly ResourceAddress[]): Promise<void> {
  await remove(engine, containers, await engine.observe())
  await engine.tearDownIfEmpty()
}

async function remove(engine: Engine, containers: readonly ResourceAddress[], snapshot: Snapshot): Promise<void> {
  const gone = new Set(withOwnImages(containers, snapshot.observations))
  if (![...gone].some((address) => snapshot.observations.has(address))) return
  const request = oneOffRequest({ resources: [], secretValues: new Map() }, (address) => gone.has(address))
  await applyOneOffs(engine, request, { signal: new AbortController().signal })
}

/** One-off containers that were to be removed, and that nothing else removes: their command was killed, or they were stopped. */
export async function findLeftOneOffs(engine: Engine, { observations }: Snapshot): Promise<readonly ResourceAddress[]> {
  const waiters = removalWaiters(observations)
  const alive = await Promise.all(waiters.map((one) => engine.hostReader.isAlive(one)))
  const waiting = new Set(waiters.filter((_, index) => alive[index]).map(({ pid }) => pid))
  return leftOneOffs(observations, ({ pid }) => waiting.has(pid))
}

/** Removes the one-off containers that `findLeftOneOffs` finds, and images without their container. */
export async function removeLeftOneOffs(engine: Engine): Promise<void> {
  const snapshot = await engine.observe()
  const left = [...(await findLeftOneOffs(engine, snapshot)), ...leftImages(snapshot.observations)]
  if (left.length > 0) await remove(engine, left, snapshot)
}
