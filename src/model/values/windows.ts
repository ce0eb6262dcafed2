const days: readonly string[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
const minutesOfDay = 24 * 60
const minutesOfWeek = 7 * minutesOfDay
/** Clocks are moved at quarters of an hour. */
const block = 15
/** Two weeks and a day: a window of one hour a week may fall into the hour that summer time leaves out. */
const horizon = 15 * minutesOfDay

/** A maintenance window: times of the week, by the clock of a time zone, at which changes may be made. */
export interface Window {
  /** As stated. */
  readonly text: string
  /** Minutes since Sunday 00:00 by that clock, each from (included) to (excluded); the end may lie in the next week. */
  readonly spans: readonly (readonly [from: number, to: number])[]
  /** IANA name; undefined: the host's. */
  readonly zone: string | undefined
}

/**
 * Reads `[DAYS] [HH:MM-HH:MM] [ZONE]`, as `mon-fri 22:00-04:00`, `sat,sun`, `daily 02:00-05:00 UTC`, `02:00-05:00 Europe/Brussels`.
 * Days are those on which it opens; an end before the start is on the day after. Throws with a sentence's tail on anything else.
 */
export function parseWindow(text: string): Window {
  const words = text.trim().split(/\s+/)
  const isTime = (word: string | undefined): boolean => word !== undefined && /^\d/.test(word)
  const dayWord = isTime(words[0]) ? 'daily' : (words.shift() ?? '')
  const opening = parseDays(dayWord, text)
  const [from, to] = isTime(words[0]) ? parseTimes(words.shift() as string, text) : [0, minutesOfDay]
  const zone = words.shift()
  if (words.length > 0) throw bad(text, `"${words[0]}" is left over`)
  if (zone !== undefined && !isZone(zone))
    throw bad(text, `"${zone}" is not a time zone: write UTC, or one such as Europe/Brussels`)
  const length = to > from ? to - from : to + minutesOfDay - from
  const spans = opening.map((day) => [day * minutesOfDay + from, day * minutesOfDay + from + length] as const)
  return { text, spans, zone }
}

/** Whether changes may be made now: some window is open, or none is stated. Pure. */
export const isOpen = (windows: readonly Window[], now: Date): boolean =>
  windows.length === 0 || windows.some((window) => covers(window, minuteOfWeek(now, window.zone)))

/** The first whole minute from now on at which a window is open; `now` itself where one is. undefined: none ever is. Pure. */
export function nextOpening(windows: readonly Window[], now: Date): Date | undefined {
  if (isOpen(windows, now)) return now
  const openings = windows.map((window) => openingOf(window, now)).filter((one) => one !== undefined)
  return openings.length === 0 ? undefined : new Date(Math.min(...openings))
}

/** The clock is asked once a block: within one it goes on minute by minute. */
function openingOf(window: Window, now: Date): number | undefined {
  const first = Math.floor(now.getTime() / 60_000 / block) * block
  for (let start = first; start < first + horizon; start += block) {
    const minute = minuteOfWeek(new Date(start * 60_000), window.zone)
    for (let ahead = 0; ahead < block; ahead += 1) {
      const at = (start + ahead) * 60_000
      if (at > now.getTime() && covers(window, (minute + ahead) % minutesOfWeek)) return at
    }
  }
  return undefined
}

const covers = ({ spans }: Window, minute: number): boolean =>
  spans.some(([from, to]) => (minute >= from && minute < to) || minute + minutesOfWeek < to)

const formats = new Map<string | undefined, Intl.DateTimeFormat>()

/** What the zone's clock shows, in minutes since Sunday 00:00. */
function minuteOfWeek(at: Date, zone: string | undefined): number {
  const format = formats.get(zone) ?? formatOf(zone)
  formats.set(zone, format)
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
  const day = days.indexOf(parts.weekday?.toLowerCase() ?? '')
  return day * minutesOfDay + Number(parts.hour) * 60 + Number(parts.minute)
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

function parseDays(stated: string, text: string): readonly number[] {
  if (stated === 'daily') return days.map((_, index) => index)
  const dayOf = (name: string): number => {
    const index = days.indexOf(name.toLowerCase())
    if (index < 0) throw bad(text, `"${name}" is no day: write daily, or mon, tue, wed, thu, fri, sat, sun`)
    return index
  }
  const found = stated.split(',').flatMap((part) => {
    const [first = '', last = first, ...rest] = part.split('-')
    if (rest.length > 0) throw bad(text, `"${part}" is no range of days`)
    const start = dayOf(first)
    const count = ((dayOf(last) - start + 7) % 7) + 1
    return Array.from({ length: count }, (_, ahead) => (start + ahead) % 7)
  })
  return [...new Set(found)].sort()
}

function parseTimes(stated: string, text: string): readonly [number, number] {
  const match = /^(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})$/.exec(stated)
  if (match === null) throw bad(text, `"${stated}" is no span of times: write 22:00-04:00`)
  const [, fromHour, fromMinute, toHour, toMinute] = match.map(Number) as [number, number, number, number, number]
  const from = fromHour * 60 + fromMinute
  const to = toHour * 60 + toMinute
  if (fromHour > 23 || Math.max(fromMinute, toMinute) > 59 || to > minutesOfDay)
    throw bad(text, `"${stated}" has a time that no clock shows`)
  if (from === to) throw bad(text, `"${stated}" is empty: write 00:00-24:00 for a whole day`)
  return [from, to]
}

const bad = (text: string, why: string): Error => new Error(`"${text}" is not a window: ${why}`)
