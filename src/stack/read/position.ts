import { readPlainText } from '../../host/files/plain-file.ts'
import type { Place } from '../../model/errors.ts'
import { placesOf } from './lines.ts'
import { largest } from './read-file.ts'

/** A path of keys and indexes in a document. */
export type Path = readonly (string | number)[]

export const toPath = (pointer: string): Path =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))

export const toPointer = (path: Path): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

interface Pair {
  readonly key: Node
  readonly value: Node | null
}

/** The fields of a YAML node that positions need. */
interface Node {
  readonly range?: readonly [number, number, number] | null
  readonly items?: readonly (Node | Pair)[]
  readonly value?: unknown
  readonly source?: string
  readonly type?: unknown
  readonly anchor?: string | undefined
}

interface Parsed {
  readonly contents: Node | null
}

/** A path in a document of a file. `index`: the number of the document. `onKey`: the place of the last key instead of its value. */
export interface DocumentPath {
  readonly file: string
  readonly index: number
  readonly path: Path
  readonly onKey?: boolean | undefined
}

/** The place of a path. `anchored`: an alias or a merge key leads to it. */
export interface Position {
  readonly place: Place
  readonly anchored: boolean
}

/**
 * The place of a value (with `onKey` of its key) in a file, or of the nearest part around it that exists. Aliases and merge keys lead
 * to their anchor. Reads and parses the file again, so it is for messages only.
 */
export async function findPlace(file: string, index: number, path: Path, onKey = false): Promise<Place> {
  return positionIn(await read(file), { file, index, path, onKey }).place
}

/** The places of many paths. Each file is read and parsed once. */
export async function findPlaces(
  paths: readonly (DocumentPath | undefined)[],
): Promise<readonly (Place | undefined)[]> {
  return (await findPositions(paths)).map((found) => found?.place)
}

/** The places of many paths, and if an anchor leads to them. Each file is read and parsed once. */
export async function findPositions(
  paths: readonly (DocumentPath | undefined)[],
): Promise<readonly (Position | undefined)[]> {
  const files = new Map<string, ReadFile | undefined>()
  for (const path of paths) if (path && !files.has(path.file)) files.set(path.file, await read(path.file))
  return paths.map((path) => path && positionIn(files.get(path.file), path))
}

function positionIn(read: ReadFile | undefined, { file, index, path, onKey }: DocumentPath): Position {
  const document = read?.documents[index]
  if (read === undefined || document === undefined) return { place: { file, line: 1, column: 1 }, anchored: false }
  let node = document.contents
  let offset = node?.range?.[0] ?? 0
  let anchored = false
  for (const [depth, part] of path.entries()) {
    const next = child(node, part, document)
    if (next === undefined) break
    const last = depth === path.length - 1
    offset =
      (onKey && last ? next.key?.range?.[0] : undefined) ?? next.key?.range?.[0] ?? next.value?.range?.[0] ?? offset
    if (last && !onKey && next.value?.range) offset = next.value.range[0]
    anchored ||= next.anchored
    node = next.value
  }
  return { place: { file, ...read.placeAt(offset) }, anchored }
}

interface ReadFile {
  readonly text: string
  readonly documents: readonly Parsed[]
  readonly placeAt: (offset: number) => Omit<Place, 'file'>
}

/** The file that was read last: problems of one plan are located one by one. */
let last: WeakRef<ReadFile> | undefined

/** Reads a file for its positions; undefined: it cannot be read any more. */
async function read(file: string): Promise<ReadFile | undefined> {
  try {
    const { parseAllDocuments } = await import('./yaml.ts')
    const text = readPlainText(file, largest.stack)
    const known = last?.deref()
    if (known?.text === text) return known
    const found = parseAllDocuments(text, { version: '1.2', merge: true, uniqueKeys: false, logLevel: 'silent' })
    const fresh = { text, documents: Array.isArray(found) ? found : [], placeAt: placesOf(text) }
    last = new WeakRef(fresh)
    return fresh
  } catch {
    return undefined
  }
}

/** The text of a key: `007` is not 7. */
export const keyOf = ({ type, source, value }: Pick<Node, 'source' | 'value' | 'type'>): string =>
  type === 'PLAIN' && source !== undefined ? source : String(value ?? '')

/** True for the key `<<` of a map. */
const isMerge = ({ type, value }: Node): boolean => type === 'PLAIN' && (value === '<<' || typeof value === 'symbol')

interface Child {
  readonly key?: Node
  readonly value: Node | null
  readonly anchored: boolean
}

function child(parent: Node | null, part: string | number, document: Parsed): Child | undefined {
  const node = targetOf(parent, document)
  if (!node?.items) return undefined
  const anchored = node !== parent
  const pairs = node.items.flatMap((item) => ('key' in item ? [item] : []))
  if (pairs.length === 0) {
    const item = node.items[Number(part)]
    return item && !('key' in item) ? { value: item, anchored } : undefined
  }
  const own = pairs.find(({ key }) => !isMerge(key) && keyOf(key) === String(part))
  return own ? { ...own, anchored } : mergedChild(pairs, part, document)
}

/** A field that a merge key adds to a map. The first of several sources has precedence. */
function mergedChild(pairs: readonly Pair[], part: string | number, document: Parsed): Child | undefined {
  for (const { key, value } of pairs) {
    if (!isMerge(key)) continue
    const source = targetOf(value, document)
    const list = source?.items?.some((item) => !('key' in item)) ? source.items : [source]
    for (const one of list) {
      const found = one && !('key' in one) ? child(one, part, document) : undefined
      if (found) return { ...found, anchored: true }
    }
  }
  return undefined
}

const isAlias = (node: Node): node is Node & { readonly source: string } =>
  node.source !== undefined && node.items === undefined && !('value' in node)

/** The node to which an alias leads; any other node is its own. */
function targetOf(node: Node | null, document: Parsed): Node | null {
  if (node === null || !isAlias(node)) return node
  const known = targets.get(document) ?? aliasTargets(document)
  targets.set(document, known)
  return known.get(node) ?? null
}

const targets = new WeakMap<Parsed, ReadonlyMap<Node, Node>>()

/** The node of each alias. An anchor may be set several times: an alias means the last one before it. */
function aliasTargets({ contents }: Parsed): ReadonlyMap<Node, Node> {
  const anchors = new Map<string, Node>()
  const found = new Map<Node, Node>()
  const visit = (node: Node | null): void => {
    if (node === null) return
    const target = isAlias(node) ? anchors.get(node.source) : undefined
    if (target) found.set(node, target)
    for (const item of node.items ?? []) for (const one of 'key' in item ? [item.key, item.value] : [item]) visit(one)
    // Only now, so that no alias leads to a node around it.
    if (node.anchor !== undefined) anchors.set(node.anchor, node)
  }
  visit(contents)
  return found
}
