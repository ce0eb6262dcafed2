import { dirname, resolve } from 'node:path'
import type { OriginRoute } from '../../model/desired.ts'
import { fieldOf, isRecord } from '../../model/values/unknown.ts'
import type { Path } from '../read/position.ts'

/** One document of a stack. `included`: another document includes it. */
export interface OriginDocument {
  /** True for an object of a program, which has no lines. */
  readonly inMemory?: boolean
  readonly file: string
  readonly index: number
  readonly data: unknown
  readonly included?: boolean
}

/** A document that may set fields of an object. */
export interface Layer {
  readonly document: OriginDocument
  /** The place of the object in the document. */
  readonly path: Path
  readonly through: OriginRoute | undefined
  /** True for a container that another one extends: some of its fields are not inherited. */
  readonly inherited: boolean
}

/** Documents with the container of a section, those with precedence last. */
export function layersOf(documents: readonly OriginDocument[], section: string, name: string): readonly Layer[] {
  return documents.flatMap((document) => {
    const path = [sectionIn(document, section), name]
    const present = Object.hasOwn(Object(fieldOf(document.data, path[0] ?? '')), name)
    return present ? [{ document, path, through: routeOf(document), inherited: false }] : []
  })
}

/** The layers of a container with those of the containers that it extends before them. `documentsOf` finds the documents of another file. */
export function containerLayers(
  documents: readonly OriginDocument[],
  name: string,
  extendedDocuments: (file: string) => readonly OriginDocument[],
): readonly Layer[] {
  const all: Layer[] = []
  const seen = new Set<string>()
  let [current, container]: [readonly OriginDocument[], string | undefined] = [documents, name]
  while (container !== undefined) {
    const layers: readonly Layer[] = layersOf(current, 'containers', container)
    const inherited = all.length > 0
    all.unshift(...(inherited ? layers.map((one): Layer => ({ ...one, through: 'extends', inherited })) : layers))
    const extended = extendedBy(layers)
    if (extended === undefined) break
    current = extended.file === undefined ? current : extendedDocuments(extended.file)
    const key = `${extended.file ?? ''}#${extended.service}`
    container = seen.has(key) ? undefined : extended.service
    seen.add(key)
  }
  return all
}

/** The section of a document, which may have `services` for `containers`. */
export const sectionIn = ({ data }: OriginDocument, section: string): string =>
  section === 'containers' && isRecord(data) && 'services' in data ? 'services' : section

const routeOf = ({ data, included }: OriginDocument): OriginRoute | undefined =>
  fieldOf(data, 'kind') === 'Overlay' ? 'overlay' : included ? 'include' : undefined

function extendedBy(layers: readonly Layer[]): { readonly service: string; readonly file?: string } | undefined {
  for (const { document, path } of layers.toReversed()) {
    const declared = path.concat('extends').reduce<unknown>((node, key) => fieldOf(node, String(key)), document.data)
    if (declared === undefined || declared === null) continue
    if (!isRecord(declared)) return { service: String(declared) }
    const service = String(declared.service)
    return typeof declared.file === 'string'
      ? { service, file: resolve(dirname(document.file), declared.file) }
      : { service }
  }
  return undefined
}
