/** One row of a unified diff: the sign is a blank, `-`, `+`, or `@` for the position of a hunk. */
export interface DiffRow {
  readonly sign: ' ' | '-' | '+' | '@'
  readonly text: string
}

const context = 2
/** Rows of one diff. Of the others only their number is shown. */
const mostRows = 24
/** Lines that are compared one by one. Longer parts are shown as replaced. */
const mostCompared = 400

/** A unified diff of two texts with two lines of context, bounded. Pure. */
export function lineDiff(before: string, after: string): readonly DiffRow[] {
  const rows = numbered(compared(linesOf(before), linesOf(after)))
  const near = rows.map((_, index) =>
    rows.slice(Math.max(0, index - context), index + context + 1).some(({ sign }) => sign !== ' '),
  )
  const shown = rows.flatMap((row, index): DiffRow[] => {
    if (!near[index]) return []
    const isFirst = index === 0 || !near[index - 1]
    return [...(isFirst ? [{ sign: '@', text: `line ${row.line}` } as const] : []), { sign: row.sign, text: row.text }]
  })
  if (shown.length <= mostRows) return shown
  return [...shown.slice(0, mostRows), { sign: '@', text: `${shown.length - mostRows} more lines` }]
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

function compared(before: readonly string[], after: readonly string[]): readonly DiffRow[] {
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before[start] === after[start]) start += 1
  let end = 0
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end += 1
  return [
    ...signed(' ', after.slice(0, start)),
    ...different(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...signed(' ', after.slice(after.length - end)),
  ]
}

const signed = (sign: DiffRow['sign'], lines: readonly string[]): readonly DiffRow[] =>
  lines.map((text) => ({ sign, text }))

function different(before: readonly string[], after: readonly string[]): readonly DiffRow[] {
  if (before.length > mostCompared || after.length > mostCompared)
    return [...signed('-', before), ...signed('+', after)]
  const common = commonLengths(before, after)
  const rows: DiffRow[] = []
  let [left, right] = [0, 0]
  while (left < before.length || right < after.length) {
    if (left < before.length && right < after.length && before[left] === after[right]) {
      rows.push({ sign: ' ', text: before[left] ?? '' })
      left += 1
      right += 1
    } else if (left < before.length && (common[left + 1]?.[right] ?? 0) >= (common[left]?.[right + 1] ?? 0)) {
      rows.push({ sign: '-', text: before[left] ?? '' })
      left += 1
    } else {
      rows.push({ sign: '+', text: after[right] ?? '' })
      right += 1
    }
  }
  return rows
}

/** Lengths of the longest common subsequences of the ends of two lists, by the first index of each end. */
function commonLengths(before: readonly string[], after: readonly string[]): readonly (readonly number[])[] {
  const lengths = Array.from({ length: before.length + 1 }, () => Array<number>(after.length + 1).fill(0))
  for (let left = before.length - 1; left >= 0; left -= 1)
    for (let right = after.length - 1; right >= 0; right -= 1) {
      const row = lengths[left]
      if (row === undefined) continue
      row[right] =
        before[left] === after[right]
          ? 1 + (lengths[left + 1]?.[right + 1] ?? 0)
          : Math.max(lengths[left + 1]?.[right] ?? 0, row[right + 1] ?? 0)
    }
  return lengths
}
