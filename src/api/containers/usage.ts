import { setTimeout as delay } from 'node:timers/promises'
import { refusedError } from '../../model/errors.ts'
import type { ResourceAddress } from '../../model/resource-address.ts'
import type { Instance } from '../instance.ts'

/** The use of a running container. */
export interface ResourceUsage {
  /** Percent of one CPU over the interval: 200 is two full CPUs. */
  readonly cpuPercent: number
  /** CPU time since its start, microseconds. */
  readonly cpuMicroseconds: number
  /** Without page cache that the kernel can drop. */
  readonly memoryBytes: number
  /** null: no limit. */
  readonly memoryLimitBytes: number | null
  readonly processes: number
}

const defaultIntervalMs = 500

/** Measures a container twice; once with an interval of 0. Raises `not-running` (refused). */
export function usageOf(
  instance: Instance,
  container: ResourceAddress,
  intervalMs = defaultIntervalMs,
): Promise<ResourceUsage> {
  return instance.read(async (engine) => {
    const measure = async () => {
      const [measured] = await engine.stats([container])
      if (measured !== undefined) return measured
      throw refusedError({ code: 'not-running', message: `${container} is not running.`, hint: '`start()` starts it.' })
    }
    const first = await measure()
    if (intervalMs > 0) await delay(intervalMs)
    const last = intervalMs > 0 ? await measure() : first
    const elapsedUs = (last.atMs - first.atMs) * 1000
    return {
      cpuPercent: elapsedUs > 0 ? ((last.cpuUs - first.cpuUs) / elapsedUs) * 100 : 0,
      cpuMicroseconds: last.cpuUs,
      memoryBytes: last.memory,
      memoryLimitBytes: last.memoryLimit,
      processes: last.processes,
    }
  })
}
