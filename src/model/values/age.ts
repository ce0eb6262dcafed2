const minuteMs = 60_000
const hour = 60 * minuteMs
const day = 24 * hour

/** How long from now a time is: `now`, `in 42 s`, `in 3 min`, `in 5 h`. Pure. */
export function waitText(time: string, now: Date): string {
  const wait = Date.parse(time) - now.getTime()
  if (Number.isNaN(wait)) return time
  if (wait < 1000) return 'now'
  if (wait < minuteMs) return `in ${Math.floor(wait / 1000)} s`
  return wait < hour ? `in ${Math.floor(wait / minuteMs)} min` : `in ${Math.floor(wait / hour)} h`
}

/** How long ago a time was: `just now` (below 1 s), `42 s ago`, `3 min ago`, `5 h ago`, `2 days ago`. A time ahead of the clock was just now. Pure. */
export function ageText(time: string, now: Date): string {
  const age = now.getTime() - Date.parse(time)
  if (Number.isNaN(age)) return time
  if (age < 1000) return 'just now'
  if (age < minuteMs) return `${Math.floor(age / 1000)} s ago`
  if (age < hour) return `${Math.floor(age / minuteMs)} min ago`
  if (age < 2 * day) return `${Math.floor(age / hour)} h ago`
  return `${Math.floor(age / day)} days ago`
}
