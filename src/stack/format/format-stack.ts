import { isDeepStrictEqual } from 'node:util'
import { loadSchema, type Schema } from '../check/schema-parts.ts'
import { type Expanded, expandDocument } from '../read/expand-document.ts'
import { keyOf, type Path } from '../read/position.ts'
import { type Document, isAlias, isMap, isScalar, isSeq, parseAllDocuments, visit, type YAMLMap } from '../read/yaml.ts'
import { keyOrder } from './key-order.ts'

const parsing = { version: '1.2', merge: true, uniqueKeys: false, prettyErrors: false } as const
const printing = { indent: 2, indentSeq: true, lineWidth: 0, flowCollectionPadding: true } as const

/**
 * Formats the text of a stack file: the order of keys, indentation, quotes where YAML needs them. Comments and anchors stay. The meaning
 * does not change: where another order of keys would change it (an alias before its anchor), the order stays, and a text that cannot be
 * printed with the same meaning is returned as it is. The text must be valid YAML.
 */
export async function formatStack(text: string): Promise<string> {
  const schema = await loadSchema()
  const before = meaning(text)
  for (const print of [() => stable(text, schema), () => printed(text)]) {
    const result = print()
    if (isDeepStrictEqual(meaning(result), before)) return result
  }
  return text
}

/** Prints until the text does not change any more: a comment may find its place only in the second pass. */
function stable(text: string, schema: Schema): string {
  const once = printed(text, schema)
  const twice = printed(once, schema)
  return once === twice ? once : printed(twice, schema)
}

function printed(text: string, schema?: Schema): string {
  const documents = documentsOf(text)
  if (schema) for (const document of documents) sortKeys(document, schema)
  return documents.map((one, index) => separated(one, index)).join('')
}

/** Lists in one line have no blanks inside their brackets, maps have: `[a, b]` and `{ a: b }`. */
function padFlow(document: Document): void {
  visit(document, {
    Collection: (_, node) => {
      if (!isMap(node) && !isSeq(node)) return
      const print = node.toString.bind(node)
      const flowCollectionPadding = isSeq(node) ? '' : ' '
      node.toString = (context, ...rest) => print(context && { ...context, flowCollectionPadding }, ...rest)
    },
  })
}

function separated(document: Document, index: number): string {
  padFlow(document)
  const text = document.toString(printing)
  return index > 0 && !text.startsWith('---') && !text.startsWith('%') ? `---\n${text}` : text
}

/** The data of all documents with the source texts of numbers; undefined: the text is not valid YAML. */
function meaning(text: string): readonly Expanded[] | undefined {
  try {
    const documents = documentsOf(text)
    return documents.some((one) => one.errors.length > 0) ? undefined : documents.map((one) => expandDocument(one))
  } catch {
    return undefined
  }
}

function documentsOf(text: string): readonly Document[] {
  const found = parseAllDocuments(text, parsing)
  return Array.isArray(found) ? found : []
}

function sortKeys(document: Document, schema: Schema): void {
  if (hasAliases(document)) return
  const { data } = expandDocument(document)
  const sort = (node: unknown, path: Path): void => {
    if (isSeq(node)) for (const [index, item] of node.items.entries()) sort(item, [...path, index])
    if (!isMap(node)) return
    const order = keyOrder(schema, path, data)
    if (order) sortMap(node, order)
    for (const { key, value } of node.items) if (isScalar(key)) sort(value, [...path, keyOf(key)])
  }
  sort(document.contents, [])
}

/** An alias must come after its anchor. */
function hasAliases(document: Document): boolean {
  let found = false
  visit(document, {
    Node: (_, node) => {
      found ||= isAlias(node)
    },
  })
  return found
}

function sortMap(map: YAMLMap, order: readonly string[]): void {
  const rank = ({ key }: YAMLMap['items'][number]): number => {
    const position = isScalar(key) ? order.indexOf(keyOf(key)) : -1
    return position < 0 ? order.length : position
  }
  const sorted = map.items.map((item, index) => ({ item, index, rank: rank(item) }))
  sorted.sort((left, right) => left.rank - right.rank || left.index - right.index)
  if (sorted.every(({ index }, position) => index === position)) return
  // The blank line before the first key belongs to its place, not to the key.
  const first = map.items[0]
  map.items.splice(0, map.items.length, ...sorted.map(({ item }) => item))
  if (first && map.items[0] !== first) swapSpace(first, map.items[0])
}

function swapSpace(first: YAMLMap['items'][number], next: YAMLMap['items'][number] | undefined): void {
  const [from, to] = [first.key, next?.key]
  if (!isScalar(from) || !isScalar(to)) return
  const space = to.spaceBefore === true
  to.spaceBefore = from.spaceBefore === true
  from.spaceBefore = space || from.spaceBefore === true
}
