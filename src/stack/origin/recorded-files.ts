import { dirname, resolve } from 'node:path'
import type { DesiredStack, Resource } from '../../model/desired.ts'
import type { ResourceAddress } from '../../model/resource-address.ts'
import { fieldOf, isRecord } from '../../model/values/unknown.ts'
import { readSource, type SourceFile } from '../read/document.ts'
import type { OriginDocument } from './layers.ts'
import { originsOf } from './origins.ts'

/** The files of a stack as they are now, and as a run has read them. */
export interface RecordedFiles {
  readonly origins: DesiredStack['origins']
  /** Files whose content is not that of the run, or that cannot be read any more. */
  readonly changed: readonly string[]
}

/** The origins of the objects of a stack that was applied from these files. Variables and profiles are not needed. */
export async function recordedFiles(
  stack: string,
  files: readonly { readonly path: string; readonly sha256: string }[],
  resources: ReadonlyMap<ResourceAddress, Resource>,
): Promise<RecordedFiles> {
  const sources = await readableSources(files.map((one) => one.path))
  const documents = documentsOf(stack, sources)
  const extended = await extendedSources(documents, sources)
  const found = originsOf({ stack, documents, files: [...sources, ...extended], data: {}, resources })
  const changed = files.filter((one) => sources.find(({ path }) => path === one.path)?.sha256 !== one.sha256)
  return { origins: found.origins, changed: changed.map((one) => one.path) }
}

async function readableSources(paths: readonly string[]): Promise<readonly SourceFile[]> {
  const sources: SourceFile[] = []
  for (const path of paths) {
    const source = await readSource(path).catch(() => undefined)
    if (source) sources.push(source)
  }
  return sources
}

/** The documents of a stack in the order of precedence: included ones, the stack, overlays. */
function documentsOf(stack: string, sources: readonly SourceFile[]): readonly OriginDocument[] {
  const all = sources.flatMap((source) => source.documents)
  const included = new Set(
    all.flatMap(({ file, data }) => includesOf(data).map((path) => resolve(dirname(file), path))),
  )
  const own = all.filter(({ file, data }) => {
    const name = fieldOf(fieldOf(data, 'metadata'), 'name')
    return included.has(file) || name === undefined || name === stack
  })
  const rank = ({ file, data }: OriginDocument): number =>
    included.has(file) ? 0 : fieldOf(data, 'kind') === 'Overlay' ? 2 : 1
  return own
    .map((one): OriginDocument => ({ ...one, included: included.has(one.file) }))
    .sort((left, right) => rank(left) - rank(right))
}

const includesOf = (data: unknown): readonly string[] => {
  const includes = fieldOf(data, 'include')
  return (Array.isArray(includes) ? includes : []).flatMap((one: unknown) => {
    const path = isRecord(one) ? one.path : one
    return typeof path === 'string' ? [path] : []
  })
}

/** The files of containers that others extend, which a run does not record. */
async function extendedSources(
  documents: readonly OriginDocument[],
  known: readonly SourceFile[],
): Promise<readonly SourceFile[]> {
  const found: SourceFile[] = []
  const pending = documents.flatMap(extendedFiles)
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if ([...known, ...found].some((one) => one.path === path)) continue
    const [source] = await readableSources([path])
    if (source === undefined) continue
    found.push(source)
    pending.push(...source.documents.flatMap(extendedFiles))
  }
  return found
}

const extendedFiles = ({ file, data }: OriginDocument): string[] => {
  const containers = fieldOf(data, 'containers') ?? fieldOf(data, 'services')
  return Object.values(isRecord(containers) ? containers : {}).flatMap((one) => {
    const path = fieldOf(fieldOf(one, 'extends'), 'file')
    return typeof path === 'string' ? [resolve(dirname(file), path)] : []
  })
}
