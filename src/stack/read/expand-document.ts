import { fieldOf } from '../../model/values/unknown.ts'
import { keyOf, toPointer } from './position.ts'
import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type YAMLMap } from './yaml.ts'

/** A document as plain data: aliases expanded, merge keys resolved. */
export interface Expanded {
  readonly data: unknown
  /**
   * The source text of plain scalars that YAML reads as a number or boolean and that print differently (`007`, `24.10`, `1e3`, `True`), by
   * JSON pointer. A field for text has this value.
   */
  readonly written: Readonly<Record<string, string>>
}

/** The reason why a document cannot be expanded, with its offset in the text. */
export class ExpansionError extends Error {
  constructor(
    message: string,
    readonly offset: number,
    readonly hint: string,
  ) {
    super(message)
  }
}

export const tagHint = 'Remove the tag: a stack consists of strings, numbers, booleans, lists and maps.'

/** The short form of a tag. */
const shortTag = (tag = ''): string => tag.replace('tag:yaml.org,2002:', '!!')

/**
 * The most characters of an expanded document. Anchors may be used any number of times; only the size of the result is limited.
 */
const maxCharacters = 8 * 1024 * 1024
/** The cost of an empty node, in characters. */
const nodeCost = 8

/** A key that an earlier one of the same map equals. Offsets in the text. */
export interface DuplicateKey {
  readonly key: string
  readonly offset: number
  readonly first: number
}

/** The offsets of duplicate keys in one map, sorted. An alias as a key is compared when it is expanded. Pure. */
export function duplicateKeys(contents: unknown): readonly DuplicateKey[] {
  const found: DuplicateKey[] = []
  const open: unknown[] = [contents]
  while (open.length > 0) {
    const node = open.pop()
    if (isSeq(node)) for (const item of node.items) open.push(item)
    if (!isMap(node)) continue
    const known = new Map<unknown, number>()
    for (const { key, value } of node.items) {
      open.push(key, value)
      if (!isScalar(key)) continue
      // For YAML `1` and `"1"` are two keys, here they are the same.
      const name = isMergeKey(key) ? isMergeKey : keyOf(key)
      const first = known.get(name)
      if (first !== undefined)
        found.push({ key: isMergeKey(key) ? '<<' : String(key.value), offset: offsetOf(key), first })
      else known.set(name, offsetOf(key))
    }
  }
  return found.sort((left, right) => left.offset - right.offset)
}

/** Converts a parsed document to plain data. Throws `ExpansionError`. Pure. */
export function expandDocument({ contents }: Pick<Document, 'contents'>): Expanded {
  const targets = aliasTargets(contents)
  if (targets.size > 0) assertNotHuge(contents, targets)
  const written: Record<string, string> = {}
  const expand = (node: unknown, path: readonly (string | number)[]): unknown => {
    const target = resolved(node, targets)
    if (isMap(target))
      return Object.fromEntries(
        [...entriesOf(target, targets)].map(([key, value]) => [key, expand(value, [...path, key])]),
      )
    if (isSeq(target)) return target.items.map((item, index) => expand(item, [...path, index]))
    if (!isScalar(target)) return null
    const { value } = target
    if (value === null || value === undefined) return null
    if (typeof value === 'string') return value
    if (typeof value !== 'number' && typeof value !== 'boolean')
      throw new ExpansionError(`The tag ${shortTag(target.tag)} has no meaning in a stack.`, offsetOf(target), tagHint)
    const text = target.type === 'PLAIN' ? target.source : undefined
    // The parse cache is JSON, which has no NaN and Infinity.
    if (typeof value === 'number' && !Number.isFinite(value)) return text ?? String(value)
    if (text !== undefined && text !== String(value)) written[toPointer(path)] = text
    return value
  }
  return { data: expand(contents, []), written: written }
}

type Targets = ReadonlyMap<unknown, Node>

const resolved = (node: unknown, targets: Targets): unknown => (isAlias(node) ? targets.get(node) : node)

function offsetOf(node: unknown): number {
  const range = fieldOf(node, 'range')
  return Array.isArray(range) ? Number(range[0]) : 0
}

/** The node of each alias. An anchor may be set several times, so aliases are resolved in the order of the text. */
function aliasTargets(contents: unknown): Targets {
  const anchors = new Map<string, Node>()
  const targets = new Map<unknown, Node>()
  const visit = (node: unknown): void => {
    if (isAlias(node)) {
      const target = anchors.get(node.source)
      if (target === undefined)
        throw new ExpansionError(
          `The alias *${node.source} has no anchor &${node.source} before it.`,
          offsetOf(node),
          'Set the anchor before it is used.',
        )
      targets.set(node, target)
      return
    }
    if ((isMap(node) || isSeq(node) || isScalar(node)) && node.anchor) anchors.set(node.anchor, node)
    if (isMap(node)) for (const { key, value } of node.items) [key, value].forEach(visit)
    else if (isSeq(node)) node.items.forEach(visit)
  }
  visit(contents)
  return targets
}

/** Computes the size of the expanded document without expanding it, and raises `ExpansionError` for exponential documents. */
function assertNotHuge(contents: unknown, targets: Targets): void {
  const sizes = new Map<unknown, number>()
  const open = new Set<unknown>()
  const measure = (node: unknown): number => {
    const target = resolved(node, targets)
    const known = sizes.get(target)
    if (known !== undefined) return known
    if (open.has(target))
      throw new ExpansionError('This alias is inside its own anchor.', offsetOf(node), 'Remove the alias.')
    open.add(target)
    const parts: readonly unknown[] = isMap(target)
      ? target.items.flatMap(({ key, value }) => [key, value])
      : isSeq(target)
        ? target.items
        : []
    const own = isScalar(target) ? (target.source ?? '').length : 0
    const size = parts.reduce<number>((sum, part) => sum + measure(part), nodeCost + own)
    open.delete(target)
    sizes.set(target, size)
    return size
  }
  if (measure(contents) > maxCharacters)
    throw new ExpansionError(
      `With its aliases expanded, the document is larger than ${maxCharacters / 1024 / 1024} MiB.`,
      offsetOf(contents),
      'Use fewer aliases of anchors that contain aliases.',
    )
}

/** Keys and values of a map. Its own keys have precedence over those of a merge key. */
function entriesOf(map: YAMLMap, targets: Targets): Map<string, unknown> {
  const entries = new Map<string, unknown>()
  const own = new Set<string>()
  for (const { key, value } of map.items) {
    if (!isMergeKey(key)) {
      const name = keyText(resolved(key, targets), offsetOf(key))
      // The parser compares values: for it `1` and `"1"` are two keys, here they are the same.
      if (own.has(name))
        throw new ExpansionError('This key occurs twice in the same map.', offsetOf(key), 'Remove one of them.')
      own.add(name)
      entries.set(name, value)
      continue
    }
    const sources = resolved(value, targets)
    for (const source of isSeq(sources) ? sources.items : [sources]) {
      const merged = resolved(source, targets)
      if (!isMap(merged))
        throw new ExpansionError('A merge key needs a map, or a list of maps.', offsetOf(key), 'Write `<<: *NAME`.')
      for (const [name, one] of entriesOf(merged, targets)) if (!entries.has(name)) entries.set(name, one)
    }
  }
  return entries
}

const isMergeKey = (key: unknown): boolean =>
  isScalar(key) && key.type === 'PLAIN' && (key.value === '<<' || typeof key.value === 'symbol')

/** The source text of a key: `1.0`, `007` and `yes` stay as they are. */
function keyText(key: unknown, offset: number): string {
  if (!isScalar(key)) throw new ExpansionError('A key must be a string.', offset, 'Write `NAME: VALUE`.')
  return keyOf(key)
}
