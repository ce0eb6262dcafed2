import { type Diagnostic, type HeroPodsError, type Place, refusedError } from '../../model/errors.ts'
import { contentOf, isBlank, type Line, parameterIndent, placeAt } from './lines.ts'

/** An error of a script without its place. */
export type Fault = Omit<Diagnostic, 'place'>

/** True for a line that is only a comment. */
export const isComment = (line: Line): boolean =>
  contentOf(line).startsWith('//') || /^<!--(?:(?!-->).)*-->$/.test(contentOf(line))

/** True for a line that can hold parameters of the action before it. */
const isOfAction = (line: Line): boolean => line.indent >= parameterIndent && !contentOf(line).startsWith('!')

/** A position in the lines of a script, which reads the text of one action. */
export class Cursor {
  /** True behind the last parameter of the action. */
  done = false

  constructor(
    private readonly file: string,
    private readonly lines: readonly Line[],
    private row: number,
    private offset: number,
  ) {}

  /** The text from here to the end of the line. */
  get rest(): string {
    const line = this.line
    return line.text.slice(this.offset, line.end)
  }

  /** The index of the line after this one. */
  get nextRow(): number {
    return this.row + 1
  }

  get place(): Place {
    return this.placeOf(this.row, this.offset)
  }

  private get line(): Line {
    return this.lines[this.row] ?? { number: this.row + 1, text: '', start: 0, end: 0, indent: 0 }
  }

  private get atLineStart(): boolean {
    return this.offset === this.line.start
  }

  /** True if a blank, or the start of the line, is before this position. */
  private get afterBlank(): boolean {
    return this.atLineStart || /[ \t]/.test(this.line.text.charAt(this.offset - 1))
  }

  private placeOf(row: number, offset: number): Place {
    const line = this.lines[row]
    return line ? placeAt(this.file, line, offset) : { file: this.file, line: row + 1, column: offset + 1 }
  }

  /** The error at a place, or here. */
  refusal(fault: Fault, place: Place = this.place): HeroPodsError {
    return refusedError({ ...fault, place })
  }

  advance(characters: number): void {
    this.offset += characters
  }

  /** Goes to the next character of this line that is not a blank. */
  skipBlanks(): void {
    this.advance(/^[ \t]*/.exec(this.rest)?.[0].length ?? 0)
  }

  /** True if the rest of the line holds nothing, or only a comment. */
  get atLineEnd(): boolean {
    return this.rest === '' || this.atComment
  }

  private get atComment(): boolean {
    return this.afterBlank && this.rest.startsWith('//')
  }

  /** Goes to the next text of the action, behind blanks, ends of lines and comments. Sets `done` if there is none. */
  skip(): void {
    this.skipBlanks()
    while (this.atLineEnd && !this.done) {
      if (!this.nextLine(true)) this.done = true
    }
  }

  /** Goes to the next line of the action that has text. Returns false, and stays, if there is none. */
  nextLine(skipComments: boolean): boolean {
    let row = this.nextRow
    for (let line = this.lines[row]; line !== undefined; line = this.lines[++row]) {
      if (isBlank(line) || (skipComments && isComment(line))) continue
      if (!isOfAction(line)) return false
      this.row = row
      this.offset = line.start
      return true
    }
    return false
  }

  /** Goes behind the lines of a block. */
  jumpTo(row: number): void {
    this.row = row
    this.offset = this.line.end
  }

  /** The line at a distance from this one. */
  lineBelow(distance: number): Line | undefined {
    return this.lines[this.row + distance]
  }

  /** The place of the first text of a line at a distance from this one. */
  placeBelow(distance: number): Place {
    return this.placeOf(this.row + distance, this.lines[this.row + distance]?.start ?? 0)
  }
}
