import type { HealthStatus, HealthTimes, LastCheck } from '../../../../model/kinds/container.ts'

/** Result of the checks of one run. Times are milliseconds since 1970. */
export interface HealthState {
  readonly status: HealthStatus
  /** Failures in a row, without those that do not count. */
  readonly failingStreak: number
  /** When the last check ended; undefined: none has been made. */
  readonly checkedAt?: number
}

export const unchecked: HealthState = { status: 'starting', failingStreak: 0 }

/** Slack of a late check, milliseconds. */
const lateCheckMs = 10_000

/** False if no check has renewed a state for two intervals: no process checks the container any more. Pure. */
export const isCurrent = (
  { checkedAt }: HealthState,
  { interval, timeout }: Pick<HealthTimes, 'interval' | 'timeout'>,
  now: number,
): boolean => checkedAt !== undefined && now - checkedAt < 2 * (interval + timeout) + lateCheckMs

/** The health that the last check shows. An old result counts as none. Pure. */
export const healthOf = (lastCheck: LastCheck | undefined): HealthStatus =>
  lastCheck?.isCurrent ? lastCheck.status : unchecked.status

export interface CheckEnd {
  readonly ok: boolean
  readonly startedAt: number
  readonly endedAt: number
}

type Counting = Pick<HealthTimes, 'retries' | 'start_period'>

/**
 * The state after a check, by Docker's rules: one success is healthy, `retries` failures in a row are unhealthy, and failures that
 * begin within the start period do not count until a first success has ended it. Pure.
 */
export function afterCheck(
  state: HealthState,
  times: Counting,
  containerStartedAt: number,
  check: CheckEnd,
): HealthState {
  const checkedAt = check.endedAt
  if (check.ok) return { status: 'healthy', failingStreak: 0, checkedAt }
  const starting = state.status === 'starting' && check.startedAt - containerStartedAt < times.start_period
  if (starting) return { ...state, checkedAt }
  const failingStreak = state.failingStreak + 1
  return { status: failingStreak >= times.retries ? 'unhealthy' : state.status, failingStreak, checkedAt }
}

type Timing = Pick<HealthTimes, 'interval' | 'start_period' | 'start_interval'>

/** When the next check is due: after `interval`, in the start period after `start_interval` until it is healthy. Pure. */
export function nextCheckAt(state: HealthState, times: Timing, containerStartedAt: number): number {
  const last = state.checkedAt ?? containerStartedAt
  const starting = state.status === 'starting' && last - containerStartedAt < times.start_period
  return last + (starting ? times.start_interval : times.interval)
}
