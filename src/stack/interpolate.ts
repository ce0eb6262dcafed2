import { didYouMean } from './suggest.ts'

export type VariableValue = string | number | boolean | readonly unknown[]

/** What `${...}` may stand for. */
export interface Lookup {
  /** Value of a variable; undefined: it is declared and has none. */
  variable(name: string): VariableValue | undefined
  isDeclared(name: string): boolean
  readonly declared: readonly string[]
  /** Text (a token) of a reference such as `containers.db.ip`. Throws where there is no such thing. */
  reference(path: readonly string[]): string
}

const kinds = ['containers', 'services', 'networks', 'images', 'secrets', 'configs']

/**
 * Fills in a string's `${...}` as Compose does: `${v}`, `${v:-d}`, `${v-d}`, `${v:?m}`, `${v?m}`, `${v:+a}`, `${v+a}`, `$$`; an
 * unbraced `$NAME` is literal. A string that is one `${v}` and nothing else takes the value's type. Throws with what is wrong.
 */
export function interpolate(text: string, lookup: Lookup): unknown {
  if (!text.includes('$')) return text
  const whole = wholeExpression(text)
  if (whole !== undefined) return expand(whole, lookup)
  let result = ''
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] !== '$') result += text[at]
    else if (text[at + 1] === '$') {
      result += '$'
      at += 1
    } else if (text[at + 1] === '{') {
      const end = closing(text, at + 1)
      result += toText(expand(text.slice(at + 2, end), lookup))
      at = end
    } else result += '$'
  }
  return result
}

function wholeExpression(text: string): string | undefined {
  return text.startsWith('${') && closing(text, 1) === text.length - 1 ? text.slice(2, -1) : undefined
}

/** Index of the brace that closes the one at `open`; expressions nest. */
function closing(text: string, open: number): number {
  let depth = 0
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1
    else if (text[at] === '}') depth -= 1
    if (depth === 0) return at
  }
  throw new Error('"${" is not closed by "}"; write "$$" for a dollar sign')
}

const form = /^([A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_-]+)*)(?:(:?[-?+])([\s\S]*))?$/

function expand(expression: string, lookup: Lookup): unknown {
  const match = form.exec(expression)
  if (match === null) throw new Error(`"\${${expression}}" is no reference; write "$$" for a dollar sign`)
  const [, name = '', operator = '', operand = ''] = match
  const path = name.split('.')
  if (path.length > 1 && kinds.includes(path[0] as string)) return lookup.reference(path)
  if (!lookup.isDeclared(name))
    throw new Error(`the variable "${name}" is not declared under \`variables:\`.${didYouMean(name, lookup.declared)}`)
  const value = lookup.variable(name)
  const absent = value === undefined || (operator.startsWith(':') && value === '')
  switch (operator.replace(':', '')) {
    case '-':
      return absent ? scalar(interpolate(operand, lookup)) : value
    case '+':
      return absent ? '' : scalar(interpolate(operand, lookup))
    case '?':
      if (absent) throw new Error(String(interpolate(operand, lookup)) || `the variable "${name}" has no value`)
      return value
    default:
      if (value === undefined) throw new Error(`the variable "${name}" has no value`)
      return value
  }
}

/** A default is written as YAML would write it. */
function scalar(value: unknown): unknown {
  if (typeof value !== 'string') return value
  if (/^-?\d+$/.test(value) && Number.isSafeInteger(Number(value))) return Number(value)
  if (value === 'true' || value === 'false') return value === 'true'
  return value
}

const toText = (value: unknown): string => {
  if (typeof value === 'object' && value !== null) throw new Error('a list can only stand for a whole value')
  return String(value)
}
