import { isDeepStrictEqual } from 'node:util'
import type { Variable } from '../../generated/stack-file.ts'
import { messageOf } from '../../model/errors.ts'
import type { SensitiveValues } from '../../model/sensitive.ts'
import { ownValue } from '../../model/values/own-value.ts'
import { characterName, forbiddenCharacter } from '../../model/values/text.ts'
import type { Problems } from '../check/problem.ts'
import { didYouMean } from '../check/suggest.ts'
import type { VariableValue } from './interpolate.ts'

/** The sources of values outside the stack files, in order of precedence. */
export interface VariableSources {
  /** `--var NAME=VALUE`. */
  readonly given: Readonly<Record<string, string>>
  /** `--var-file`, parsed. */
  readonly files: Readonly<Record<string, unknown>>
  readonly environment: NodeJS.ProcessEnv
}

export type Declarations = Readonly<Record<string, Variable>>

export interface VariableValues {
  readonly values: ReadonlyMap<string, VariableValue>
  /** The source text of numbers and booleans, if it differs from their printed form: `24.10` prints as 24.1. */
  readonly sourceTexts: ReadonlyMap<string, string>
  /** The variables whose value is missing or not valid; a problem is reported for each. */
  readonly failed: ReadonlySet<string>
}

/** The values of the declared variables with their types; sensitive ones as tokens. Problems are added to `problems`. */
export function variableValues(
  declared: Declarations,
  sources: VariableSources,
  sensitive: SensitiveValues,
  problems: Problems,
): VariableValues {
  const values = new Map<string, VariableValue>()
  const written = new Map<string, string>()
  const failed = new Set<string>()
  for (const name of Object.keys(sources.given)) {
    if (!Object.hasOwn(declared, name))
      problems.add(
        'unknown-variable',
        ['variables'],
        `--var ${name}: no variable of that name is declared.${didYouMean(name, Object.keys(declared))}`,
        'Declare it under `variables:`.',
      )
  }
  for (const [name, variable] of Object.entries(declared)) {
    try {
      const raw = givenValue(name, variable, sources)
      if (raw === undefined) {
        if (variable.required) throw new Error('it is required and has no value')
        continue
      }
      // A caller may have replaced a value by a token already. Other texts cannot contain a known token.
      requireCharacters(typeof raw === 'string' ? (sensitive.byToken.get(raw) ?? raw) : raw)
      const value = typed(raw, variable)
      requireAllowed(value, variable)
      const text = typeof value === 'object' ? '' : String(raw).trim()
      if (variable.sensitive) values.set(name, sensitive.redact(typeof value === 'number' ? text : String(value)))
      else values.set(name, value)
      if (!variable.sensitive && printsOtherwise(value, text)) written.set(name, text)
    } catch (error) {
      failed.add(name)
      const way = variable.env
        ? `--var ${name}=VALUE, or the environment variable ${variable.env}`
        : `--var ${name}=VALUE`
      problems.add(
        'bad-variable',
        ['variables', name],
        `The variable "${name}": ${messageOf(error)}.`,
        `Set it with ${way}.`,
      )
    }
  }
  return { values, sourceTexts: written, failed }
}

const printsOtherwise = (value: VariableValue, text: string): boolean =>
  (typeof value === 'number' || typeof value === 'boolean') && text !== String(value)

function givenValue(name: string, variable: Variable, { given, files, environment }: VariableSources): unknown {
  return (
    ownValue(given, name) ??
    ownValue(files, name) ??
    (variable.env === undefined ? undefined : ownValue(environment, variable.env)) ??
    variable.default
  )
}

/** Booleans of YAML 1.2. */
const truth = /^(true|True|TRUE|false|False|FALSE)$/

function typed(raw: unknown, { type = 'string', sensitive }: Variable): VariableValue {
  // String() of a map or a list is not useful.
  const text = typeof raw === 'object' ? JSON.stringify(raw) : String(raw)
  const shown = sensitive ? 'its value' : `"${text}"`
  switch (type) {
    case 'string':
      if (typeof raw === 'object') throw new Error(`${shown} is not a string`)
      return text
    case 'int':
      if (text.trim() === '' || !Number.isInteger(Number(text))) throw new Error(`${shown} is not an integer`)
      if (!Number.isSafeInteger(Number(text)))
        throw new Error(`${shown} is too large for a variable of type int; \`type: string\` keeps its digits`)
      return Number(text)
    case 'number':
      if (text.trim() === '' || !Number.isFinite(Number(text))) throw new Error(`${shown} is not a number`)
      return Number(text)
    case 'bool':
      if (!truth.test(text)) throw new Error(`${shown} is neither true nor false`)
      return text.toLowerCase() === 'true'
    case 'list':
      if (Array.isArray(raw)) return raw
      if (typeof raw === 'object') throw new Error(`${shown} is not a list`)
      return text === '' ? [] : text.split(',').map((part) => part.trim())
  }
}

/** Refuses forbidden characters in values, which may come from any source (see `forbidden.ts`). */
function requireCharacters(raw: unknown): void {
  if (typeof raw === 'object' && raw !== null)
    for (const [key, one] of Object.entries(raw)) {
      requireCharacters(key)
      requireCharacters(one)
    }
  const found = typeof raw === 'string' ? forbiddenCharacter(raw) : undefined
  if (found !== undefined) throw new Error(`its value contains ${characterName(found)}`)
}

function requireAllowed(value: VariableValue, variable: Variable): void {
  const { enum: allowed, pattern, min, max, sensitive } = variable
  const shown = sensitive ? 'its value' : JSON.stringify(value)
  if (allowed && !allowed.some((one) => isDeepStrictEqual(typed(one, variable), value)))
    throw new Error(`${shown} is not one of ${allowed.map((one) => JSON.stringify(one)).join(', ')}`)
  if (pattern !== undefined && !new RegExp(pattern).test(String(value)))
    throw new Error(`${shown} does not match ${pattern}`)
  if (min !== undefined && Number(value) < min) throw new Error(`${shown} is less than ${min}`)
  if (max !== undefined && Number(value) > max) throw new Error(`${shown} is more than ${max}`)
}
