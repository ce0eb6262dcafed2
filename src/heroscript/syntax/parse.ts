import { type Diagnostic, HeroPodsError, type Place, refusedError } from '../../model/errors.ts'
import { visibleLine } from '../../model/values/visible.ts'
import { Cursor, type Fault, isComment } from './cursor.ts'
import { contentOf, isBlank, type Line, linesOf, parameterIndent, placeAt } from './lines.ts'
import { type RawParameter, readParameters } from './parameters.ts'

/** An action as it is written. `place`: its first `!`. Both names are in lower case with `_` for `-`. */
export interface RawAction {
  readonly actor: string
  readonly name: string
  readonly parameters: readonly RawParameter[]
  readonly place: Place
}

/** The actions of a script, and all its syntax errors in the order of the text: one for each action, or for lines outside actions. */
export interface Parsed {
  readonly actions: readonly RawAction[]
  readonly faults: readonly Diagnostic[]
}

/** Reads the text of a script. `file` is its name in errors. */
export function parse(script: string, file: string): Parsed {
  const lines = linesOf(script)
  const controls = lines.flatMap((line) => controlCharacter(line, file))
  if (controls.length > 0) return { actions: [], faults: controls }
  const actions: RawAction[] = []
  const faults: Diagnostic[] = []
  for (let row = 0; row < lines.length; ) {
    const { next, action, fault } = readAt(file, lines, row)
    if (action) actions.push(action)
    if (fault) faults.push(fault)
    row = next
  }
  return { actions, faults }
}

/** The result of the text that starts at a row. `next`: the row where reading goes on. */
interface Reading {
  readonly next: number
  readonly action?: RawAction
  readonly fault?: Diagnostic
}

function readAt(file: string, lines: readonly Line[], row: number): Reading {
  const line = lines[row]
  if (line === undefined || isBlank(line) || isOutsideComment(line)) return { next: row + 1 }
  if (!isAction(line)) return strayText(file, lines, row, line)
  try {
    return readAction(file, lines, row, line)
  } catch (error) {
    const fault = error instanceof HeroPodsError ? error.diagnostics[0] : undefined
    if (fault === undefined) throw error
    return { next: nextAction(lines, row + 1), fault }
  }
}

const isAction = (line: Line): boolean => /^!(?!\[)/.test(contentOf(line))

const isOutsideComment = (line: Line): boolean => isComment(line) || contentOf(line).startsWith('#')

/** The row of the next action, after an action with an error. Indented lines may belong to a block. */
function nextAction(lines: readonly Line[], from: number): number {
  const found = lines.findIndex((line, row) => row >= from && isAction(line) && line.indent < parameterIndent)
  return found === -1 ? lines.length : found
}

function readAction(file: string, lines: readonly Line[], row: number, line: Line): Reading {
  const place = placeAt(file, line, line.start)
  const [, marks = '', name = ''] = /^(!+)([^ \t]*)/.exec(contentOf(line)) ?? []
  const fault = faultOfAction(marks, name)
  if (fault) throw refusedError({ ...fault, place })
  const cursor = new Cursor(file, lines, row, line.start + marks.length + name.length)
  const parameters = readParameters(cursor)
  const [actor = '', action = ''] = name.toLowerCase().replaceAll('-', '_').split('.')
  return { next: cursor.nextRow, action: { actor, name: action, parameters, place } }
}

function faultOfAction(marks: string, name: string): Fault | undefined {
  if (marks.length > 2)
    return {
      code: 'unsupported-kind',
      message: `An action that starts with ${marks} is not supported.`,
      hint: `Write \`!!${name}\`.`,
    }
  if (/^[A-Za-z][A-Za-z0-9_-]*\.[A-Za-z][A-Za-z0-9_-]*$/.test(name)) return undefined
  return {
    code: 'bad-action',
    message: name === '' ? 'The name of an action is missing.' : `\`${name}\` is not a name of an action.`,
    hint: 'An action starts with !! and its name without a blank, e.g. `!!heropods.container_start name:web`.',
  }
}

/** Lines outside an action, up to the next action. Blank lines and comments between them count as part of them. */
function strayText(file: string, lines: readonly Line[], row: number, line: Line): Reading {
  const end = lines.findIndex((one, index) => index > row && isAction(one))
  const next = end === -1 ? lines.length : end
  const stray = lines.slice(row, next).filter((one) => !isBlank(one) && !isOutsideComment(one))
  const looksLikeParameter = stray.some((one) => /^[A-Za-z_][A-Za-z0-9_-]*:/.test(contentOf(one)))
  const others = stray.length - 1
  const fault = {
    code: 'stray-text',
    message: `This line${others === 0 ? ' is' : ` and ${others} after it are`} outside an action.`,
    hint: looksLikeParameter
      ? 'Indent parameters by two blanks or more, below the line of their action.'
      : 'Start an action with !!, e.g. `!!heropods.container_start name:web`. Write // before a comment.',
    place: placeAt(file, line, line.start),
  } as const
  return { next, fault }
}

/** The first control character of a line. No value can contain one: it would end names and commands, or steer a terminal. */
function controlCharacter(line: Line, file: string): readonly Diagnostic[] {
  const found = /[\u0000-\u0008\u000b-\u001f\u007f]/.exec(line.text)
  if (found === null) return []
  return [
    {
      code: 'control-character',
      message: `The script contains the control character ${visibleLine(found[0])}.`,
      hint: 'Remove it. Inside a quoted value, \\\\n is a line break.',
      place: placeAt(file, line, found.index),
    },
  ]
}
