import { refuse } from '../model/errors.ts'
import { parseDuration } from '../model/values/units.ts'

/** Timers count no further: 24 days, in milliseconds. */
const longest = 24 * 24 * 3_600_000

/** Milliseconds that an option states as `30s`; a plain number is seconds. Raises `usage` (refused). */
export function durationOption(option: string, stated: string): number {
  try {
    const milliseconds = parseDuration(stated)
    if (milliseconds > longest) throw new Error(`"${stated}" is too long: the longest is 24 days`)
    return milliseconds
  } catch (error) {
    throw refuse({
      code: 'usage',
      message: `${option}: ${(error as Error).message}.`,
      hint: 'A plain number is seconds.',
    })
  }
}

/** A count that an option states. Raises `usage` (refused). */
export function countOption(option: string, stated: string): number {
  if (/^\d+$/.test(stated)) return Number(stated)
  throw refuse({
    code: 'usage',
    message: `${option}: "${stated}" is no number.`,
    hint: 'Write a whole number from 0 on.',
  })
}

/** The number of a generation. Raises `usage` (refused). */
export function generationOption(stated: string): number {
  if (/^[1-9]\d*$/.test(stated)) return Number(stated)
  throw refuse({
    code: 'usage',
    message: `"${stated}" is no number of a generation.`,
    hint: '`heropods history` lists them.',
  })
}
