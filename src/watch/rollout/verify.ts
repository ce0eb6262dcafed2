import { type Address, parseAddress } from '../../model/address.ts'
import type { ContainerSpec } from '../../model/kinds/container.ts'
import { isOwned, type Observation } from '../../model/observation.ts'

/** A change that is in place and has yet to prove itself. Times are milliseconds since the epoch. */
export interface Verification {
  readonly hash: string
  readonly generation: number
  readonly startedAt: number
  /** Containers that the change concerns; what else happens is not its fault. */
  readonly containers: readonly Address[]
  /** What was seen of their starts since it began. */
  readonly starts: Map<Address, Starts>
}

interface Starts {
  /** Number of the start that was first seen in place, and of the one that was seen last. */
  readonly first: number
  readonly latest: number
  /** When that one was first seen. */
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

/** Starts of one container, by its restart policy, that are no longer taken for a slow beginning. */
const crashLoop = 3

/**
 * Whether a change has proved itself: what has a healthcheck is healthy, what has none stays up for `monitor`, jobs ended with 0.
 * Containers that still have steps to come are `outstanding`; `now` is by a clock that nobody sets. Notes in the gate what it saw of starts.
 */
export function verify(
  gate: Verification,
  observed: ReadonlyMap<Address, Observation>,
  outstanding: ReadonlySet<Address>,
  limits: { readonly timeout: number; readonly monitor: number },
  now: number,
): VerificationResult {
  let waiting: { readonly container: Address; readonly message: string } | undefined
  for (const container of gate.containers) {
    const verdict = outstanding.has(container)
      ? pending(container, 'waits for what it depends on')
      : judgeOne(container, seenStarts(gate, container, observed, now), observed.get(container), limits.monitor, now)
    if (verdict.result === 'failed') return verdict
    if (verdict.result === 'pending') waiting ??= { container, message: verdict.message }
  }
  if (waiting === undefined) return { result: 'good' }
  const { container, message } = waiting
  if (now - gate.startedAt < limits.timeout) return { result: 'pending', message }
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
  const latest = isOwned(one, 'container') ? one.actual.incarnation : 0
  const known = starts.get(container)
  if (known?.latest === latest) return known
  const seen = { first: known?.first ?? latest, latest, since: now }
  if (one?.presence === 'owned') starts.set(container, seen)
  return seen
}

function judgeOne(
  container: Address,
  { first, latest, since }: Starts,
  one: Observation | undefined,
  monitor: number,
  now: number,
): VerificationResult {
  const { name } = parseAddress(container)
  const failed = (code: VerificationFailure, what: string): VerificationResult => ({
    result: 'failed',
    code,
    message: `${name} ${what}.`,
    container,
  })
  if (!isOwned(one, 'container')) return pending(container, 'is not there yet')
  const { actual, spec } = one
  const code = actual.exitCode === undefined ? 'without an exit code' : `with code ${actual.exitCode}`
  if (latest - first >= crashLoop)
    return failed('crash-loop', `was started ${latest - first + 1} times and does not stay up`)
  switch (actual.state) {
    case 'completed':
    case 'held':
    case 'stopped':
      return { result: 'good' }
    case 'exited':
      return restarts(spec) ? pending(container, `exited ${code}`) : failed('container-exited', `exited ${code}`)
    case 'running': {
      if (actual.health === 'unhealthy') return failed('unhealthy', 'is unhealthy')
      if (actual.health === 'healthy') return { result: 'good' }
      if (actual.health === 'starting') return pending(container, 'is not healthy yet')
      return now - since >= monitor ? { result: 'good' } : pending(container, 'has only just started')
    }
    default:
      return pending(container, `is ${actual.state}`)
  }
}

const restarts = (spec: ContainerSpec | undefined): boolean => spec !== undefined && spec.restart.policy !== 'no'
