import { isReferencePath } from '../../model/references.ts'

export type VariableValue = string | number | boolean | readonly unknown[]

/** The values of `${...}`. */
export interface Lookup {
  /** The value of a variable; undefined: it is declared and has no value. */
  variable(name: string): VariableValue | undefined
  /** The source text of a number or boolean, if it differs from its printed form. */
  sourceText(name: string): string | undefined
  isDeclared(name: string): boolean
  /** Called for a variable that is not declared, with its `:-` or `-` default. If it returns, the variable is unset, as in Compose. */
  undeclared(name: string, fallback: string | undefined): void
  /** The token of a reference such as `containers.db.ip`. Throws an Error if the reference is invalid. */
  reference(path: readonly string[]): string
}

/** A value and its source text: `007` may mean the number 7 or these three digits. */
export interface Interpolated {
  readonly value: unknown
  readonly text: string
}

/**
 * Interpolates `${...}` as Compose does: `${v}`, `${v:-d}`, `${v-d}`, `${v:?m}`, `${v?m}`, `${v:+a}`, `${v+a}`, `$$`; `$NAME` without
 * braces is literal. A string that consists of one `${v}` has the type of its value. Throws an Error with the reason if it is invalid.
 */
export function interpolate(text: string, lookup: Lookup): Interpolated {
  if (!text.includes('$')) return plain(text)
  const whole = singleExpression(text)
  if (whole !== undefined) return expand(whole, lookup)
  let result = ''
  for (let position = 0; position < text.length; position += 1) {
    if (text[position] !== '$') result += text[position]
    else if (text[position + 1] === '$') {
      result += '$'
      position += 1
    } else if (text[position + 1] === '{') {
      const end = closing(text, position + 1)
      result += inText(expand(text.slice(position + 2, end), lookup))
      position = end
    } else result += '$'
  }
  return plain(result)
}

const plain = (text: string): Interpolated => ({ value: text, text })

function singleExpression(text: string): string | undefined {
  return text.startsWith('${') && closing(text, 1) === text.length - 1 ? text.slice(2, -1) : undefined
}

const maxDepth = 50

/** The index of the brace that closes the one at `open`. Expressions may be nested. */
function closing(text: string, open: number): number {
  let depth = 0
  for (let position = open; position < text.length; position += 1) {
    if (text[position] === '{') depth += 1
    if (depth > maxDepth) throw new Error('"${" is nested too deeply')
    else if (text[position] === '}') depth -= 1
    if (depth === 0) return position
  }
  throw new Error('"${" is not closed by "}"; write "$$" for a dollar sign')
}

const form = /^([A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_-]+)*)(?:(:?[-?+])([\s\S]*))?$/

/** A declared variable has no value. `message`: that of `${NAME:?MESSAGE}`; '' for the default. */
export class MissingValueError extends Error {
  constructor(
    readonly variable: string,
    message = '',
  ) {
    super(message || `the variable "${variable}" has no value`)
  }
}

function expand(expression: string, lookup: Lookup): Interpolated {
  const match = form.exec(expression)
  if (match === null) throw new Error(`"\${${expression}}" is not a reference; write "$$" for a dollar sign`)
  const [, name = '', operator = '', operand = ''] = match
  const path = name.split('.')
  if (isReferencePath(path)) return plain(lookup.reference(path))
  const isDeclared = lookup.isDeclared(name)
  if (!isDeclared) lookup.undeclared(name, operator.endsWith('-') ? operand : undefined)
  const value = isDeclared ? lookup.variable(name) : undefined
  const absent = value === undefined || (operator.startsWith(':') && value === '')
  const own = (): Interpolated => {
    if (value === undefined && !isDeclared) return plain('')
    if (value === undefined) throw new MissingValueError(name)
    return { value, text: lookup.sourceText(name) ?? String(value) }
  }
  switch (operator.replace(':', '')) {
    case '-':
      return absent ? scalar(interpolate(operand, lookup)) : own()
    case '+':
      return absent ? plain('') : scalar(interpolate(operand, lookup))
    case '?':
      if (absent && isDeclared) throw new MissingValueError(name, interpolate(operand, lookup).text)
      return own()
    default:
      return own()
  }
}

/** Converts a default to a number or boolean as YAML does. Its source text is preserved. */
function scalar({ value, text }: Interpolated): Interpolated {
  if (typeof value !== 'string') return { value, text }
  if (/^-?\d+$/.test(value) && Number.isSafeInteger(Number(value))) return { value: Number(value), text }
  if (value === 'true' || value === 'false') return { value: value === 'true', text }
  return { value, text }
}

const inText = ({ value, text }: Interpolated): string => {
  if (typeof value === 'object' && value !== null) throw new Error('a list cannot be part of a string')
  return text
}
