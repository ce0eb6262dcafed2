/** How often something failed in a row, and until when it is left alone. Times are milliseconds since the epoch. */
export interface Backoff {
  readonly failures: number
  readonly until: number
}

export const noBackoff: Backoff = { failures: 0, until: 0 }

const first = 1000
const longest = 300_000
/** Part by which a wait is shortened or lengthened, so that many do not come back at once. */
const jitter = 0.2

/** One more failure: 1 s, then twice as long each time up to five minutes, with jitter. `random` lies in [0, 1). Pure. */
export function afterFailure({ failures }: Backoff, now: number, random: number): Backoff {
  const wait = Math.min(first * 2 ** failures, longest)
  return { failures: failures + 1, until: now + wait * (1 + jitter * (2 * random - 1)) }
}

/** How often an object was mended lately. */
export interface Flapping {
  readonly count: number
  readonly last: number
}

/** So many times an object is mended at once; what breaks again and again waits longer each time. */
const free = 3
const calm = 60_000

const waitAfter = (count: number): number => (count < free ? 0 : Math.min(first * 2 ** (count - free), longest))

/** When an object may be mended again. Pure. */
export const healableAt = (known: Flapping | undefined): number => (known ? known.last + waitAfter(known.count) : 0)

/** An object was mended now; one that had stood for a minute, and for twice its last wait, starts over. Pure. */
export function afterHealing(known: Flapping | undefined, now: number): Flapping {
  return { count: known === undefined || isSteady(known, now) ? 1 : known.count + 1, last: now }
}

/** Whether an object has stood for long enough to start over. Pure. */
export const isSteady = (known: Flapping, now: number): boolean =>
  now - healableAt(known) > Math.max(calm, 2 * waitAfter(known.count))
