import type { Address } from '../../model/address.ts'
import { isLiving } from '../../model/kinds/container.ts'
import { silenceCallbacks } from '../../providers/linux/container/process/exit-callbacks.ts'
import { relaunch } from '../../providers/linux/container/process/relaunch.ts'
import { restartContainer, stopContainer } from '../../providers/linux/container/process/restart.ts'
import { lookAt } from '../../providers/linux/container/process/run-state.ts'
import type { WriteContext } from '../../providers/provider.ts'
import type { Session } from '../session.ts'

export type ContainerResult = 'started' | 'already running' | 'stopped' | 'restarted' | 'no longer unhealthy'

/** What came of an operation on one container. */
export type ContainerOutcome =
  | { readonly address: Address; readonly result: ContainerResult; readonly error?: undefined }
  | { readonly address: Address; readonly result?: undefined; readonly error: unknown }

export interface OperationOptions {
  /** Ends what is under way. */
  readonly signal?: AbortSignal
}

export interface StopOptions extends OperationOptions {
  /** Time between the stop signal and SIGKILL, milliseconds; default: the container's own. */
  readonly grace?: number
}

type Operate = (write: WriteContext, container: Address) => Promise<ContainerResult>

/** Works on all containers at the same time; one that fails does not keep the others from being done. */
async function onEach(
  session: Session,
  containers: readonly Address[],
  { signal }: OperationOptions,
  operate: Operate,
): Promise<readonly ContainerOutcome[]> {
  const write = session.writeContext(signal && { signal })
  const outcome = (address: Address): Promise<ContainerOutcome> =>
    operate(write, address).then(
      (result) => ({ address, result }),
      (error: unknown) => ({ address, error }),
    )
  return Promise.all(containers.map(outcome))
}

/** Starts containers again that were stopped or have ended, as they were. */
export const startContainers = (session: Session, containers: readonly Address[], options: OperationOptions = {}) =>
  onEach(session, containers, options, async (write, container) => {
    if (isLiving((await lookAt(write, container))?.state ?? 'absent')) return 'already running'
    await silenceCallbacks(write, [container])
    await relaunch(write, container, { self: session.self, restarts: 0, held: false })
    return 'started'
  })

/** Stops containers; they stay stopped until the next start or apply. */
export const stopContainers = (session: Session, containers: readonly Address[], options: StopOptions = {}) =>
  onEach(session, containers, options, async (write, container) => {
    await stopContainer(write, container, options.grace)
    return 'stopped'
  })

/** Gives containers a new process; addresses, files and what they wrote stay. */
export const restartContainers = (session: Session, containers: readonly Address[], options: StopOptions = {}) =>
  onEach(session, containers, options, async (write, container) => {
    await restartContainer(write, container, session.self, options.grace)
    return 'restarted'
  })

/** Gives containers that are still unhealthy a new process. */
export const restartUnhealthyContainers = (session: Session, containers: readonly Address[]) =>
  onEach(session, containers, {}, async (write, container) => {
    if ((await lookAt(write, container))?.health?.status !== 'unhealthy') return 'no longer unhealthy'
    await restartContainer(write, container, session.self)
    return 'restarted'
  })
