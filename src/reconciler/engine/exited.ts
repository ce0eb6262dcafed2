import type { Paths } from '../../host/files/paths.ts'
import type { Host } from '../../host/host.ts'
import type { ResourceAddress } from '../../model/resource-address.ts'
import { writeContext } from '../../providers/contexts.ts'
import { localRuntime } from '../runtime-registry.ts'

export interface ExitedContainer {
  readonly host: Host
  readonly paths: Paths
  readonly container: ResourceAddress
  /** Number of the run. */
  readonly run: number
  /** How conmon calls HeroPods when the next process exits. */
  readonly heropodsCommand: readonly string[]
}

/** Handles the exit of a container as its restart policy requires. Needs no session: no Redis, no stack, no lock of the instance. */
export const answerExit = ({ host, paths, container, run, heropodsCommand }: ExitedContainer): Promise<void> =>
  localRuntime({ heropodsCommand }).containers.answerExit(writeContext(host, paths), container, run)
