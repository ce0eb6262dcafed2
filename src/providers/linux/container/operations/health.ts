import type { ResourceAddress } from '../../../../model/resource-address.ts'
import type { AwaitHealthOptions, HealthOutcome, HealthMonitor as Monitor, NotHealthy } from '../../../operations.ts'
import type { InstanceWriter } from '../../../provider.ts'
import type { HealthMonitorOptions } from '../../../runtime.ts'
import { lastOutput } from '../health/explain.ts'
import { HealthMonitor } from '../health/monitor.ts'
import { healthTargets } from '../health/target.ts'
import { type NotReady, waitReady } from '../health/wait.ts'

/** Waits until every container runs, and is healthy if it has a check. Raises if `signal` is aborted. */
export async function awaitHealth(
  write: InstanceWriter,
  containers: readonly ResourceAddress[],
  options: AwaitHealthOptions,
): Promise<HealthOutcome> {
  const { pending, failed } = await waitReady(write, containers, options)
  const explained = (unready: readonly NotReady[]): Promise<readonly NotHealthy[]> =>
    Promise.all(unready.map(async (one) => ({ ...one, words: await lastOutput(write, one.container) })))
  return { pending: await explained(pending), failed: await explained(failed) }
}

/** A monitor of the containers of an observation. */
export function openMonitor(options: HealthMonitorOptions): Monitor {
  const monitor = new HealthMonitor(options)
  return {
    sync: async (read, resources) => monitor.sync(await healthTargets(read, resources)),
    stop: () => monitor.stop(),
  }
}
