import { type ComparedLine, compareLines } from './compare-lines.ts'
import type { Style } from './style.ts'

/** The lines around a change. */
const context = 3

/** The differences of two texts as lines with `-` and `+`, with three lines around each change. Pure. */
export function lineDiff(before: string, after: string, style: Style): string {
  const lines = compareLines(before.split('\n'), after.split('\n'))
  const near = (position: number): boolean =>
    lines.slice(Math.max(0, position - context), position + context + 1).some(isChange)
  const out: string[] = []
  for (const [position, line] of lines.entries()) {
    if (near(position)) out.push(painted(line, style))
    else if (position === 0 || near(position - 1)) out.push(style.dim('...'))
  }
  return out.join('\n')
}

const isChange = ({ sign }: ComparedLine): boolean => sign !== ' '

function painted({ sign, text }: ComparedLine, style: Style): string {
  const line = `${sign} ${text}`.trimEnd()
  return sign === '+' ? style.added(line) : sign === '-' ? style.error(line) : line
}
