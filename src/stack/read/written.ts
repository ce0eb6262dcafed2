import type { Problems } from '../check/problem.ts'
import { schemaAt } from '../check/validate.ts'
import type { Expanded } from './expand-document.ts'
import { type Path, toPath } from './position.ts'

type Data = Record<string, unknown>
type Written = Expanded['written']

/**
 * Puts the text as written in place of a number or truth value where the schema takes text (`environment: { PIN: 007 }`), and refuses
 * whole numbers that are too large to be kept exactly. Numbers stay numbers where a number is wanted.
 */
export async function keepWritten(data: Data, written: Written, problems: Problems): Promise<Data> {
  const texts: [Path, string][] = []
  for (const [pointer, text] of Object.entries(written)) {
    if (ofVariable.test(pointer)) continue
    const path = toPath(pointer)
    const value = valueAt(data, path)
    const schema = await schemaAt(path, data)
    if (schema === undefined) continue
    if (takesBoth(schema.type)) texts.push([path, text])
    else if (/^[-+]?\d+$/.test(text) && !Number.isSafeInteger(value))
      problems.add(
        'invalid',
        path,
        `\`${path.join('.')}\` is ${text}, which is too large to be read exactly.`,
        `The largest whole number is ${Number.MAX_SAFE_INTEGER}.`,
      )
  }
  return withValues(data, texts) as Data
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
  withValues(
    data,
    Object.entries(written).map(([pointer, text]) => [toPath(pointer), text]),
  )

const valueAt = (data: unknown, path: Path): unknown =>
  path.reduce<unknown>((node, part) => (node as Data | undefined)?.[String(part)], data)

/** A copy with other values at these paths; each map and list on the way is copied once. */
function withValues(data: unknown, values: readonly (readonly [Path, string])[]): unknown {
  const copies = new Set<unknown>()
  const copied = (node: unknown): Data => {
    if (copies.has(node)) return node as Data
    const copy = Array.isArray(node) ? [...node] : { ...(node as Data) }
    copies.add(copy)
    return copy as Data
  }
  const root: Data = { data }
  for (const [path, text] of values) {
    let node = root
    let key = 'data'
    for (const part of path) {
      const next = copied(node[key])
      put(node, key, next)
      node = next
      key = String(part)
    }
    put(node, key, text)
  }
  return root.data
}

/** Also a key that is called `__proto__`. */
const put = (node: Data, key: string, value: unknown): void =>
  void Object.defineProperty(node, key, { value, enumerable: true, writable: true, configurable: true })
