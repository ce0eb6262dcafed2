/** Time as `watch` reads it. Tests set it. */
export interface Clock {
  /** Milliseconds, near those of `Date.now()`, unaffected by changes to the system time: for waits and durations. */
  monotonic(): number
  /** System time: for windows, and for times that users read. */
  wall(): Date
}

/** A moment on both clocks. */
export interface Instant {
  readonly monotonic: number
  readonly wall: Date
}

export const systemClock: Clock = {
  monotonic: () => Math.round(performance.timeOrigin + performance.now()),
  wall: () => new Date(),
}

export const instantOf = (clock: Clock): Instant => ({ monotonic: clock.monotonic(), wall: clock.wall() })
