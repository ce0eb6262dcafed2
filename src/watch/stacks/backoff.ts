/** Failures in a row, and the end of the wait after the last one. Times are milliseconds of the monotonic clock. */
export interface Backoff {
  readonly failures: number
  readonly until: number
}

export const noBackoff: Backoff = { failures: 0, until: 0 }

const firstWaitMs = 1000
const maxWaitMs = 300_000
/** Part of a wait that is random, so that many stacks do not retry at the same time. */
const jitter = 0.2

/** Adds a failure: waits 1 s, then twice as long each time, at most five minutes, with jitter. `random` is in [0, 1). Pure. */
export function afterFailure({ failures }: Backoff, now: number, random: number): Backoff {
  const wait = Math.min(firstWaitMs * 2 ** failures, maxWaitMs)
  return { failures: failures + 1, until: now + wait * (1 + jitter * (2 * random - 1)) }
}

/** How many times in a row an object was healed, and when it last was. */
export interface Flapping {
  readonly count: number
  readonly last: number
}

/** An object is healed this many times without a wait. After that each wait is twice as long as the one before. */
const failuresWithoutWait = 3
const quietPeriodMs = 60_000

const waitAfter = (count: number): number =>
  count < failuresWithoutWait ? 0 : Math.min(firstWaitMs * 2 ** (count - failuresWithoutWait), maxWaitMs)

/** When an object may be healed again. Pure. */
export const healableAt = (known: Flapping | undefined): number => (known ? known.last + waitAfter(known.count) : 0)

/** Adds a healing. The count starts again after a minute without drift that is also twice as long as the last wait. Pure. */
export function afterHealing(known: Flapping | undefined, now: number): Flapping {
  return { count: known === undefined || isSteady(known, now) ? 1 : known.count + 1, last: now }
}

/** True if an object had no drift for long enough that its count starts again. Pure. */
export const isSteady = (known: Flapping, now: number): boolean =>
  now - healableAt(known) > Math.max(quietPeriodMs, 2 * waitAfter(known.count))

/** Adds a healing of each address, and drops the objects that are steady. Pure. */
export function afterHealings(
  known: ReadonlyMap<string, Flapping>,
  addresses: readonly string[],
  now: number,
): ReadonlyMap<string, Flapping> {
  const unsteady = [...known].filter(([, one]) => !isSteady(one, now))
  return new Map([
    ...unsteady,
    ...addresses.map((address) => [address, afterHealing(known.get(address), now)] as const),
  ])
}
