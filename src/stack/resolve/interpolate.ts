import { isReferencePath } from '../../model/references.ts'
import { didYouMean } from '../check/suggest.ts'

export type VariableValue = string | number | boolean | readonly unknown[]

/** What `${...}` may stand for. */
export interface Lookup {
  /** Value of a variable; undefined: it is declared and has none. */
  variable(name: string): VariableValue | undefined
  /** A number or truth value of a variable as its user wrote it, where that differs from how it prints. */
  sourceText(name: string): string | undefined
  isDeclared(name: string): boolean
  readonly declared: readonly string[]
  /** Text (a token) of a reference such as `containers.db.ip`. Throws where there is no such thing. */
  reference(path: readonly string[]): string
}

/** A value, and the text that was written for it: `007` may be meant as the number 7 or as these three digits. */
export interface Interpolated {
  readonly value: unknown
  readonly text: string
}

/**
 * Fills in a string's `${...}` as Compose does: `${v}`, `${v:-d}`, `${v-d}`, `${v:?m}`, `${v?m}`, `${v:+a}`, `${v+a}`, `$$`; an
 * unbraced `$NAME` is literal. A string that is one `${v}` and nothing else takes the value's type. Throws with what is wrong.
 */
export function interpolate(text: string, lookup: Lookup): Interpolated {
  if (!text.includes('$')) return plain(text)
  const whole = singleExpression(text)
  if (whole !== undefined) return expand(whole, lookup)
  let result = ''
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] !== '$') result += text[at]
    else if (text[at + 1] === '$') {
      result += '$'
      at += 1
    } else if (text[at + 1] === '{') {
      const end = closing(text, at + 1)
      result += inText(expand(text.slice(at + 2, end), lookup))
      at = end
    } else result += '$'
  }
  return plain(result)
}

const plain = (text: string): Interpolated => ({ value: text, text })

function singleExpression(text: string): string | undefined {
  return text.startsWith('${') && closing(text, 1) === text.length - 1 ? text.slice(2, -1) : undefined
}

const deepest = 50

/** Index of the brace that closes the one at `open`; expressions nest. */
function closing(text: string, open: number): number {
  let depth = 0
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1
    if (depth > deepest) throw new Error('"${" is nested too deeply')
    else if (text[at] === '}') depth -= 1
    if (depth === 0) return at
  }
  throw new Error('"${" is not closed by "}"; write "$$" for a dollar sign')
}

const form = /^([A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_-]+)*)(?:(:?[-?+])([\s\S]*))?$/

function expand(expression: string, lookup: Lookup): Interpolated {
  const match = form.exec(expression)
  if (match === null) throw new Error(`"\${${expression}}" is not a reference; write "$$" for a dollar sign`)
  const [, name = '', operator = '', operand = ''] = match
  const path = name.split('.')
  if (isReferencePath(path)) return plain(lookup.reference(path))
  if (!lookup.isDeclared(name))
    throw new Error(`the variable "${name}" is not declared under \`variables:\`.${didYouMean(name, lookup.declared)}`)
  const value = lookup.variable(name)
  const absent = value === undefined || (operator.startsWith(':') && value === '')
  const own = (): Interpolated => {
    if (value === undefined) throw new Error(`the variable "${name}" has no value`)
    return { value, text: lookup.sourceText(name) ?? String(value) }
  }
  switch (operator.replace(':', '')) {
    case '-':
      return absent ? scalar(interpolate(operand, lookup)) : own()
    case '+':
      return absent ? plain('') : scalar(interpolate(operand, lookup))
    case '?':
      if (absent) throw new Error(interpolate(operand, lookup).text || `the variable "${name}" has no value`)
      return own()
    default:
      return own()
  }
}

/** A default may be meant as a number or a truth value, as YAML would read it; its text is kept beside that. */
function scalar({ value, text }: Interpolated): Interpolated {
  if (typeof value !== 'string') return { value, text }
  if (/^-?\d+$/.test(value) && Number.isSafeInteger(Number(value))) return { value: Number(value), text }
  if (value === 'true' || value === 'false') return { value: value === 'true', text }
  return { value, text }
}

const inText = ({ value, text }: Interpolated): string => {
  if (typeof value === 'object' && value !== null) throw new Error('a list can only stand for a whole value')
  return text
}
