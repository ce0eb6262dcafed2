/**
 * Parses an env file by the rules of dotenv in Compose: comments, `export`, `NAME: VALUE`, single and double quotes over several lines,
 * escapes in double quotes. Two rules differ: values are not interpolated, and a name without a value is an error, because the environment
 * of the shell does not reach containers. Throws an Error with the line number. Pure.
 */
export const parseEnvFile = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries([...envFileEntries(text)].map((one) => [one.name, one.value]))

interface EnvFileEntry {
  readonly name: string
  readonly value: string
  /** The line of the name, from 1. */
  readonly line: number
}

/** The entries of an env file in their order. Throws like `parseEnvFile`. Pure. */
export function* envFileEntries(text: string): Generator<EnvFileEntry, undefined> {
  const source = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n')
  const wrong = (position: number, what: string): Error => new Error(`line ${lineOf(source, position)} ${what}`)
  let line = 1
  let counted = 0
  for (let position = 0; position < source.length; ) {
    blank.lastIndex = position
    position += blank.exec(source)?.[0].length ?? 0
    if (position === source.length) break
    name.lastIndex = position
    const found = name.exec(source)
    if (found === null) throw wrong(position, whyNoName(lineAt(source, position)))
    const start = position + found[0].length
    const read = quotes.includes(source[start] ?? '') ? quoted(source, start) : plain(source, start)
    if (read === undefined) throw wrong(position, `opens a quote (${source[start]}) that is never closed`)
    if (read.rest !== undefined) throw wrong(read.end, `has ${JSON.stringify(read.rest)} after the closing quote`)
    line += lineOf(source.slice(counted, position), position) - 1
    counted = position
    yield { name: found[1] ?? '', value: read.value, line }
    position = read.end
  }
  return undefined
}

const lineOf = (source: string, position: number): number => source.slice(0, position).split('\n').length

const quotes = ["'", '"']
/** Blank lines and comments. */
const blank = /(?:\s+|#[^\n]*)*/y
const name = /(?:export[^\S\n]+)?([\p{L}\p{N}_.\-[\]]+)[^\S\n]*[=:][^\S\n]*/uy

interface Read {
  readonly value: string
  /** The offset of the next line. */
  readonly end: number
  /** Unexpected text after the closing quote. */
  readonly rest?: string
}

function lineAt(source: string, position: number): string {
  const end = source.indexOf('\n', position)
  return source.slice(position, end < 0 ? undefined : end)
}

function whyNoName(line: string): string {
  const [, word] = /^(?:export\s+)?([\p{L}\p{N}_.\-[\]]+)\s*$/u.exec(line) ?? []
  return word === undefined ? 'is not NAME=VALUE' : `has the name ${word} without a value`
}

/** A value without quotes: to the end of the line, or to a blank and `#`. */
function plain(source: string, start: number): Read {
  const line = lineAt(source, start)
  // The blank before a comment at the start is the one after the equals sign.
  const comment = line.startsWith('#') && /\s/.test(source[start - 1] ?? '') ? 0 : line.search(/\s#/)
  return { value: (comment < 0 ? line : line.slice(0, comment)).trimEnd(), end: start + line.length }
}

/** A value in quotes; undefined: the quote is not closed. */
function quoted(source: string, start: number): Read | undefined {
  const quote = source[start]
  let end = start + 1
  while (end < source.length && source[end] !== quote) end += source[end] === '\\' ? 2 : 1
  if (end >= source.length) return undefined
  const inside = source.slice(start + 1, end)
  const rest = lineAt(source, end + 1)
  const next = end + 1 + rest.length
  if (!/^\s*(#.*)?$/.test(rest)) return { value: '', end, rest: rest.trim() }
  return { value: quote === '"' ? unescaped(inside) : inside.replaceAll("\\'", "'"), end: next }
}

const escapes: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }

/** Replaces escapes as in Go. Other backslashes stay. */
const unescaped = (text: string): string =>
  text.replace(/\\(?:0([0-3][0-7]{2})|([abfnrtv$"\\]))/g, (_, octal: string | undefined, letter: string) =>
    octal === undefined ? (escapes[letter] ?? letter) : String.fromCharCode(Number.parseInt(octal, 8)),
  )
