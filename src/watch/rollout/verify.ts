import { exitCodeText, type RunHistory, readinessOf } from '../../model/kinds/readiness.ts'
import { isOwned, type Observation } from '../../model/observation.ts'
import type { ReconcileSettings } from '../../model/reconcile-settings.ts'
import { parseResourceAddress, type ResourceAddress } from '../../model/resource-address.ts'
import type { ContainerChanges } from './container-changes.ts'

/** An applied change that is being verified. Times are milliseconds of the monotonic clock. */
export interface Verification {
  readonly hash: string
  readonly generation: number
  readonly startedAt: number
  /** Containers that the change concerns. Others do not make it fail. */
  readonly containers: readonly ResourceAddress[]
  /** Starts of these containers since the change was applied. */
  readonly starts: ReadonlyMap<ResourceAddress, Starts>
  /** The differences that the change makes in its containers; undefined: it was already in place. */
  readonly changes?: ContainerChanges
}

interface Starts {
  /** Numbers of the first and of the last start that were observed. */
  readonly first: number
  readonly latest: number
  /** When the last one was first observed. */
  readonly since: number
  /** The newest exit that was observed, e.g. `137 (out of memory)`. */
  readonly exit?: string
}

export type VerificationResult =
  | { readonly result: 'healthy' }
  | { readonly result: 'pending'; readonly message: string }
  | {
      readonly result: 'failed'
      readonly code: VerificationFailure
      readonly message: string
      readonly container: ResourceAddress
    }

export type VerificationFailure = 'container-exited' | 'crash-loop' | 'unhealthy' | 'timeout'

/**
 * The verification with the starts that an observation shows. Those of `outstanding` containers do not count: some of their steps
 * have not run yet. `now`: monotonic clock. Pure.
 */
export function withStarts(
  verification: Verification,
  observed: ReadonlyMap<ResourceAddress, Observation>,
  outstanding: ReadonlySet<ResourceAddress>,
  now: number,
): Verification {
  const { containers, starts } = verification
  const newStarts = containers.flatMap((container) => {
    const one = observed.get(container)
    if (!isOwned(one, 'container') || outstanding.has(container)) return []
    const known = starts.get(container)
    const { run: latest, exitCode, outOfMemory } = one.actual
    const exit = exitCode === undefined ? known?.exit : exitCodeText(exitCode, outOfMemory)
    if (known?.latest === latest && known.exit === exit) return []
    const since = known?.latest === latest ? known.since : now
    return [[container, { first: known?.first ?? latest, latest, since, ...(exit !== undefined && { exit }) }] as const]
  })
  return newStarts.length === 0 ? verification : { ...verification, starts: new Map([...starts, ...newStarts]) }
}

/**
 * Decides if a change is healthy: all its containers are ready, and those without a health check have been up for `monitorMs`.
 * The verification knows the starts of this observation (`withStarts`). `outstanding`: containers whose steps have not all run. `now`:
 * monotonic clock. Pure.
 */
export function verify(
  verification: Verification,
  observed: ReadonlyMap<ResourceAddress, Observation>,
  outstanding: ReadonlySet<ResourceAddress>,
  settings: Pick<ReconcileSettings, 'timeoutMs' | 'monitorMs'>,
  now: number,
): VerificationResult {
  let waiting: { readonly container: ResourceAddress; readonly message: string } | undefined
  for (const container of verification.containers) {
    const history = historyOf(verification.starts.get(container), settings.monitorMs, now)
    const result = outstanding.has(container)
      ? pending(container, 'waits for its dependencies')
      : verifyContainer(container, history, observed.get(container))
    if (result.result === 'failed') return result
    if (result.result === 'pending') waiting ??= { container, message: result.message }
  }
  if (waiting === undefined) return { result: 'healthy' }
  const { container, message } = waiting
  if (now - verification.startedAt < settings.timeoutMs) return { result: 'pending', message }
  return {
    result: 'failed',
    code: 'timeout',
    message: `After ${Math.round(settings.timeoutMs / 1000)} s ${message}${message.includes('exited') ? '' : lastExit(verification.starts.get(container))}`,
    container,
  }
}

/** A container that exits again and again is neither ready nor failed for long: its last exit is the cause. */
const lastExit = (starts: Starts | undefined): string =>
  starts?.exit === undefined ? '' : ` It last exited with code ${starts.exit}.`

/** A container that was not observed yet since the change counts as just started. */
const historyOf = (starts: Starts | undefined, minUpMs: number, now: number): RunHistory => ({
  starts: starts === undefined ? 1 : starts.latest - starts.first + 1,
  upForMs: starts === undefined ? 0 : now - starts.since,
  minUpMs,
})

const pending = (container: ResourceAddress, text: string): VerificationResult => ({
  result: 'pending',
  message: `${parseResourceAddress(container).name} ${text}.`,
})

function verifyContainer(
  container: ResourceAddress,
  history: RunHistory,
  one: Observation | undefined,
): VerificationResult {
  const readiness = readinessOf(isOwned(one, 'container') ? one : undefined, history)
  if (readiness.state === 'ready') return { result: 'healthy' }
  const { reason, text } = readiness
  // A user paused it: the change is not the cause.
  if (reason === 'paused') return { result: 'healthy' }
  if (readiness.state === 'pending') return pending(container, text)
  switch (reason) {
    // A user stopped it: the change is not the cause.
    case 'stopped':
      return { result: 'healthy' }
    // The next reconcile creates and starts it.
    case 'missing':
    case 'not-running':
      return pending(container, text)
  }
  const code = reason === 'crash-loop' || reason === 'unhealthy' ? reason : 'container-exited'
  return { result: 'failed', code, message: `${parseResourceAddress(container).name} ${text}.`, container }
}
