import { type ContainerOptions, onContainers } from './on-containers.ts'

/**
 * `heropods stop`: sends the stop signal, waits for the stop grace period, then sends SIGKILL. A container stays stopped until the next
 * start or apply.
 */
export const stop = (names: readonly string[], options: ContainerOptions): Promise<number> =>
  onContainers(names, options, (engine, containers, stopOptions) => engine.stop(containers, stopOptions))
