import type { Place } from '../../model/errors.ts'
import type { Cursor } from './cursor.ts'
import { type RawValue, readValue } from './values.ts'

/** A parameter of an action as it is written. `place`: its key. */
export interface RawParameter {
  /** In lower case. */
  readonly key: string
  readonly value: RawValue
  readonly place: Place
}

/** Reads all parameters of an action. Raises its first syntax error. */
export function readParameters(cursor: Cursor): readonly RawParameter[] {
  const parameters = new Map<string, RawParameter>()
  for (;;) {
    cursor.skip()
    if (cursor.done) return [...parameters.values()]
    const { place } = cursor
    const key = readKey(cursor)
    if (parameters.has(key))
      throw cursor.refusal(
        {
          code: 'duplicate-parameter',
          message: `The parameter \`${key}\` occurs twice in this action.`,
          hint: 'Remove one of them.',
        },
        place,
      )
    if (cursor.atLineEnd)
      throw cursor.refusal(
        {
          code: 'missing-value',
          message: `The parameter \`${key}\` has no value on its line.`,
          hint: `Write the value behind the colon, e.g. \`${key}:VALUE\`. An empty value is \`${key}:''\`.`,
        },
        place,
      )
    parameters.set(key, { key, value: readValue(cursor), place })
  }
}

/** Reads `key:` and the blanks behind it. */
function readKey(cursor: Cursor): string {
  const { rest } = cursor
  const word = /^[^ \t:]*/.exec(rest)?.[0] ?? ''
  refuseComment(cursor)
  if (rest.charAt(word.length) !== ':' || /^['"]/.test(word)) throw notParameter(cursor, word)
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(word))
    throw cursor.refusal({
      code: 'bad-key',
      message: `\`${word}\` is not a name of a parameter.`,
      hint: word.includes('-')
        ? `Write \`${word.replaceAll('-', '_')}\`.`
        : 'A name has letters, digits and _, with a letter or _ first.',
    })
  cursor.advance(word.length + 1)
  cursor.skipBlanks()
  return word.toLowerCase()
}

/** Refuses a comment in a form that HeroScript does not have. */
function refuseComment(cursor: Cursor): void {
  if (cursor.rest.startsWith('#'))
    throw cursor.refusal({
      code: 'hash-comment',
      message: 'A comment inside an action does not start with #.',
      hint: 'Write //, with a blank before it.',
    })
  if (cursor.rest.startsWith('<!--'))
    throw cursor.refusal({
      code: 'html-comment',
      message: 'The comment <!-- --> is not alone on its line.',
      hint: 'Put it on one line of its own, or write //.',
    })
}

/** The error for a word without a colon behind it. */
function notParameter(cursor: Cursor, word: string): Error {
  const rest = cursor.rest.slice(word.length)
  if (word !== '' && /^[ \t]+:/.test(rest)) {
    cursor.advance(word.length)
    return cursor.refusal({
      code: 'space-before-colon',
      message: `A blank is between \`${word}\` and the colon.`,
      hint: `Write \`${word}:\` without a blank before the colon.`,
    })
  }
  const isFlag = /^[A-Za-z_][A-Za-z0-9_]*$/.test(word)
  return cursor.refusal({
    code: 'bare-argument',
    message: `\`${word}\` is not a parameter: it has no colon.`,
    hint: `${isFlag ? `Write e.g. \`${word}:true\`. ` : ''}A value that contains blanks needs quotes: \`cmd:'ls -la'\`.`,
  })
}
