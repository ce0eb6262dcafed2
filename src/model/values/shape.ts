import { isRecord } from './unknown.ts'

/**
 * Checks a value of unknown type. Returns the problem and its JSON pointer, or undefined if the value fits. `T` is the type of a value
 * that fits; fields without a check are accepted, because HeroPods itself writes the records.
 */
export interface Shape<T = unknown> {
  (value: unknown): string | undefined
  /** Exists only for the compiler, which infers `T` from it. No value has this field. */
  readonly type?: T
}

/** True if a value has a shape. */
export const fits = <T>(shape: Shape<T>, value: unknown): value is T => shape(value) === undefined

const typed =
  <T>(type: 'string' | 'number' | 'boolean', word: string): Shape<T> =>
  (value) =>
    typeof value === type ? undefined : `is not ${word}`

export const text = typed<string>('string', 'a string')
export const number = typed<number>('number', 'a number')
export const flag = typed<boolean>('boolean', 'true or false')

const within = (key: string | number, problem: string | undefined): string | undefined =>
  problem === undefined ? undefined : `/${key}${problem.startsWith('/') ? '' : ' '}${problem}`

function firstProblem<T>(values: Iterable<T>, check: (value: T) => string | undefined): string | undefined {
  for (const value of values) {
    const problem = check(value)
    if (problem !== undefined) return problem
  }
  return undefined
}

/** A map from any key to values of one shape. */
export const mapOf =
  <T>(of: Shape<T>): Shape<Readonly<Record<string, T>>> =>
  (value) =>
    isRecord(value) ? firstProblem(Object.entries(value), ([key, one]) => within(key, of(one))) : 'is not an object'

/** An object with these fields. Others are allowed, because later versions add some. */
export function object<T>(fields: Readonly<Record<string, Shape>>): Shape<T> {
  const known = Object.entries(fields)
  return (value) =>
    isRecord(value) ? firstProblem(known, ([key, shape]) => within(key, shape(value[key]))) : 'is not an object'
}

export const listOf =
  <T>(of: Shape<T>): Shape<readonly T[]> =>
  (value) =>
    Array.isArray(value) ? firstProblem(value.entries(), ([index, one]) => within(index, of(one))) : 'is not a list'

export const optional =
  <T>(of: Shape<T>): Shape<T | undefined> =>
  (value) =>
    value === undefined ? undefined : of(value)

export const nullable =
  <T>(of: Shape<T>): Shape<T | null> =>
  (value) =>
    value === null ? undefined : of(value)

/** A value that has one of several shapes. If it has none, the problem is that of the first shape. */
export const either =
  <T>(...shapes: readonly Shape[]): Shape<T> =>
  (value) =>
    shapes.some((shape) => shape(value) === undefined) ? undefined : shapes[0]?.(value)

/** A value that has all of several shapes. */
export const both =
  <T>(...shapes: readonly Shape[]): Shape<T> =>
  (value) =>
    firstProblem(shapes, (shape) => shape(value))

export type Parsed<T> =
  | { readonly problem: string; readonly value?: undefined }
  | { readonly problem?: undefined; readonly value: T }

/** The value of a JSON text, or the problem with it. Pure. */
export function parseAs<T>(shape: Shape<T>, json: string): Parsed<T> {
  try {
    const value: unknown = JSON.parse(json)
    return fits(shape, value) ? { value } : { problem: shape(value) ?? 'is not valid' }
  } catch {
    return { problem: 'is not JSON' }
  }
}
