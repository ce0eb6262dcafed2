import type { Place } from '../../model/errors.ts'

/** A line of a script. `start` and `end` limit its text without the blanks around it, as offsets in `text`. */
export interface Line {
  /** Counts from 1. */
  readonly number: number
  readonly text: string
  readonly start: number
  readonly end: number
  /** Blanks before the text, without those that all lines of the script have in common. A tab counts as four. */
  readonly indent: number
}

/** The columns of a tab in an indentation. */
const tabWidth = 4

/** Lines with less indentation end the parameters of an action. */
export const parameterIndent = 2

const widthOf = (blanks: string): number =>
  [...blanks].reduce((width, blank) => width + (blank === '\t' ? tabWidth : 1), 0)

/** The text of a line, without the blanks around it. */
export const contentOf = ({ text, start, end }: Line): string => text.slice(start, end)

/** True if a line has no text. */
export const isBlank = ({ start, end }: Line): boolean => start === end

/** The place of an offset in a line. */
export const placeAt = (file: string, { number, text }: Line, offset: number): Place => ({
  file,
  line: number,
  column: offset + 1,
  quote: text,
})

/** Splits a script at LF, CRLF and CR. */
export function linesOf(script: string): readonly Line[] {
  const lines = script
    .replace(/^\ufeff/, '')
    .split(/\r\n|\n|\r/)
    .map((text, index) => {
      const start = /^[ \t]*/.exec(text)?.[0].length ?? 0
      const end = Math.max(start, text.replace(/[ \t]+$/, '').length)
      return { number: index + 1, text, start, end, indent: widthOf(text.slice(0, start)) }
    })
  const common = commonIndent(lines)
  return lines.map((line) => ({ ...line, indent: line.indent - common }))
}

/** The indentation that all lines with text have in common. */
export const commonIndent = (lines: readonly Line[]): number =>
  lines.reduce((least, line) => (isBlank(line) ? least : Math.min(least, line.indent)), Number.POSITIVE_INFINITY)

/** The text of a line with only the indentation beyond `width` columns. Tabs stay, except one that is only partly removed. */
export function dedented(line: Line, width: number): string {
  if (isBlank(line)) return ''
  const text = line.text.slice(line.start)
  let [left, kept] = [line.indent - width, '']
  for (const blank of [...line.text.slice(0, line.start)].reverse()) {
    if (left <= 0) break
    kept = (widthOf(blank) <= left ? blank : ' '.repeat(left)) + kept
    left -= widthOf(blank)
  }
  return kept + text
}
