import type { Problems } from '../check/problem.ts'
import { schemaAt } from '../check/schema-parts.ts'
import type { Expanded } from './expand-document.ts'
import { type Path, toPath } from './position.ts'

type Data = Record<string, unknown>
type Written = Expanded['written']

/** A document with source texts, and the paths of integers that cannot be read exactly. */
export interface SourceTexts {
  readonly data: Data
  readonly failed: readonly Path[]
}

/**
 * Replaces numbers and booleans by their source text where the schema accepts text (`environment: { PIN: 007 }`), and refuses integers
 * that are too large to be exact. Other numbers stay numbers.
 */
export async function withSourceTexts(data: Data, written: Written, problems: Problems): Promise<SourceTexts> {
  const texts: [Path, string][] = []
  const failed: Path[] = []
  for (const [pointer, text] of Object.entries(written)) {
    if (ofVariable.test(pointer)) continue
    const path = toPath(pointer)
    const value = valueAt(data, path)
    const schema = await schemaAt(path, data)
    if (schema === undefined) continue
    if (acceptsText(schema.type)) texts.push([path, text])
    else if (/^[-+]?\d+$/.test(text) && !Number.isSafeInteger(value)) {
      failed.push(path)
      problems.add(
        'invalid',
        path,
        `\`${path.join('.')}\` is ${text}, which is too large to be read exactly.`,
        `The largest integer is ${Number.MAX_SAFE_INTEGER}.`,
      )
    }
  }
  return { data: recordOf(withValues(data, texts)), failed }
}

/** True if a field accepts texts and numbers. A field for texts only refuses a number: the user has forgotten the quotes. */
const acceptsText = (type: unknown): boolean =>
  Array.isArray(type) && type.includes('string') && ['number', 'integer', 'boolean'].some((one) => type.includes(one))

const ofVariable = /^\/variables\/[^/]+\/(default|enum)(\/|$)/

/** Defaults and allowed values of variables as texts, because the type of the variable decides their meaning. */
export function withDefaultTexts(data: Data, written: Written): Data {
  const ofVariables = Object.entries(written).filter(([pointer]) => ofVariable.test(pointer))
  return recordOf(withTexts(data, Object.fromEntries(ofVariables)))
}

/** All numbers and booleans that print differently, as their source texts. */
export const withTexts = (data: unknown, written: Written): unknown =>
  withValues(
    data,
    Object.entries(written).map(([pointer, text]) => [toPath(pointer), text]),
  )

const valueAt = (data: unknown, path: Path): unknown =>
  path.reduce<unknown>((node, part) => (isContainer(node) ? node[String(part)] : undefined), data)

const isContainer = (node: unknown): node is Data => typeof node === 'object' && node !== null

const recordOf = (value: unknown): Data => (isContainer(value) ? value : {})

/** A copy with other values at these paths. Each map and list on the way is copied once. */
function withValues(data: unknown, values: readonly (readonly [Path, string])[]): unknown {
  const copies = new Set<unknown>()
  const copied = (node: unknown): Data => {
    if (copies.has(node) && isContainer(node)) return node
    const copy: unknown = Array.isArray(node) ? [...node] : { ...recordOf(node) }
    copies.add(copy)
    return recordOf(copy)
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

/** Sets a field, also one named `__proto__`. */
const put = (node: Data, key: string, value: unknown): void =>
  void Object.defineProperty(node, key, { value, enumerable: true, writable: true, configurable: true })
