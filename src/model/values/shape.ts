/** What a value has to look like: answers what is wrong with it and where (a JSON pointer), or undefined. */
export type Shape = (value: unknown) => string | undefined

const typed =
  (type: 'string' | 'number' | 'boolean', word: string): Shape =>
  (value) =>
    typeof value === type ? undefined : `is not ${word}`

export const text = typed('string', 'a text')
export const number = typed('number', 'a number')
export const flag = typed('boolean', 'true or false')

const within = (key: string | number, problem: string | undefined): string | undefined =>
  problem === undefined ? undefined : `/${key}${problem.startsWith('/') ? '' : ' '}${problem}`

function first<T>(values: Iterable<T>, look: (value: T) => string | undefined): string | undefined {
  for (const value of values) {
    const problem = look(value)
    if (problem !== undefined) return problem
  }
  return undefined
}

/** A map from any key to values of one shape. */
export const mapOf =
  (of: Shape): Shape =>
  (value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? first(Object.entries(value), ([key, one]) => within(key, of(one)))
      : 'is not an object'

/** These fields; others are allowed, since later versions add some. */
export function object(fields: Readonly<Record<string, Shape>>): Shape {
  const known = Object.entries(fields)
  return (value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? first(known, ([key, shape]) => within(key, shape((value as Readonly<Record<string, unknown>>)[key])))
      : 'is not an object'
}

export const listOf =
  (of: Shape): Shape =>
  (value) =>
    Array.isArray(value) ? first(value.entries(), ([index, one]) => within(index, of(one))) : 'is not a list'

export const optional =
  (of: Shape): Shape =>
  (value) =>
    value === undefined ? undefined : of(value)

export const nullable =
  (of: Shape): Shape =>
  (value) =>
    value === null ? undefined : of(value)

/** Any of several; the error is that of the first. */
export const either =
  (...shapes: readonly Shape[]): Shape =>
  (value) =>
    shapes.some((shape) => shape(value) === undefined) ? undefined : shapes[0]?.(value)

/** Of an object with these fields that has more to it: both. */
export const both =
  (...shapes: readonly Shape[]): Shape =>
  (value) =>
    first(shapes, (shape) => shape(value))

/** The value of a text, or what is wrong with it. Pure. */
export function parseAs(shape: Shape, json: string): { readonly problem?: string; readonly value?: unknown } {
  try {
    const value: unknown = JSON.parse(json)
    const problem = shape(value)
    return problem === undefined ? { value } : { problem }
  } catch {
    return { problem: 'is not JSON' }
  }
}
