import { type ContainerOptions, onContainers } from './on-containers.ts'

/** `heropods start`: runs stopped or exited containers again, with the spec that was applied. */
export const start = (names: readonly string[], options: ContainerOptions): Promise<number> =>
  onContainers(names, options, (engine, containers, stopOptions) => engine.start(containers, stopOptions))
