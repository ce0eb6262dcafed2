import type { ErrorCode } from '../../generated/error-codes.ts'
import type { StackFile } from '../../generated/stack-file.ts'
import { messageOf } from '../../model/errors.ts'
import type { SensitiveValues } from '../../model/sensitive.ts'
import { type TextKindName, textFault, textKinds } from '../../model/values/text.ts'
import type { Problems } from '../check/problem.ts'
import { sentence } from '../check/suggest.ts'
import type { Path } from '../read/position.ts'
import type { FileUse } from '../read/read-file.ts'

/** What turning a stack's data into canonical specs needs. */
export interface Context {
  readonly stack: string
  readonly data: StackFile
  readonly problems: Problems
  readonly sensitive: SensitiveValues
  /** Content of a file that reaches a container, as bytes. Throws `FileFault`. */
  readFile(path: string, use: FileUse): Buffer
  /** Value of a declared variable, for configs and secrets. */
  variable(name: string): unknown
}

/** What is wrong, with what to do about it. */
export class InputError extends Error {
  constructor(
    message: string,
    readonly hint: string,
  ) {
    super(message)
  }
}

/** Runs `read`; what it throws becomes a problem at `path`, and the answer `otherwise`. */
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

/** A map, or a list of NAME=VALUE, as texts. Names without a value have the empty one, unless `withoutValue` is there to judge them. */
export function keyValues(stated: KeyValues, withoutValue?: (name: string) => void): Record<string, string> {
  const pairs = isList(stated)
    ? stated.map((text): [string, unknown] => {
        const at = text.indexOf('=')
        return at < 0 ? [text, null] : [text.slice(0, at), text.slice(at + 1)]
      })
    : Object.entries(stated ?? {})
  const stands = pairs.flatMap(([name, value]): [string, string][] => {
    if (value !== null && value !== undefined) return [[name, String(value)]]
    if (withoutValue === undefined) return [[name, '']]
    withoutValue(name)
    return []
  })
  return Object.fromEntries(stands)
}

/** Labels of a resource; those that HeroPods keeps for itself are refused. */
export function labels(context: Context, path: Path, ...stated: readonly KeyValues[]): Record<string, string> {
  const values = Object.fromEntries(stated.flatMap((one) => Object.entries(keyValues(one))))
  refuseNames(context, path, 'label', values)
  for (const name of Object.keys(values))
    if (name.startsWith('org.heropods.'))
      context.problems.add('bad-label', path, `The label "${name}" is HeroPods’ own.`, 'Call it otherwise.')
  return values
}

/** Tells of keys that are not texts of their kind: the schema sees those of a map, not those of a list of NAME=VALUE. */
export function refuseNames(
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

export const list = (stated: string | readonly string[] | undefined): readonly string[] | undefined =>
  typeof stated === 'string' ? [stated] : stated

const names = new WeakMap<object, readonly string[]>()

/** Names of the entries of a part of the stack. Listed once: each of thousands of containers may ask. */
export function namesOf(part: object | null | undefined): readonly string[] {
  if (part === null || part === undefined) return []
  const known = names.get(part) ?? Object.keys(part).filter((name) => !name.startsWith('x-'))
  names.set(part, known)
  return known
}
