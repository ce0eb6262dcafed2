import type { Paths } from '../../host/files/paths.ts'
import type { Host } from '../../host/host.ts'
import type { Address } from '../../model/address.ts'
import { containerExited } from '../../providers/linux/container/process/exited.ts'
import { writeContext } from '../contexts.ts'

export interface ExitedContainer {
  readonly host: Host
  readonly paths: Paths
  readonly container: Address
  readonly incarnation: number
  /** How conmon calls HeroPods when the next process exits. */
  readonly self: readonly string[]
}

/** Answers the exit of a container as its restart policy says. Needs no session: no Redis, no stack, no lock of the instance. */
export const answerExit = ({ host, paths, container, incarnation, self }: ExitedContainer): Promise<void> =>
  containerExited(writeContext(host, paths), container, incarnation, self)
