import { refuse } from '../errors.ts'
import { parseDuration } from '../stack/units.ts'

/** Milliseconds that an option states as `30s`; a plain number is seconds. Raises `usage` (refused). */
export function durationOption(option: string, stated: string): number {
  try {
    return parseDuration(stated)
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
