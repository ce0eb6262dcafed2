/** Milliseconds like `Date.now()`, but by a clock that nobody sets: waits do not get longer where the host's time is put right. */
export const monotonicNow = (): number => Math.round(performance.timeOrigin + performance.now())
