import type { ErrorCode } from '../../generated/error-codes.ts'
import type { StackFile } from '../../generated/stack-file.ts'
import { messageOf } from '../../model/errors.ts'
import type { SensitiveValues } from '../../model/sensitive.ts'
import { type TextKindName, textFault, textKinds } from '../../model/values/text.ts'
import type { Problems } from '../check/problem.ts'
import { sentence } from '../check/suggest.ts'
import type { Path } from '../read/position.ts'
import type { FileUse } from '../read/read-file.ts'

/** The inputs for the canonical specs of one stack. */
export interface Context {
  readonly stack: string
  readonly data: StackFile
  readonly problems: Problems
  readonly sensitive: SensitiveValues
  /** The content of a file that a container uses. Throws `FileFault`. */
  readFile(path: string, use: FileUse): Buffer
  /** The value of a declared variable, for configs and secrets. Throws an Error if it has none. */
  variable(name: string): unknown
}

/** An Error with a hint. */
export class InputError extends Error {
  constructor(
    message: string,
    readonly hint: string,
  ) {
    super(message)
  }
}

/** Calls `read`. An error becomes a problem at `path`, and the result is `otherwise`. */
export function collectError<T>(
  context: Context,
  code: ErrorCode,
  path: Path,
  otherwise: T,
  read: () => T,
  hint?: string,
): T {
  try {
    return read()
  } catch (error) {
    const advice = error instanceof InputError ? error.hint : hint
    context.problems.add(code, path, sentence(`\`${path.join('.')}\`: ${messageOf(error)}`), advice)
    return otherwise
  }
}

/** True for a list; unlike `Array.isArray` it narrows a union with a readonly list. */
export const isList = (value: unknown): value is readonly string[] => Array.isArray(value)

type KeyValues = Readonly<Record<string, unknown>> | readonly string[] | null | undefined

/**
 * A map or a list of NAME=VALUE, as texts. A name without a value gets an empty text, or is passed to `withoutValue` and left
 * out.
 */
export function keyValues(declared: KeyValues, withoutValue?: (name: string) => void): Record<string, string> {
  const pairs = isList(declared)
    ? declared.map((text): [string, unknown] => {
        const position = text.indexOf('=')
        return position < 0 ? [text, null] : [text.slice(0, position), text.slice(position + 1)]
      })
    : Object.entries(declared ?? {})
  const stands = pairs.flatMap(([name, value]): [string, string][] => {
    if (value !== null && value !== undefined) return [[name, String(value)]]
    if (withoutValue === undefined) return [[name, '']]
    withoutValue(name)
    return []
  })
  return Object.fromEntries(stands)
}

/** The labels of a resource. Labels that are reserved for HeroPods are refused. */
export function labels(context: Context, path: Path, ...declared: readonly KeyValues[]): Record<string, string> {
  const values = Object.fromEntries(declared.flatMap((one) => Object.entries(keyValues(one))))
  reportBadNames(context, path, 'label', values)
  for (const name of Object.keys(values))
    if (name.startsWith('org.heropods.'))
      context.problems.add('bad-label', path, `The label "${name}" is reserved for HeroPods.`, 'Give it another name.')
  return values
}

/** Reports keys with invalid characters. The schema checks only the keys of maps, not of lists of NAME=VALUE. */
export function reportBadNames(
  context: Context,
  path: Path,
  kind: TextKindName,
  map: Readonly<Record<string, unknown>>,
): void {
  for (const name of Object.keys(map)) {
    const fault = textFault(kind, name)
    if (fault !== undefined)
      context.problems.add('invalid', path, `${JSON.stringify(name)} ${fault}.`, textKinds[kind].rule)
  }
}

export const list = (declared: string | readonly string[] | undefined): readonly string[] | undefined =>
  typeof declared === 'string' ? [declared] : declared

const names = new WeakMap<object, readonly string[]>()

/** The names of the entries in a part of the stack, without `x-`. Cached, because each of thousands of containers may ask. */
export function namesOf(part: object | null | undefined): readonly string[] {
  if (part === null || part === undefined) return []
  const known = names.get(part) ?? Object.keys(part).filter((name) => !name.startsWith('x-'))
  names.set(part, known)
  return known
}
