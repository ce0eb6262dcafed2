const minuteMs = 60_000
const hour = 60 * minuteMs
const day = 24 * hour

/** How long ago a time was: `just now`, `3 min ago`, `5 h ago`, `2 days ago`. A time ahead of the clock was just now. Pure. */
export function ageText(time: string, now: Date): string {
  const age = now.getTime() - Date.parse(time)
  if (Number.isNaN(age)) return time
  if (age < minuteMs) return 'just now'
  if (age < hour) return `${Math.floor(age / minuteMs)} min ago`
  if (age < 2 * day) return `${Math.floor(age / hour)} h ago`
  return `${Math.floor(age / day)} days ago`
}
