import { type Address, parseAddress } from '../../model/address.ts'
import { type RunHistory, readinessOf } from '../../model/kinds/readiness.ts'
import { isOwned, type Observation } from '../../model/observation.ts'

/** An applied change that is being verified. Times are milliseconds of the monotonic clock. */
export interface Verification {
  readonly hash: string
  readonly generation: number
  readonly startedAt: number
  /** Containers that the change concerns. Others do not make it fail. */
  readonly containers: readonly Address[]
  /** Starts of these containers since the change was applied. */
  readonly starts: Map<Address, Starts>
}

interface Starts {
  /** Numbers of the first and of the last start that were observed. */
  readonly first: number
  readonly latest: number
  /** When the last one was first observed. */
  readonly since: number
}

export type VerificationResult =
  | { readonly result: 'good' }
  | { readonly result: 'pending'; readonly message: string }
  | {
      readonly result: 'failed'
      readonly code: VerificationFailure
      readonly message: string
      readonly container: Address
    }

export type VerificationFailure = 'container-exited' | 'crash-loop' | 'unhealthy' | 'timeout'

/**
 * Whether a change is healthy: all its containers are ready, and those without a health check have been up for `monitor` milliseconds.
 * `outstanding`: containers that still have steps to come. `now`: monotonic clock. Records in the verification which starts it has observed.
 */
export function verify(
  verification: Verification,
  observed: ReadonlyMap<Address, Observation>,
  outstanding: ReadonlySet<Address>,
  limits: { readonly timeout: number; readonly monitor: number },
  now: number,
): VerificationResult {
  const history = ({ first, latest, since }: Starts): RunHistory => ({
    starts: latest - first + 1,
    upFor: now - since,
    minUp: limits.monitor,
  })
  let waiting: { readonly container: Address; readonly message: string } | undefined
  for (const container of verification.containers) {
    const verdict = outstanding.has(container)
      ? pending(container, 'waits for what it depends on')
      : judgeOne(container, history(seenStarts(verification, container, observed, now)), observed.get(container))
    if (verdict.result === 'failed') return verdict
    if (verdict.result === 'pending') waiting ??= { container, message: verdict.message }
  }
  if (waiting === undefined) return { result: 'good' }
  const { container, message } = waiting
  if (now - verification.startedAt < limits.timeout) return { result: 'pending', message }
  return {
    result: 'failed',
    code: 'timeout',
    message: `After ${Math.round(limits.timeout / 1000)} s ${message}`,
    container,
  }
}

const pending = (container: Address, what: string): VerificationResult => ({
  result: 'pending',
  message: `${parseAddress(container).name} ${what}.`,
})

function seenStarts(
  { starts }: Verification,
  container: Address,
  observed: ReadonlyMap<Address, Observation>,
  now: number,
): Starts {
  const one = observed.get(container)
  const latest = isOwned(one, 'container') ? one.actual.run : 0
  const known = starts.get(container)
  if (known?.latest === latest) return known
  const seen = { first: known?.first ?? latest, latest, since: now }
  if (one?.presence === 'owned') starts.set(container, seen)
  return seen
}

function judgeOne(container: Address, history: RunHistory, one: Observation | undefined): VerificationResult {
  const readiness = readinessOf(isOwned(one, 'container') ? one : undefined, history)
  if (readiness.state === 'ready') return { result: 'good' }
  const { reason, text } = readiness
  if (readiness.state === 'pending') return pending(container, text)
  switch (reason) {
    // A user stopped it. That is no fault of the change.
    case 'stopped':
      return { result: 'good' }
    // `watch` itself makes and starts it.
    case 'missing':
    case 'not-running':
      return pending(container, text)
  }
  const code = reason === 'crash-loop' || reason === 'unhealthy' ? reason : 'container-exited'
  return { result: 'failed', code, message: `${parseAddress(container).name} ${text}.`, container }
}
