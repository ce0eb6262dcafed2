import { dirname, resolve } from 'node:path'
import type { StackFile } from '../../generated/stack-file.ts'
import type { DesiredStack, FieldReference, Origin, Resource } from '../../model/desired.ts'
import type { Place } from '../../model/errors.ts'
import type { ContainerSpec } from '../../model/kinds/container.ts'
import { parseResourceAddress, type ResourceAddress } from '../../model/resource-address.ts'
import { ownValue } from '../../model/values/own-value.ts'
import { fieldOf } from '../../model/values/unknown.ts'
import type { SourceFile } from '../read/document.ts'
import { findAll, type Located, toPath } from '../read/position.ts'
import { envFileLine } from './env-file-line.ts'
import { containerLayers, type Layer, layersOf, type OriginDocument, sectionIn } from './layers.ts'
import { follow } from './path-step.ts'
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

/** A found field, before its line is known. */
interface Spot extends Located {
  readonly through: Origin['through']
}

/** A place that is still a path in a document. */
const isSpot = (found: Spot | Origin | undefined): found is Spot => found !== undefined && 'index' in found

/** The places of objects and the origins of fields of a stack. Files are read when a function is called. */
export function originsOf(source: OriginSource): Pick<DesiredStack, 'origins' | 'place'> {
  return {
    origins: (fields) => findOrigins(source, fields),
    place: async (address) => {
      const spot = spotOf(source, { address })
      const [found] = isSpot(spot) ? await findAll([spot]) : []
      return found?.place ?? basePlace(source, address)
    },
  }
}

async function findOrigins(
  source: OriginSource,
  fields: readonly FieldReference[],
): Promise<readonly (Origin | undefined)[]> {
  const spots = fields.map((one) => spotOf(source, one))
  const found = await findAll(spots.map((spot) => (isSpot(spot) ? spot : undefined)))
  return spots.map((spot, index): Origin | undefined => {
    if (spot === undefined) return goneFrom(source, fields[index]?.address)
    if (!isSpot(spot)) return spot
    const { place, anchored = false } = found[index] ?? {}
    const through = spot.through ?? (anchored ? 'anchor' : undefined)
    const variables = variablesIn(valueAt(source, spot))
    return {
      file: spot.file,
      ...(place && { line: place.line }),
      ...(through && { through }),
      ...(variables.length > 0 && { variables }),
    }
  })
}

/** The value at a place of a document. */
const valueAt = ({ documents, files }: OriginSource, { file, index, path }: Located): unknown => {
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

/** The base file of a stack that no longer has an object. */
function goneFrom({ stack, documents }: OriginSource, address: ResourceAddress | undefined): Origin | undefined {
  if (address === undefined || parseResourceAddress(address).stack !== stack) return undefined
  const base = documents.find((one) => !one.included) ?? documents[0]
  return base && { file: base.file }
}

const basePlace = (source: OriginSource, address: ResourceAddress): Place | undefined => {
  const gone = goneFrom(source, address)
  return gone && { file: gone.file, line: 1, column: 1 }
}

/** The place of a field: the line of an env file, or a path in a document. */
function spotOf(source: OriginSource, { address, path = '' }: FieldReference): Spot | Origin | undefined {
  const { stack, kind, name } = parseResourceAddress(address)
  if (stack !== source.stack) return undefined
  if (kind === 'container') return containerSpot(source, address, name, path)
  const layers = layersOf(source.documents, `${kind}s`, name)
  if (kind === 'image' && layers.length === 0) return usedImageSpot(source, address, path)
  return chosen(source, layers, kind === 'image' ? imageFields(path) : entryFields(path))
}

/** The key of a container in the files, and its layers. A replica has the key of its container. */
function containerParts(
  source: OriginSource,
  name: string,
): { readonly key: string; readonly layers: readonly Layer[] } {
  const layersOfKey = (key: string) => containerLayers(source.documents, key, (file) => otherDocument(source, file))
  const exact = layersOfKey(name)
  const key = exact.length > 0 ? name : name.replace(/\.\d+$/, '')
  return { key, layers: key === name ? exact : layersOfKey(key) }
}

/** The document of another file that holds extended containers: the first one. */
const otherDocument = ({ files }: OriginSource, path: string): readonly OriginDocument[] =>
  files.find((one) => one.path === path)?.documents.slice(0, 1) ?? []

function containerSpot(
  source: OriginSource,
  address: ResourceAddress,
  name: string,
  path: string,
): Spot | Origin | undefined {
  const { key, layers } = containerParts(source, name)
  const spec = specOf(source, address)
  const [field, variable, part] = toPath(path)
  if (field === 'environment' && variable !== undefined) {
    const found = bestIn(source, layers, containerFields(spec, path))
    if (found?.complete) return found.spot
    const line = envFileLine(envFiles(source, key), String(variable))
    if (line) return line
  }
  const spot = chosen(source, layers, containerFields(spec, path))
  return field === 'files' && part === 'content' ? contentOrigin(source, spot) : spot
}

/** The file that a config or secret is read from, if it is: its content changes there. */
function contentOrigin(source: OriginSource, spot: Spot | undefined): Spot | Origin | undefined {
  const path = spot?.path.at(-1) === 'file' ? valueAt(source, spot) : undefined
  if (spot === undefined || typeof path !== 'string' || variablesIn(path).length > 0) return spot
  return { file: resolve(dirname(spot.file), path) }
}

const specOf = ({ resources }: OriginSource, address: ResourceAddress): ContainerSpec | undefined => {
  const found = resources.get(address)
  return found?.kind === 'container' ? found.spec : undefined
}

/** The env files of a container in their order, as absolute paths. */
const envFiles = ({ data }: OriginSource, key: string): readonly string[] =>
  [ownValue(data.containers, key)?.env_file ?? []].flat().map((one) => (typeof one === 'string' ? one : one.path))

/** An image without an entry of its own is set by the first container that uses it. */
function usedImageSpot(source: OriginSource, address: ResourceAddress, path: string): Spot | undefined {
  for (const one of source.resources.values()) {
    if (one.kind !== 'container' || one.spec.image !== address) continue
    const { layers } = containerParts(source, one.spec.service)
    const spot = chosen(source, layers, [usedImageField(path), usedImageField('')])
    return spot && { ...spot, onKey: false }
  }
  return undefined
}

/** The place of the best field, or of the object itself in the first document that has it. */
const chosen = (source: OriginSource, layers: readonly Layer[], fields: readonly FileField[]): Spot | undefined =>
  bestIn(source, layers, fields)?.spot ?? objectSpot(layers)

function objectSpot(layers: readonly Layer[]): Spot | undefined {
  const layer = layers.find((one) => !one.inherited) ?? layers[0]
  return layer && spotIn(layer, layer.path)
}

const spotIn = ({ document, through }: Layer, path: Located['path']): Spot => ({
  file: document.file,
  index: document.index,
  path,
  onKey: true,
  through,
})

/** Fields that a container does not inherit from the one that it extends. */
const ownOnly = ['depends_on', 'profiles']

/**
 * The place of the first field that a document sets completely. Later documents have precedence. If none does, the place of the longest
 * part of a field.
 */
function bestIn(
  source: OriginSource,
  layers: readonly Layer[],
  fields: readonly FileField[],
): { readonly spot: Spot; readonly complete: boolean } | undefined {
  let best: { spot: Spot; reached: number } | undefined
  for (const { path, inDocument } of fields) {
    const searched = inDocument ? sectionLayers(source, path) : layers
    for (const layer of searched.toReversed()) {
      if (layer.inherited && ownOnly.includes(String(path[0]))) continue
      const prefix = inDocument ? [] : layer.path
      const start = prefix.reduce<unknown>((node, key) => fieldOf(node, String(key)), layer.document.data)
      const found = follow(start, path)
      if (found.length === 0 || found.length <= (best?.reached ?? 0)) continue
      best = { spot: spotIn(layer, [...prefix, ...found]), reached: found.length }
      if (found.length === path.length) return { spot: best.spot, complete: true }
    }
  }
  return best && { spot: best.spot, complete: false }
}

/** The documents with an entry such as `configs.page`. */
const sectionLayers = ({ documents }: OriginSource, [section, name]: FileField['path']): readonly Layer[] =>
  documents.flatMap((document) =>
    typeof section === 'string' && typeof name === 'string' && sectionIn(document, section) === section
      ? layersOf([document], section, name)
      : [],
  )
