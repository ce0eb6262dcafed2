import { type ContainerOptions, onContainers } from './on-containers.ts'

/** `heropods restart`: replaces the process of containers; address, files and the writable layer stay. */
export const restart = (names: readonly string[], options: ContainerOptions): Promise<number> =>
  onContainers(names, options, (engine, containers, stopOptions) => engine.restart(containers, stopOptions))
