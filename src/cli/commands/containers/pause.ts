import type { CommonOptions } from '../../terminal.ts'
import { onContainers } from './on-containers.ts'

/** `heropods pause`: freezes the processes of containers until `unpause`, `restart` or `stop`; apply and watch leave them paused. */
export const pause = (names: readonly string[], options: CommonOptions): Promise<number> =>
  onContainers(names, options, (engine, containers, { signal }) => engine.pause(containers, signal && { signal }))

/** `heropods unpause`: lets the processes of paused containers continue. */
export const unpause = (names: readonly string[], options: CommonOptions): Promise<number> =>
  onContainers(names, options, (engine, containers, { signal }) => engine.unpause(containers, signal && { signal }))
