import type { ResourceAddress } from '../../model/resource-address.ts'
import type { Noted, StopOptions as RuntimeStopOptions } from '../../providers/operations.ts'
import type { WriteContext } from '../../providers/provider.ts'
import type { Session } from '../session.ts'

export type ContainerResult =
  | 'started'
  | 'already running'
  | 'stopped'
  | 'restarted'
  | 'no longer unhealthy'
  | 'paused'
  | 'already paused'
  | 'unpaused'
  | 'not paused'

/** The result of an operation on one container. */
export type ContainerOutcome =
  | ({ readonly address: ResourceAddress; readonly error?: undefined } & Noted<ContainerResult>)
  | { readonly address: ResourceAddress; readonly result?: undefined; readonly error: unknown }

export type ContainerOutcomes = readonly ContainerOutcome[]

export interface OperationOptions {
  /** Ends a running operation. */
  readonly signal?: AbortSignal
}

export type StopOptions = OperationOptions & RuntimeStopOptions

/** Works on all containers at the same time. The failure of one does not stop the others. */
export async function onEach(
  session: Session,
  containers: readonly ResourceAddress[],
  { signal }: OperationOptions,
  operate: (write: WriteContext, container: ResourceAddress) => Promise<ContainerResult | Noted<ContainerResult>>,
): Promise<ContainerOutcomes> {
  const write = session.writeContext(signal && { abortSignal: signal })
  const outcome = (address: ResourceAddress): Promise<ContainerOutcome> =>
    operate(write, address).then(
      (done) => ({ address, ...(typeof done === 'string' ? { result: done } : done) }),
      (error: unknown) => ({ address, error }),
    )
  return Promise.all(containers.map(outcome))
}
