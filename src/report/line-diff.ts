import type { Style } from './style.ts'

/** The lines around a change. */
const context = 3

interface Line {
  readonly sign: ' ' | '-' | '+'
  readonly text: string
}

/** The differences of two texts as lines with `-` and `+`, with three lines around each change. Pure. */
export function lineDiff(before: string, after: string, style: Style): string {
  const lines = compare(before.split('\n'), after.split('\n'))
  const near = (at: number): boolean => lines.slice(Math.max(0, at - context), at + context + 1).some(isChange)
  const out: string[] = []
  for (const [at, line] of lines.entries()) {
    if (near(at)) out.push(painted(line, style))
    else if (at === 0 || near(at - 1)) out.push(style.dim('...'))
  }
  return out.join('\n')
}

const isChange = ({ sign }: Line): boolean => sign !== ' '

function painted({ sign, text }: Line, style: Style): string {
  const line = `${sign} ${text}`.trimEnd()
  return sign === '+' ? style.added(line) : sign === '-' ? style.error(line) : line
}

/** Compares from both ends, then by the longest common subsequence of the rest. */
function compare(before: readonly string[], after: readonly string[]): readonly Line[] {
  let start = 0
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1
  let end = 0
  const most = Math.min(before.length, after.length) - start
  while (end < most && before.at(-1 - end) === after.at(-1 - end)) end += 1
  const same = (lines: readonly string[]): Line[] => lines.map((text) => ({ sign: ' ', text }))
  return [
    ...same(before.slice(0, start)),
    ...changed(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...same(before.slice(before.length - end)),
  ]
}

function changed(before: readonly string[], after: readonly string[]): readonly Line[] {
  const width = after.length + 1
  const lengths = new Uint32Array((before.length + 1) * width)
  const at = (row: number, column: number): number => lengths[row * width + column] ?? 0
  for (let row = before.length - 1; row >= 0; row -= 1)
    for (let column = after.length - 1; column >= 0; column -= 1)
      lengths[row * width + column] =
        before[row] === after[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1))
  const lines: Line[] = []
  let [row, column] = [0, 0]
  while (row < before.length || column < after.length) {
    if (row < before.length && column < after.length && before[row] === after[column]) {
      lines.push({ sign: ' ', text: before[row] ?? '' })
      row += 1
      column += 1
    } else if (row < before.length && (column === after.length || at(row + 1, column) >= at(row, column + 1))) {
      lines.push({ sign: '-', text: before[row] ?? '' })
      row += 1
    } else {
      lines.push({ sign: '+', text: after[column] ?? '' })
      column += 1
    }
  }
  return lines
}
