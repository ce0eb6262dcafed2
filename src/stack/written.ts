import type { Expanded } from './expand-document.ts'
import { type Path, toPath } from './position.ts'
import type { Problems } from './problem.ts'
import { schemaAt } from './validate.ts'

type Data = Record<string, unknown>
type Written = Expanded['written']

/**
 * Puts the text as written in place of a number or truth value where the schema takes text (`environment: { PIN: 007 }`), and refuses
 * whole numbers that are too large to be kept exactly. Numbers stay numbers where a number is wanted.
 */
export async function keepWritten(data: Data, written: Written, problems: Problems): Promise<Data> {
  let result = data
  for (const [pointer, text] of Object.entries(written)) {
    if (ofVariable.test(pointer)) continue
    const path = toPath(pointer)
    const value = valueAt(data, path)
    const schema = await schemaAt(path, data)
    if (schema === undefined) continue
    if (takesBoth(schema.type)) result = withValue(result, path, text) as Data
    else if (/^[-+]?\d+$/.test(text) && !Number.isSafeInteger(value))
      problems.add(
        'invalid',
        path,
        `\`${path.join('.')}\` is ${text}, which is too large to be read exactly.`,
        `The largest whole number is ${Number.MAX_SAFE_INTEGER}.`,
      )
  }
  return result
}

/** A field that takes texts alone refuses a number: its user has forgotten the quotes. */
const takesBoth = (type: unknown): boolean =>
  Array.isArray(type) && type.includes('string') && ['number', 'integer', 'boolean'].some((one) => type.includes(one))

const ofVariable = /^\/variables\/[^/]+\/(default|enum)(\/|$)/

/** Defaults and allowed values of variables are texts until the variable's type says what they are. */
export function withDefaultsAsWritten(data: Data, written: Written): Data {
  const ofVariables = Object.entries(written).filter(([pointer]) => ofVariable.test(pointer))
  return withTexts(data, Object.fromEntries(ofVariables)) as Data
}

/** Every number or truth value that prints differently, as its text. */
export const withTexts = (data: unknown, written: Written): unknown =>
  Object.entries(written).reduce((result, [pointer, text]) => withValue(result, toPath(pointer), text), data)

const valueAt = (data: unknown, path: Path): unknown =>
  path.reduce<unknown>((node, part) => (node as Data | undefined)?.[String(part)], data)

function withValue(data: unknown, [part, ...rest]: Path, value: unknown): unknown {
  if (part === undefined) return value
  if (Array.isArray(data)) return data.map((one, index) => (index === Number(part) ? withValue(one, rest, value) : one))
  const map = data as Data
  return { ...map, [part]: withValue(map[part], rest, value) }
}
