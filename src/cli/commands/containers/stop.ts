import { isOneOff } from '../../../model/one-off/one-off.ts'
import type { ResourceAddress } from '../../../model/resource-address.ts'
import type { ContainerOutcomes, StopOptions } from '../../../reconciler/engine/containers.ts'
import { removeLeftOneOffs } from '../../../reconciler/engine/one-off/remove.ts'
import type { Engine } from '../../../reconciler/engine.ts'
import { type ContainerOptions, onContainers } from './on-containers.ts'

/**
 * `heropods stop`: sends the stop signal, waits for the stop grace period, then sends SIGKILL. A container stays stopped until the next
 * start or apply; a one-off container with --rm is removed.
 */
export const stop = (names: readonly string[], options: ContainerOptions): Promise<number> =>
  onContainers(names, options, stopAll)

async function stopAll(
  engine: Engine,
  containers: readonly ResourceAddress[],
  options: StopOptions,
): Promise<ContainerOutcomes> {
  const outcomes = await engine.stop(containers, options)
  if (containers.some(isOneOff)) {
    await removeLeftOneOffs(engine)
    await engine.tearDownIfEmpty()
  }
  return outcomes
}
