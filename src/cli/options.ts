import { messageOf, refusedError } from '../model/errors.ts'
import { timeOf } from '../model/values/time-of.ts'
import { parseDuration } from '../model/values/units.ts'

/** The longest delay that a Node.js timer accepts, rounded down to 24 days; milliseconds. */
const maxTimerMs = 24 * 24 * 3_600_000

/** A duration such as `30s` in milliseconds; a plain number is seconds. Raises `usage` (refused). */
export function durationOption(option: string, text: string): number {
  try {
    const milliseconds = parseDuration(text)
    if (milliseconds > maxTimerMs) throw new Error(`"${text}" is too long: the maximum is 24 days`)
    return milliseconds
  } catch (error) {
    throw refusedError({
      code: 'usage',
      message: `${option}: ${messageOf(error)}.`,
      hint: 'A number without a unit means seconds.',
    })
  }
}

/** The latest time that JavaScript can write, for options that set no end. */
const endOfTime = '9999-12-31T23:59:59.999Z'

/** A time in ISO 8601 for an option that takes a duration in the past or a time (see `timeOf`). Raises `usage` (refused). */
function momentOption(option: string, text: string): string {
  const time = timeOf(text, Date.now())
  if (time !== undefined && time >= 0 && time <= Date.parse(endOfTime)) return new Date(time).toISOString()
  throw refusedError({
    code: 'usage',
    message: `${option}: "${text}" is not a time or a duration: write 10m, 1h30m or 2026-11-27T10:00.`,
    hint: 'Days (2d), a date (2026-11-27), RFC 3339 and Unix seconds work as well; a time without a zone is local.',
  })
}

/** The earliest time of `--since` in ISO 8601; '' if it is not given. Raises `usage` (refused). */
export const sinceOption = (text: string | undefined): string =>
  text === undefined ? '' : momentOption('--since', text)

/** The latest time of `--until` in ISO 8601; a time after all others if it is not given. Raises `usage` (refused). */
export const untilOption = (text: string | undefined): string =>
  text === undefined ? endOfTime : momentOption('--until', text)

/** Refuses `--until` together with following new output. Raises `usage` (refused). */
export function refuseUntilWithFollow(options: { readonly until?: string; readonly follow?: boolean }): void {
  if (options.until !== undefined && options.follow)
    throw refusedError({
      code: 'usage',
      message: '--until cannot be used with -f: there are no new lines before a past time.',
      hint: 'Remove one of them.',
    })
}

/** Refuses `--previous` together with following new output. Raises `usage` (refused). */
export function refusePreviousWithFollow(options: { readonly previous?: boolean; readonly follow?: boolean }): void {
  if (options.previous && options.follow)
    throw refusedError({
      code: 'usage',
      message: '--previous cannot be used with -f: a run that has ended writes no new lines.',
      hint: 'Remove one of them.',
    })
}

/** An integer from 0 on. Raises `usage` (refused). */
export function countOption(option: string, text: string): number {
  if (/^\d+$/.test(text)) return Number(text)
  throw refusedError({
    code: 'usage',
    message: `${option}: "${text}" is not a number.`,
    hint: 'Write an integer, 0 or greater.',
  })
}

/** The number of a generation, an integer from 1 on. `hint`: of the error. Raises `usage` (refused). */
export function generationOption(text: string, hint = '`heropods history` lists them.'): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text)
  throw refusedError({
    code: 'usage',
    message: `"${text}" is not a generation number.`,
    hint,
  })
}
