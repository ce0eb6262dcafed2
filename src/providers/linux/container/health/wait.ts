import { setTimeout as delay } from 'node:timers/promises'
import type { Address } from '../../../../model/address.ts'
import type { WriteContext } from '../../../provider.ts'
import { lookAt } from '../process/run-state.ts'
import { type GateContainer, type HealthGate, healthGate } from './gate.ts'
import { HealthMonitor } from './monitor.ts'
import { readTarget } from './target.ts'

export interface WaitOptions {
  readonly signal: AbortSignal
  /** Milliseconds; default: for ever. */
  readonly timeout?: number
  /** Who checks them already; default: this wait does it itself. */
  readonly monitor?: HealthMonitor
}

type Writer = Pick<WriteContext, 'host' | 'paths'>

const lookEvery = 100

/**
 * Waits until containers are well, one of them has failed, or the time is over, and answers how they are: nothing pending and nothing
 * failed is good. Needs no lock: beside the records of health nothing is written. Raises when `signal` ends it.
 */
export async function waitHealthy(
  write: Writer,
  containers: readonly Address[],
  options: WaitOptions,
): Promise<HealthGate> {
  const own = options.monitor === undefined ? new HealthMonitor(write) : undefined
  const since = own ? Date.now() : 0
  const deadline = Date.now() + (options.timeout ?? Number.POSITIVE_INFINITY)
  try {
    while (true) {
      const gate = healthGate(await looks(write, containers, since))
      if (gate.pending.length === 0 || gate.failed.length > 0 || Date.now() >= deadline) return gate
      if (own) await own.sync(await targets(write, containers))
      await delay(lookEvery, undefined, { signal: options.signal })
    }
  } finally {
    await own?.stop()
  }
}

/** Who was unhealthy before `since` may have been mended: another check tells. */
async function looks(
  write: Writer,
  containers: readonly Address[],
  since: number,
): Promise<Map<Address, GateContainer | undefined>> {
  const found = new Map<Address, GateContainer | undefined>()
  for (const container of containers) {
    const look = await lookAt(write, container)
    if (look === undefined) {
      found.set(container, undefined)
      continue
    }
    const { record, running, health, ...state } = look
    const earlier = health?.status === 'unhealthy' && (health.checkedAt ?? 0) < since
    const status = earlier ? 'starting' : health?.status
    const actual = { ...state, restarts: running?.restarts ?? 0, ...(status && { health: status }) }
    found.set(container, { spec: record.spec, actual })
  }
  return found
}

async function targets(write: Writer, containers: readonly Address[]) {
  const found = await Promise.all(containers.map((container) => readTarget(write, container)))
  return found.filter((one) => one !== undefined)
}
