import { messageOf, refuse } from '../model/errors.ts'
import { parseDuration } from '../model/values/units.ts'

/** The longest delay that a Node.js timer accepts, rounded down to 24 days; milliseconds. */
const longest = 24 * 24 * 3_600_000

/** A duration such as `30s` in milliseconds; a plain number is seconds. Raises `usage` (refused). */
export function durationOption(option: string, text: string): number {
  try {
    const milliseconds = parseDuration(text)
    if (milliseconds > longest) throw new Error(`"${text}" is too long: the longest is 24 days`)
    return milliseconds
  } catch (error) {
    throw refuse({
      code: 'usage',
      message: `${option}: ${messageOf(error)}.`,
      hint: 'A plain number is seconds.',
    })
  }
}

/** The ISO 8601 time that lies the given duration in the past; '' if no duration is given. Raises `usage` (refused). */
export const sinceOption = (text: string | undefined): string =>
  text === undefined ? '' : new Date(Date.now() - durationOption('--since', text)).toISOString()

/** An integer from 0 on. Raises `usage` (refused). */
export function countOption(option: string, text: string): number {
  if (/^\d+$/.test(text)) return Number(text)
  throw refuse({
    code: 'usage',
    message: `${option}: "${text}" is not a number.`,
    hint: 'Write an integer, 0 or greater.',
  })
}

/** The number of a generation, an integer from 1 on. Raises `usage` (refused). */
export function generationOption(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text)
  throw refuse({
    code: 'usage',
    message: `"${text}" is not a generation number.`,
    hint: '`heropods history` lists them.',
  })
}
