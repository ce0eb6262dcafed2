/** Milliseconds of the units of a duration in the past; longest names first. */
const units: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
}

/** From this number on a plain number is a time in Unix seconds (2001); smaller ones are seconds in the past. */
const firstUnixTime = 1_000_000_000

const date = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?(Z|[+-]\d{2}:?\d{2})?$/i

/**
 * The time, in milliseconds since 1970, of a text such as `10m`, `1h30m`, `2d` (before `now`), `2026-11-27`, `2026-11-27T10:00` (local
 * time), RFC 3339 or Unix seconds; undefined: it is none of them. A plain number below 10^9 is seconds before `now`. Pure.
 */
export function timeOf(text: string, now: number): number | undefined {
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined
  if (seconds !== undefined) return seconds >= firstUnixTime ? seconds * 1000 : now - seconds * 1000
  const past = pastOf(text)
  return past === undefined ? dateOf(text) : now - past
}

/** A duration in milliseconds; undefined: the text is not one. */
function pastOf(text: string): number | undefined {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d|w)/g)]
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text) return undefined
  return parts.reduce((sum, [, amount, unit = '']) => sum + Number(amount) * (units[unit] ?? 0), 0)
}

function dateOf(text: string): number | undefined {
  const [, year, month, day, hour = '00', minute = '00', second = '00', zone = ''] = date.exec(text) ?? []
  const days = new Date(Number(year), Number(month), 0).getDate()
  if (day === undefined || Number(month) > 12 || Number(day) < 1 || Number(day) > days) return undefined
  // Without a zone JavaScript reads a date alone as UTC; with a time it is local.
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone.toUpperCase()}`)
  return Number.isNaN(time) ? undefined : time
}
