import { compareLines } from '../compare-lines.ts'

/** One row of a unified diff: the sign is a blank, `-`, `+`, or `@` for the position of a hunk. */
export interface DiffRow {
  readonly sign: ' ' | '-' | '+' | '@'
  readonly text: string
}

const context = 2
/** Rows of one diff. Of the others only their number is shown. */
const maxRows = 24

/** A unified diff of two texts with two lines of context, bounded. Pure. */
export function lineDiff(before: string, after: string): readonly DiffRow[] {
  const rows = numbered(compareLines(linesOf(before), linesOf(after)))
  const near = rows.map((_, index) =>
    rows.slice(Math.max(0, index - context), index + context + 1).some(({ sign }) => sign !== ' '),
  )
  const shown = rows.flatMap((row, index): DiffRow[] => {
    if (!near[index]) return []
    const isFirst = index === 0 || !near[index - 1]
    return [...(isFirst ? [{ sign: '@', text: `line ${row.line}` } as const] : []), { sign: row.sign, text: row.text }]
  })
  if (shown.length <= maxRows) return shown
  return [...shown.slice(0, maxRows), { sign: '@', text: `${shown.length - maxRows} more lines` }]
}

/** A line break at the end belongs to the last line. */
function linesOf(text: string): readonly string[] {
  if (text === '') return []
  const lines = text.replace(/\n$/, '').split('\n')
  return text.endsWith('\n') ? lines : [...lines.slice(0, -1), `${lines.at(-1)} (no line break at the end)`]
}

/** Adds the number of each row in the text after the change; a removed row has that of the next one. */
function numbered(rows: readonly DiffRow[]): readonly (DiffRow & { readonly line: number })[] {
  let next = 1
  return rows.map((row) => {
    const line = next
    if (row.sign !== '-') next += 1
    return { ...row, line }
  })
}
