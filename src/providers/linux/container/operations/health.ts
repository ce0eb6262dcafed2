import type { ResourceAddress } from '../../../../model/resource-address.ts'
import type { AwaitHealthOptions, HealthMonitorHandle, HealthOutcome, NotReadyContainer } from '../../../operations.ts'
import type { InstanceWriter } from '../../../provider.ts'
import type { HealthMonitorOptions } from '../../../runtime.ts'
import { checkByHandOf, lastOutput } from '../health/explain.ts'
import { HealthProber } from '../health/monitor.ts'
import { healthTargets } from '../health/target.ts'
import { type NotReady, waitReady } from '../health/wait.ts'

/** Replicas are checked at almost the same time, and fail within this time of each other. Milliseconds. */
const settleMs = 3000

/** Waits until every container runs, and is healthy if it has a check, one fails, or the timeout ends. Raises if `signal` is aborted. */
export async function awaitHealth(
  write: InstanceWriter,
  containers: readonly ResourceAddress[],
  options: AwaitHealthOptions,
): Promise<HealthOutcome> {
  const { pending, failed } = await waitReady(write, containers, { ...options, settle: settleMs })
  const explained = (containersNotReady: readonly NotReady[]): Promise<readonly NotReadyContainer[]> =>
    Promise.all(
      containersNotReady.map(async (one) => {
        const byHand = await checkByHandOf(write, one.container)
        return { ...one, output: await lastOutput(write, one.container), ...(byHand !== undefined && { byHand }) }
      }),
    )
  return { pending: await explained(pending), failed: await explained(failed) }
}

/** Opens a health monitor; its `sync` sets the containers. */
export function openMonitor(options: HealthMonitorOptions): HealthMonitorHandle {
  const monitor = new HealthProber(options)
  return {
    sync: async (read, resources) => monitor.sync(await healthTargets(read, resources)),
    stop: () => monitor.stop(),
  }
}
