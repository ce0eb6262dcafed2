import { healableAt } from '../stacks/backoff.ts'
import type { StackState } from '../stacks/stack-state.ts'

/** Interval if no stack declares a shorter one, milliseconds: it finds drift that causes no signal. */
const maxIntervalMs = 30_000
/** Wait between two reconciles while a change is being verified, and the shortest wait of all, milliseconds. */
const [verifyIntervalMs, minWaitMs] = [250, 20]

/** The shortest interval of all stacks, milliseconds. Pure. */
export const intervalOf = (states: readonly StackState[]): number =>
  Math.min(maxIntervalMs, ...states.map((state) => state.settings.intervalMs))

/**
 * When the next reconcile is due if no signal comes before. `due`: times of other waits. A wait that ended during this reconcile, after
 * `began`, is due at once: this reconcile has not considered it. The interval is up to 10 % shorter or longer, so that many hosts do not
 * reconcile at once. Times are milliseconds of the monotonic clock; `random` is in [0, 1). Pure.
 */
export function nextReconcile(
  states: readonly StackState[],
  due: readonly number[],
  { began, now }: { readonly began: number; readonly now: number },
  random: number,
): number {
  const waits = [...due, ...states.flatMap(waitsOf)].filter((time) => time > began)
  const verifying = states.some((state) => state.verification !== undefined) ? [now + verifyIntervalMs] : []
  const interval = intervalOf(states) * (0.9 + 0.2 * random)
  return Math.max(now + minWaitMs, Math.min(now + interval, ...waits, ...verifying))
}

/** When a stack may be tried or healed again. */
const waitsOf = ({ retry, flapping }: StackState): readonly number[] => [
  retry.until,
  ...[...flapping.values()].map(healableAt),
]
