const days: readonly string[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
const minutesPerDay = 24 * 60
const minutesPerWeek = 7 * minutesPerDay
/** Minutes. Time zones change their offset only at quarters of an hour. */
const block = 15
/** Two weeks and a day, because a window of one hour a week can be in the hour that daylight saving time skips. */
const horizon = 15 * minutesPerDay

/** A maintenance window: times of the week, in a time zone, at which changes are allowed. */
export interface MaintenanceWindow {
  /** The text of the window in the stack file. */
  readonly text: string
  /** Minutes since Sunday 00:00 in the time zone, from (included) to (excluded); the end may be in the next week. */
  readonly spans: readonly (readonly [from: number, to: number])[]
  /** IANA name; undefined: the time zone of the host. */
  readonly zone: string | undefined
}

/**
 * Parses `[DAYS] [HH:MM-HH:MM] [ZONE]`, as `mon-fri 22:00-04:00`, `sat,sun`, `daily 02:00-05:00 UTC`, `02:00-05:00 Europe/Brussels`.
 * The window opens on these days; an end before the start is on the next day. Throws an Error with the reason if it is invalid.
 */
export function parseWindow(text: string): MaintenanceWindow {
  const words = text.trim().split(/\s+/)
  const isTime = (word: string | undefined): boolean => word !== undefined && /^\d/.test(word)
  const dayWord = isTime(words[0]) ? 'daily' : (words.shift() ?? '')
  const opening = parseDays(dayWord, text)
  const [from, to] = isTime(words[0]) ? parseTimes(words.shift() ?? '', text) : [0, minutesPerDay]
  const zone = words.shift()
  if (words.length > 0) throw bad(text, `"${words[0]}" is not expected`)
  if (zone !== undefined && !isZone(zone))
    throw bad(text, `"${zone}" is not a time zone: write UTC, or e.g. Europe/Brussels`)
  const length = to > from ? to - from : to + minutesPerDay - from
  const spans = opening.map((day) => [day * minutesPerDay + from, day * minutesPerDay + from + length] as const)
  return { text, spans, zone }
}

/** True if changes are allowed now: a window is open, or there are no windows. Pure. */
export const isOpen = (windows: readonly MaintenanceWindow[], now: Date): boolean =>
  windows.length === 0 || windows.some((window) => covers(window, minuteOfWeek(now, window.zone)))

/** The next full minute at which a window is open, or `now` if one is open; undefined: no window ever opens. Pure. */
export function nextOpening(windows: readonly MaintenanceWindow[], now: Date): Date | undefined {
  if (isOpen(windows, now)) return now
  const openings = windows.map((window) => openingOf(window, now)).filter((one) => one !== undefined)
  return openings.length === 0 ? undefined : new Date(Math.min(...openings))
}

/** Formatting a time is slow, so it is done once per block. Other times of a block are calculated from that one. */
function openingOf(window: MaintenanceWindow, now: Date): number | undefined {
  const first = Math.floor(now.getTime() / 60_000 / block) * block
  for (let start = first; start < first + horizon; start += block) {
    const minute = minuteOfWeek(new Date(start * 60_000), window.zone)
    for (let ahead = 0; ahead < block; ahead += 1) {
      const time = (start + ahead) * 60_000
      if (time > now.getTime() && covers(window, (minute + ahead) % minutesPerWeek)) return time
    }
  }
  return undefined
}

/** True in a span of this week, or in one that began last week and has not ended. */
const covers = ({ spans }: MaintenanceWindow, minute: number): boolean =>
  spans.some(([from, to]) => (minute >= from && minute < to) || minute + minutesPerWeek < to)

const formats = new Map<string | undefined, Intl.DateTimeFormat>()

/** The time in a time zone, in minutes since Sunday 00:00. */
function minuteOfWeek(time: Date, zone: string | undefined): number {
  const format = formats.get(zone) ?? formatOf(zone)
  formats.set(zone, format)
  const parts = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, value]))
  const day = days.indexOf(parts.weekday?.toLowerCase() ?? '')
  return day * minutesPerDay + Number(parts.hour) * 60 + Number(parts.minute)
}

const formatOf = (zone: string | undefined): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-US', {
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(zone !== undefined && { timeZone: zone }),
  })

function isZone(zone: string): boolean {
  try {
    formatOf(zone)
    return true
  } catch {
    return false
  }
}

function parseDays(daysText: string, text: string): readonly number[] {
  if (daysText === 'daily') return days.map((_, index) => index)
  const dayOf = (name: string): number => {
    const index = days.indexOf(name.toLowerCase())
    if (index < 0) throw bad(text, `"${name}" is not a day: write daily, or mon, tue, wed, thu, fri, sat, sun`)
    return index
  }
  const found = daysText.split(',').flatMap((part) => {
    const [first = '', last = first, ...rest] = part.split('-')
    if (rest.length > 0) throw bad(text, `"${part}" is not a range of days`)
    const start = dayOf(first)
    const count = ((dayOf(last) - start + 7) % 7) + 1
    return Array.from({ length: count }, (_, ahead) => (start + ahead) % 7)
  })
  return [...new Set(found)].sort()
}

function parseTimes(times: string, text: string): readonly [number, number] {
  const match = /^(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})$/.exec(times)
  if (match === null) throw bad(text, `"${times}" is not a time span: write 22:00-04:00`)
  const [, fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = match.map(Number)
  const from = fromHour * 60 + fromMinute
  const to = toHour * 60 + toMinute
  if (fromHour > 23 || Math.max(fromMinute, toMinute) > 59 || to > minutesPerDay)
    throw bad(text, `"${times}" contains an invalid time`)
  if (from === to) throw bad(text, `"${times}" is empty: write 00:00-24:00 for a full day`)
  return [from, to]
}

const bad = (text: string, why: string): Error => new Error(`"${text}" is not a window: ${why}`)
