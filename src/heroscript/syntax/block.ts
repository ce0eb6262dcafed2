import type { Cursor } from './cursor.ts'
import { commonIndent, contentOf, dedented, isBlank, type Line, parameterIndent } from './lines.ts'

/** The marks that open a block at the end of a line, and close it on a line of their own. */
const isMark = (text: string): boolean => /^(?:'''|"""|'|")$/.test(text)

/** True if the value here is a block: its opening mark is the last text of the line. */
export const opensBlock = (cursor: Cursor): boolean => isMark(cursor.rest)

/** Reads a block: the lines up to a line that holds only a mark. Blank lines, quotes and backslashes stay as they are. */
export function readBlock(cursor: Cursor): string {
  const open = cursor.place
  const mark = cursor.rest
  const notClosed = () =>
    cursor.refusal(
      {
        code: 'block-not-closed',
        message: 'The block that starts here is not closed.',
        hint: `Close it with a line that holds only ${mark}.`,
      },
      open,
    )
  const content: Line[] = []
  for (let distance = 1; ; distance += 1) {
    const line = cursor.lineBelow(distance)
    if (line === undefined) throw notClosed()
    if (isMark(contentOf(line))) {
      cursor.jumpTo(cursor.nextRow + distance - 1)
      const indent = commonIndent(content)
      return content.map((one) => dedented(one, indent)).join('\n')
    }
    if (!isBlank(line) && line.indent < parameterIndent) {
      if (contentOf(line).startsWith('!')) throw notClosed()
      throw cursor.refusal(
        {
          code: 'block-not-indented',
          message: 'A line of a block is not indented.',
          hint: `Indent it by two blanks or more. A line that holds only ${mark} closes the block.`,
        },
        cursor.placeBelow(distance),
      )
    }
    content.push(line)
  }
}
