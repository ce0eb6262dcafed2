import { relative } from 'node:path'
import type { Place, RecordedDiagnostic } from '../model/errors.ts'
import { mapStrings } from '../model/values/map-strings.ts'
import { visible } from '../model/values/visible.ts'
import type { Style } from './style.ts'

/** A diagnostic as text: the message, the location with its line, and the hint. Control characters are escaped. */
export function renderDiagnostic(
  diagnostic: RecordedDiagnostic,
  style: Style,
  level: 'error' | 'warning',
  cwd: string,
): string {
  const { code, message, hint, place } = mapStrings(diagnostic, visible)
  const color = level === 'error' ? style.error : style.warning
  const lines = [`${color(style.bold(level))}${style.dim(`[${code}]`)} ${message}`]
  if (place) lines.push(...renderPlace(place, style, cwd))
  if (hint) lines.push(`  ${style.dim('->')} ${hint}`)
  return lines.join('\n')
}

function renderPlace({ file, line, column, quote }: Place, style: Style, cwd: string): readonly string[] {
  const short = relative(cwd, file)
  const path = short.startsWith('..') ? file : short
  const heading = `  ${style.dim('at')} ${path}:${line}:${column}`
  if (quote === undefined || quote.trim() === '') return [heading]
  const number = String(line)
  // Of a long line only the part around the column.
  const from = Math.max(0, column - 100)
  const text = `${from > 0 ? '...' : ''}${quote.slice(from, from + 160)}`
  return [
    heading,
    `  ${style.dim(`${number} |`)} ${text}`,
    `  ${style.dim(`${' '.repeat(number.length)} |`)} ${' '.repeat(column - 1 - from + (from > 0 ? 3 : 0))}${style.error('^')}`,
  ]
}
