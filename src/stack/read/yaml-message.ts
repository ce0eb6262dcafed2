import { sentence } from '../check/suggest.ts'

/** An error of the YAML parser. */
export interface YamlFault {
  readonly code: string
  readonly message: string
  /** Its offset in the text. */
  readonly offset: number
}

/** An error in plain words, with its solution. */
export interface YamlProblem {
  readonly message: string
  readonly hint: string
}

/** The sentence for an error of the YAML parser; of a rare error the parser's own message. `text`: the file. Pure. */
export function yamlProblem(fault: YamlFault, text: string): YamlProblem {
  const { message } = fault
  if (message.includes('call stack')) return { message: 'It is nested too deeply.', hint: 'Use fewer levels.' }
  return sentences[fault.code]?.(fault, text) ?? { message: sentence(message), hint: 'Fix the YAML there.' }
}

type Explain = (fault: YamlFault, text: string) => YamlProblem | undefined

const sentences: Readonly<Partial<Record<string, Explain>>> = {
  TAB_AS_INDENT: () => ({ message: 'This line is indented with a tab.', hint: 'Indent with spaces.' }),
  BAD_INDENT: badIndent,
  MISSING_CHAR: missingCharacter,
  BLOCK_AS_IMPLICIT_KEY: nestedMap,
  MULTILINE_IMPLICIT_KEY: () => ({
    message: 'A key must be on one line: a `:` is missing here, or the indentation is wrong.',
    hint: 'Write `key: value`, and align it with its siblings.',
  }),
  BLOCK_IN_FLOW: () => ({
    message: '`: ` inside an unquoted string in `[ ]` or `{ }` starts a map.',
    hint: 'Quote the string, or write the map as `{ key: value }`.',
  }),
  BAD_SCALAR_START: ({ offset }, text) => ({
    message: `An unquoted string cannot start with \`${text[offset]}\`.`,
    hint: 'Quote the value.',
  }),
  BAD_DQ_ESCAPE: ({ offset }, text) => ({
    message: `\`${text.slice(offset, offset + 2)}\` is not an escape sequence of a string in double quotes.`,
    hint: 'Use single quotes, or write `\\\\` for a backslash.',
  }),
  UNEXPECTED_TOKEN: unexpectedToken,
  MULTIPLE_ANCHORS: () => ({ message: 'This value has two anchors (`&NAME`).', hint: 'Remove one of them.' }),
}

/** The bracket that is missing, if the fault is a collection that is not closed. Pure. */
export const missingClosing = ({ code, message }: YamlFault): string | undefined =>
  code === 'BAD_INDENT' ? /end with a ([\]}])/.exec(message)?.[1] : undefined

function badIndent(fault: YamlFault): YamlProblem {
  const closing = missingClosing(fault)
  if (closing === undefined)
    return { message: 'The indentation differs from the lines before it.', hint: 'Align it with its siblings.' }
  const opening = closing === ']' ? '[' : '{'
  return {
    message: `This \`${opening}\` is not closed, or the lines after it are not indented.`,
    hint: `Close it with \`${closing}\`, or indent its lines further than its key.`,
  }
}

function missingCharacter({ message }: YamlFault): YamlProblem | undefined {
  const quote = /closing (["'])quote/.exec(message)?.[1]
  if (quote !== undefined)
    return {
      message: `A string in ${quote === '"' ? 'double' : 'single'} quotes is not closed.`,
      hint: `Add the closing ${quote}.`,
    }
  if (!message.includes('Implicit map keys')) return undefined
  return { message: 'A `:` is missing after a key.', hint: 'Write `key: value`.' }
}

/** A second `: ` on the line is a part of the text; else the next line has the wrong indentation. */
function nestedMap({ message, offset }: YamlFault, text: string): YamlProblem {
  const [line = ''] = text.slice(offset).split('\n', 1)
  if (message.startsWith('Nested') && /:(\s|$)/.test(line))
    return { message: '`: ` inside an unquoted string starts a map.', hint: 'Quote the value.' }
  return {
    message:
      'The indentation of the lines here is wrong: a value is followed by a line that is indented further or less.',
    hint: 'Align it with its siblings.',
  }
}

function unexpectedToken({ message }: YamlFault): YamlProblem | undefined {
  const closing = /stream: "([\]}])"/.exec(message)?.[1]
  if (closing !== undefined)
    return {
      message: `This \`${closing}\` has no opening bracket.`,
      hint: `Remove it, or add the \`${closing === ']' ? '[' : '{'}\` before it.`,
    }
  if (!message.includes('at node end')) return undefined
  return {
    message: 'A complete value is followed by more text.',
    hint: 'Quote the complete value, or correct the indentation.',
  }
}
