import { isIPv6 } from 'node:net'
import { opensBlock, readBlock } from './block.ts'
import type { Cursor } from './cursor.ts'

/** A value as it is written: one text, or a list. */
export type RawValue = string | readonly string[]

/** Reads the value of a parameter. The position is behind the colon. */
export function readValue(cursor: Cursor): RawValue {
  if (opensBlock(cursor)) return readBlock(cursor)
  return cursor.rest.startsWith('[') ? readBracketList(cursor) : readItems(cursor)
}

/** Reads one value, or several with commas between them. */
function readItems(cursor: Cursor): RawValue {
  if (cursor.rest.startsWith(',')) throw emptyItem(cursor)
  const first = readItem(cursor, false)
  const items = [first]
  for (;;) {
    cursor.skip()
    if (cursor.done || !cursor.rest.startsWith(',')) return items.length === 1 ? first : items
    const comma = cursor.place
    cursor.advance(1)
    cursor.skip()
    if (cursor.done || cursor.rest.startsWith(',') || looksLikeParameter(cursor)) throw emptyItem(cursor, comma)
    items.push(readItem(cursor, false))
  }
}

/** Reads a list in brackets. */
function readBracketList(cursor: Cursor): readonly string[] {
  const open = cursor.place
  const items: string[] = []
  let comma = cursor.place
  let expectsItem = true
  cursor.advance(1)
  for (;;) {
    cursor.skip()
    if (cursor.done || looksLikeParameter(cursor))
      throw cursor.refusal(
        { code: 'unterminated-list', message: 'The list that starts here is not closed.', hint: 'Close it with ].' },
        open,
      )
    const isComma = cursor.rest.startsWith(',')
    if (cursor.rest.startsWith(']')) {
      if (expectsItem && items.length > 0) throw emptyItem(cursor, comma)
      return endOfList(cursor, items)
    }
    if (isComma && expectsItem) throw emptyItem(cursor)
    if (!isComma && !expectsItem)
      throw cursor.refusal({
        code: 'missing-comma',
        message: 'A comma is missing before this item of the list.',
        hint: 'Separate the items with commas, and quote an item that contains blanks.',
      })
    if (isComma) {
      comma = cursor.place
      cursor.advance(1)
    } else items.push(readItem(cursor, true))
    expectsItem = isComma
  }
}

function endOfList(cursor: Cursor, items: readonly string[]): readonly string[] {
  cursor.advance(1)
  if (/^[^ \t]/.test(cursor.rest))
    throw cursor.refusal({
      code: 'text-after-list',
      message: 'Text follows directly after the ] of a list.',
      hint: 'Put a blank after the list. If the bracket belongs to the value, quote the value.',
    })
  return items
}

const emptyItem = (cursor: Cursor, comma = cursor.place) =>
  cursor.refusal(
    {
      code: 'empty-item',
      message: 'An item of a list is missing beside this comma.',
      hint: 'Remove the comma, or write the item. Quote an item that looks like a parameter.',
    },
    comma,
  )

/** True if the text here is the next parameter, not an item of a list: `reset:yes`, but not `tcp://10.0.0.1` or `fd00::1`. */
function looksLikeParameter(cursor: Cursor): boolean {
  const word = /^[^\s,\]]*/.exec(cursor.rest)?.[0] ?? ''
  return /^[A-Za-z_][A-Za-z0-9_]*:(?!\/\/)/.test(word) && !isIPv6(word)
}

const readItem = (cursor: Cursor, inBrackets: boolean): string =>
  /^['"]/.test(cursor.rest) ? readQuoted(cursor, inBrackets) : readBare(cursor, inBrackets)

/** Reads a value without quotes. In brackets it ends at the first `]` that closes no bracket of its own. */
function readBare(cursor: Cursor, inBrackets: boolean): string {
  const text = inBrackets ? bareInBrackets(cursor.rest) : (/^[^ \t,]*/.exec(cursor.rest)?.[0] ?? '')
  if (/['"]/.test(text))
    throw cursor.refusal({
      code: 'quote-in-value',
      message: 'A value without quotes contains a quote.',
      hint: `Quote the value: ${quoteFor(text)}.`,
    })
  if (hasGluedComment(text))
    throw cursor.refusal({
      code: 'comment-in-value',
      message: `The value \`${text}\` contains //, which starts a comment only after a blank.`,
      hint: 'Quote the value if // is a part of it. Put a blank before // if it starts a comment.',
    })
  cursor.advance(text.length)
  return text
}

/** The text in the kind of quotes that it does not contain. */
const quoteFor = (text: string): string => (text.includes("'") ? `"${text.replaceAll('"', '\\"')}"` : `'${text}'`)

/** True if a `//` is not a part of `scheme://`. */
const hasGluedComment = (text: string): boolean =>
  [...text.matchAll(/\/\//g)].some(({ index }) => !/[A-Za-z][A-Za-z0-9+.-]*:$/.test(text.slice(0, index)))

function bareInBrackets(rest: string): string {
  let depth = 0
  for (const [index, character] of [...rest].entries()) {
    if (/[ \t,]/.test(character) || (character === ']' && depth === 0)) return [...rest].slice(0, index).join('')
    if (character === '[') depth += 1
    if (character === ']') depth -= 1
  }
  return rest
}

/** A backslash sequence or HTML break with a meaning, or any other character. */
const piece = /\\\\n|\\['"]|<<BR>>|<BR>|./uy

const meaningOf = (found: string): string => {
  if (found === '\\\\n' || found.endsWith('BR>') || found.endsWith('BR>>')) return '\n'
  return found.length === 2 && found.startsWith('\\') ? found.slice(1) : found
}

/** Reads a value in quotes, which may continue on the next lines of the action. */
function readQuoted(cursor: Cursor, inBrackets: boolean): string {
  const open = cursor.place
  const mark = cursor.rest.charAt(0)
  cursor.advance(1)
  let text = ''
  for (;;) {
    const found = nextPiece(cursor.rest)
    if (found === mark) break
    if (found !== undefined) {
      text += meaningOf(found)
      cursor.advance(found.length)
    } else if (cursor.nextLine(false)) text += ' '
    else throw notClosed(cursor, open, mark)
  }
  cursor.advance(1)
  if (inBrackets ? /^[^ \t,\]]/.test(cursor.rest) : /^[^ \t,]/.test(cursor.rest))
    throw cursor.refusal({
      code: 'text-after-quote',
      message: `Text follows directly after the closing ${mark} of a value.`,
      hint: `Put a blank after the value. A ${mark} inside the value is written \\${mark}.`,
    })
  return text.trim()
}

function nextPiece(rest: string): string | undefined {
  piece.lastIndex = 0
  return piece.exec(rest)?.[0]
}

const notClosed = (cursor: Cursor, open: Cursor['place'], mark: string) =>
  cursor.refusal(
    {
      code: 'unterminated-quote',
      message: 'The quoted value that starts here is not closed.',
      hint: `Close it with ${mark}. Its further lines are indented by two blanks or more.`,
    },
    open,
  )
