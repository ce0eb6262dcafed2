import { dirname, resolve } from 'node:path'
import type { StackFile } from '../../generated/stack-file.ts'
import type { DesiredStack, FieldReference, Origin, Resource } from '../../model/desired.ts'
import type { Place } from '../../model/errors.ts'
import type { ContainerSpec } from '../../model/kinds/container.ts'
import { parseResourceAddress, type ResourceAddress } from '../../model/resource-address.ts'
import { ownValue } from '../../model/values/own-value.ts'
import { fieldOf } from '../../model/values/unknown.ts'
import type { SourceFile } from '../read/document.ts'
import { type DocumentPath, findPositions, toPath } from '../read/position.ts'
import { envFileLine } from './env-file-line.ts'
import { containerLayers, type Layer, layersOf, type OriginDocument, sectionIn } from './layers.ts'
import { existingPath } from './path-step.ts'
import { containerFields, entryFields, type FileField, imageFields, usedImageField } from './spec-fields.ts'

/** The parts of a stack that the search for origins reads. */
export interface OriginSource {
  readonly stack: string
  readonly documents: readonly OriginDocument[]
  /** The read files, also those of containers that others extend. */
  readonly files: readonly SourceFile[]
  readonly data: Pick<StackFile, 'containers'>
  readonly resources: ReadonlyMap<ResourceAddress, Resource>
}

/** The path of the field that sets a value, before its line is known. */
interface OriginPath extends DocumentPath {
  readonly through: Origin['through']
}

/** False for an origin in a file that is not a document of the stack, such as an env file. */
const isOriginPath = (found: OriginPath | Origin | undefined): found is OriginPath =>
  found !== undefined && 'index' in found

/** The places of objects and the origins of fields of a stack. Files are read when a function is called. */
export function originsOf(source: OriginSource): Pick<DesiredStack, 'origins' | 'place'> {
  return {
    origins: (fields) => findOrigins(source, fields),
    place: async (address, path) => {
      if (source.documents.every((one) => one.inMemory)) return undefined
      const originPaths = [...(path === undefined ? [] : [{ address, path }]), { address }]
        .map((field) => originPathOf(source, field))
        .filter(isOriginPath)
      const found = await findPositions(originPaths)
      return found.find((one) => one?.place !== undefined)?.place ?? removedObjectPlace(source, address)
    },
  }
}

async function findOrigins(
  source: OriginSource,
  fields: readonly FieldReference[],
): Promise<readonly (Origin | undefined)[]> {
  const originPaths = fields.map((one) => originPathOf(source, one))
  const found = await findPositions(
    originPaths.map((originPath) => (isOriginPath(originPath) ? originPath : undefined)),
  )
  return originPaths.map((originPath, index): Origin | undefined => {
    if (originPath === undefined) return removedObjectOrigin(source, fields[index]?.address)
    if (!isOriginPath(originPath)) return originPath
    const { place, anchored = false } = found[index] ?? {}
    const through = originPath.through ?? (anchored ? 'anchor' : undefined)
    const variables = variablesIn(valueAt(source, originPath))
    return {
      file: originPath.file,
      ...(place && { line: place.line }),
      ...(through && { through }),
      ...(variables.length > 0 && { variables }),
    }
  })
}

/** The value at a path of a document. */
const valueAt = ({ documents, files }: OriginSource, { file, index, path }: DocumentPath): unknown => {
  const all = [...documents, ...files.flatMap((one) => one.documents)]
  const document = all.find((one) => one.file === file && one.index === index)
  return path.reduce<unknown>(
    (node, key) => (Array.isArray(node) ? node[Number(key)] : fieldOf(node, String(key))),
    document?.data,
  )
}

/** The names of the variables in a text. References to objects such as `${networks.lan.gateway}` are not variables. */
const variablesIn = (value: unknown): readonly string[] =>
  typeof value === 'string'
    ? [...new Set([...value.matchAll(/(?<!\$)\$\{(\w+)(?=[}:?-])/g)].map(([, name = '']) => name))]
    : []

/** The origin of an object that the stack no longer has: its base file, without a line. */
function removedObjectOrigin(
  { stack, documents }: OriginSource,
  address: ResourceAddress | undefined,
): Origin | undefined {
  if (address === undefined || parseResourceAddress(address).stack !== stack) return undefined
  const base = documents.find((one) => !one.included) ?? documents[0]
  return base && { file: base.file }
}

const removedObjectPlace = (source: OriginSource, address: ResourceAddress): Place | undefined => {
  const origin = removedObjectOrigin(source, address)
  return origin && { file: origin.file, line: 1, column: 1 }
}

/** The origin of a field: a path in a document of the stack, or a line of an env file. */
function originPathOf(source: OriginSource, { address, path = '' }: FieldReference): OriginPath | Origin | undefined {
  const { stack, kind, name } = parseResourceAddress(address)
  if (stack !== source.stack) return undefined
  if (kind === 'container') return containerOriginPath(source, address, name, path)
  const layers = layersOf(source.documents, `${kind}s`, name)
  if (kind === 'image' && layers.length === 0) return usedImageOriginPath(source, address, path)
  return fieldOrObjectPath(source, layers, kind === 'image' ? imageFields(path) : entryFields(path))
}

/** The key of a container in the files, and its layers. A replica has the key of its container. */
function containerParts(
  source: OriginSource,
  name: string,
): { readonly key: string; readonly layers: readonly Layer[] } {
  const layersOfKey = (key: string) => containerLayers(source.documents, key, (file) => extendedDocuments(source, file))
  const exact = layersOfKey(name)
  const key = exact.length > 0 ? name : name.replace(/\.\d+$/, '')
  return { key, layers: key === name ? exact : layersOfKey(key) }
}

/** The documents of another file in which `extends` finds containers: only its first one. */
const extendedDocuments = ({ files }: OriginSource, path: string): readonly OriginDocument[] =>
  files.find((one) => one.path === path)?.documents.slice(0, 1) ?? []

function containerOriginPath(
  source: OriginSource,
  address: ResourceAddress,
  name: string,
  path: string,
): OriginPath | Origin | undefined {
  const { key, layers } = containerParts(source, name)
  const spec = specOf(source, address)
  const [field, variable, part] = toPath(path)
  if (field === 'environment' && variable !== undefined) {
    const found = bestMatch(source, layers, containerFields(spec, path))
    if (found?.complete) return found.originPath
    const line = envFileLine(envFiles(source, key), String(variable))
    if (line) return line
  }
  const originPath = fieldOrObjectPath(source, layers, containerFields(spec, path))
  return field === 'files' && part === 'content' ? contentOrigin(source, originPath) : originPath
}

/** The file that a config or secret is read from, if it is: its content changes there. */
function contentOrigin(source: OriginSource, originPath: OriginPath | undefined): OriginPath | Origin | undefined {
  const path = originPath?.path.at(-1) === 'file' ? valueAt(source, originPath) : undefined
  if (originPath === undefined || typeof path !== 'string' || variablesIn(path).length > 0) return originPath
  return { file: resolve(dirname(originPath.file), path) }
}

const specOf = ({ resources }: OriginSource, address: ResourceAddress): ContainerSpec | undefined => {
  const found = resources.get(address)
  return found?.kind === 'container' ? found.spec : undefined
}

/** The env files of a container in their order, as absolute paths. */
const envFiles = ({ data }: OriginSource, key: string): readonly string[] =>
  [ownValue(data.containers, key)?.env_file ?? []].flat().map((one) => (typeof one === 'string' ? one : one.path))

/** An image without an entry of its own is set by the first container that uses it. */
function usedImageOriginPath(source: OriginSource, address: ResourceAddress, path: string): OriginPath | undefined {
  for (const one of source.resources.values()) {
    if (one.kind !== 'container' || one.spec.image !== address) continue
    const { layers } = containerParts(source, one.spec.service)
    const originPath = fieldOrObjectPath(source, layers, [usedImageField(path), usedImageField('')])
    return originPath && { ...originPath, onKey: false }
  }
  return undefined
}

/** The path of the best match, or of the object itself in the first document that has it. */
const fieldOrObjectPath = (
  source: OriginSource,
  layers: readonly Layer[],
  fields: readonly FileField[],
): OriginPath | undefined => bestMatch(source, layers, fields)?.originPath ?? objectOriginPath(layers)

function objectOriginPath(layers: readonly Layer[]): OriginPath | undefined {
  const layer = layers.find((one) => !one.inherited) ?? layers[0]
  return layer && pathInLayer(layer, layer.path)
}

const pathInLayer = ({ document, through }: Layer, path: DocumentPath['path']): OriginPath => ({
  file: document.file,
  index: document.index,
  path,
  onKey: true,
  through,
})

/** Fields that a container does not inherit from the one that it extends. */
const ownOnly = ['depends_on', 'profiles']

/**
 * The path of the first field that a document sets completely. Later documents have precedence. If none does, the path of the longest
 * part of a field.
 */
function bestMatch(
  source: OriginSource,
  layers: readonly Layer[],
  fields: readonly FileField[],
): { readonly originPath: OriginPath; readonly complete: boolean } | undefined {
  let best: { originPath: OriginPath; reached: number } | undefined
  for (const { path, inDocument } of fields) {
    const searched = inDocument ? sectionLayers(source, path) : layers
    for (const layer of searched.toReversed()) {
      if (layer.inherited && ownOnly.includes(String(path[0]))) continue
      const prefix = inDocument ? [] : layer.path
      const start = prefix.reduce<unknown>((node, key) => fieldOf(node, String(key)), layer.document.data)
      const found = existingPath(start, path)
      if (found.length === 0 || found.length <= (best?.reached ?? 0)) continue
      best = { originPath: pathInLayer(layer, [...prefix, ...found]), reached: found.length }
      if (found.length === path.length) return { originPath: best.originPath, complete: true }
    }
  }
  return best && { originPath: best.originPath, complete: false }
}

/** The documents with an entry such as `configs.page`. */
const sectionLayers = ({ documents }: OriginSource, [section, name]: FileField['path']): readonly Layer[] =>
  documents.flatMap((document) =>
    typeof section === 'string' && typeof name === 'string' && sectionIn(document, section) === section
      ? layersOf([document], section, name)
      : [],
  )
