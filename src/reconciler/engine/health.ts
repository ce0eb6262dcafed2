import type { Paths } from '../../host/files/paths.ts'
import type { Host } from '../../host/host.ts'
import type { Address } from '../../model/address.ts'
import { lastWords } from '../../providers/linux/container/health/explain.ts'
import { type NotReady, waitReady } from '../../providers/linux/container/health/wait.ts'

export interface AwaitHealthOptions {
  readonly signal: AbortSignal
  /** Milliseconds. */
  readonly timeout: number
}

/** A container that is not ready, and why. */
export interface NotHealthy extends NotReady {
  /** The last lines of its check or of its own output, indented, after a colon; they may hold secret values. */
  readonly words: string
}

export interface HealthOutcome {
  /** These were not ready when the time was over. */
  readonly pending: readonly NotHealthy[]
  /** These cannot become ready by themselves. */
  readonly failed: readonly NotHealthy[]
}

/**
 * Waits until every container runs, and is healthy where it has a check. Needs no session and holds no lock, so that others can work on
 * the instance meanwhile. Raises when `signal` ends it.
 */
export async function awaitHealth(
  host: Host,
  paths: Paths,
  containers: readonly Address[],
  options: AwaitHealthOptions,
): Promise<HealthOutcome> {
  const write = { host, paths }
  const { pending, failed } = await waitReady(write, containers, options)
  const explained = (unready: readonly NotReady[]): Promise<readonly NotHealthy[]> =>
    Promise.all(unready.map(async (one) => ({ ...one, words: await lastWords(write, one.container) })))
  return { pending: await explained(pending), failed: await explained(failed) }
}
