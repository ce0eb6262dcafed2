import { setTimeout as delay } from 'node:timers/promises'
import { type ObservedContainer, readinessOf } from '../../../../model/kinds/readiness.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import type { WriteContext } from '../../../provider.ts'
import { asObserved, inspect } from '../process/container-state.ts'
import { HealthProber } from './monitor.ts'
import { readTarget } from './target.ts'

/** A container that is not ready; `why` continues a sentence that begins with it: `is unhealthy`. */
export interface NotReady {
  readonly container: ResourceAddress
  readonly why: string
  /** Only of a container that was killed because of a lack of memory: its limit in bytes, 0: it has none. */
  readonly exceededMemory?: number
}

export interface WaitOutcome {
  /** Containers that can still become ready by themselves. */
  readonly pending: readonly NotReady[]
  readonly failed: readonly NotReady[]
}

export interface WaitOptions {
  readonly signal: AbortSignal
  /** Milliseconds; default: no limit. */
  readonly timeout?: number
  /** How long the others may still fail or become ready after the first failure, so that the result is complete. Milliseconds; default 0. */
  readonly settle?: number
  /** A monitor that already checks them; default: the wait checks them itself. */
  readonly monitor?: HealthProber
}

type Writer = Pick<WriteContext, 'host' | 'paths'>

const pollIntervalMs = 100

/**
 * Waits until all containers are ready, one of them has failed (and `settle` is over), or the time is over. Returns those that are not ready. Needs no lock,
 * since it writes only records of health. Raises if `signal` is aborted.
 */
export async function waitReady(
  write: Writer,
  containers: readonly ResourceAddress[],
  options: WaitOptions,
): Promise<WaitOutcome> {
  const own = options.monitor === undefined ? new HealthProber(write) : undefined
  const since = own ? Date.now() : 0
  const deadline = Date.now() + (options.timeout ?? Number.POSITIVE_INFINITY)
  try {
    for (let end = deadline; ; ) {
      const outcome = await judge(write, containers, since)
      if (outcome.failed.length > 0) end = Math.min(end, Date.now() + (options.settle ?? 0))
      if (outcome.pending.length === 0 || Date.now() >= end) return outcome
      if (own) await own.sync(await targets(write, containers))
      await delay(pollIntervalMs, undefined, { signal: options.signal })
    }
  } finally {
    await own?.stop()
  }
}

async function judge(write: Writer, containers: readonly ResourceAddress[], since: number): Promise<WaitOutcome> {
  const pending: NotReady[] = []
  const failed: NotReady[] = []
  for (const container of containers) {
    const look = await inspect(write, container)
    const readiness = readinessOf(observedSince(look, since))
    if (readiness.state === 'ready') continue
    const list = readiness.state === 'failed' ? failed : pending
    list.push({ container, why: readiness.text, ...exceededMemory(look) })
  }
  return { pending, failed }
}

type Look = Awaited<ReturnType<typeof inspect>>

/** The loss of one process of a container that runs on is not the reason why it is not ready. */
function exceededMemory(look: Look): Pick<NotReady, 'exceededMemory'> {
  const observed = look && asObserved(look)
  if (!observed?.actual.outOfMemory || observed.actual.state === 'running') return {}
  return { exceededMemory: look?.record?.spec.mem_limit ?? 0 }
}

/** A result `unhealthy` from before `since` is out of date: the cause may have been repaired, so the next check decides. */
function observedSince(look: Look, since: number): ObservedContainer {
  const observed = look && asObserved(look)
  if (look?.health?.status !== 'unhealthy' || (look.health.checkedAt ?? 0) >= since) return observed
  return observed && { ...observed, actual: { ...observed.actual, health: 'starting' } }
}

async function targets(write: Writer, containers: readonly ResourceAddress[]) {
  const found = await Promise.all(containers.map((container) => readTarget(write, container)))
  return found.filter((one) => one !== undefined)
}
