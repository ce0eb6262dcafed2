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

/** The fields of a YAML node that positions need. */
interface Node {
  readonly range?: readonly [number, number, number] | null
  readonly items?: readonly (Node | { readonly key: Node & { value?: unknown }; readonly value: Node | null })[]
  readonly value?: unknown
  readonly source?: string
  readonly type?: unknown
}

/** A path in a document of a file. `onKey`: the position of the last key instead of its value. */
export interface Located {
  readonly file: string
  readonly index: number
  readonly path: Path
  readonly onKey?: boolean | undefined
}

/**
 * The position of a value (with `onKey` of its key) in a file, or of the nearest part around it that exists. Reads and parses the file
 * again, so it is for messages only.
 */
export async function findPlace(file: string, index: number, path: Path, onKey = false): Promise<Place> {
  return placeIn(await read(file), { file, index, path, onKey })
}

/** The positions of many paths. Each file is read and parsed once. */
export async function findPlaces(spots: readonly (Located | undefined)[]): Promise<readonly (Place | undefined)[]> {
  const files = new Map<string, ReadFile | undefined>()
  for (const spot of spots) if (spot && !files.has(spot.file)) files.set(spot.file, await read(spot.file))
  return spots.map((spot) => spot && placeIn(files.get(spot.file), spot))
}

function placeIn(read: ReadFile | undefined, { file, index, path, onKey }: Located): Place {
  const document = read?.documents[index]
  if (read === undefined || document === undefined) return { file, line: 1, column: 1 }
  let node = document.contents
  let offset = node?.range?.[0] ?? 0
  for (const [depth, part] of path.entries()) {
    const next = child(node, part)
    if (next === undefined) break
    const last = depth === path.length - 1
    offset =
      (onKey && last ? next.key?.range?.[0] : undefined) ?? next.key?.range?.[0] ?? next.value?.range?.[0] ?? offset
    if (last && !onKey && next.value?.range) offset = next.value.range[0]
    node = next.value
  }
  return { file, ...read.placeAt(offset) }
}

interface ReadFile {
  readonly text: string
  readonly documents: readonly { readonly contents: Node | null }[]
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

function child(node: Node | null, part: string | number): { key?: Node; value: Node | null } | undefined {
  if (!node?.items) return undefined
  const first = node.items[0]
  if (first && 'key' in first) {
    for (const pair of node.items) {
      if (!('key' in pair)) continue
      if (keyOf(pair.key) === String(part)) return { key: pair.key, value: pair.value }
    }
    return undefined
  }
  const item = node.items[Number(part)]
  return item && !('key' in item) ? { value: item } : undefined
}
