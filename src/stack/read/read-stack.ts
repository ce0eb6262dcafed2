import { resolve } from 'node:path'
import type { StackFile } from '../../generated/stack-file.ts'
import { type Diagnostic, HeroPodsError, type Place } from '../../model/errors.ts'
import type { SensitiveValues } from '../../model/sensitive.ts'
import { isRecord } from '../../model/values/unknown.ts'
import { withoutEmptyFields } from '../check/empty-fields.ts'
import { reportForbidden } from '../check/forbidden.ts'
import { Problems, type SourceDocuments } from '../check/problem.ts'
import { mergedPath, validPart } from '../check/valid-part.ts'
import { stackFileOf, validateDocument } from '../check/validate.ts'
import type { VariableValue } from '../interpolate/interpolate.ts'
import { interpolateDocument, type StackVariables } from '../interpolate/interpolate-document.ts'
import { type VariableSources, variableValues } from '../interpolate/variables.ts'
import { type ParseCache, readSource, type SourceFile, type StackDocument } from './document.ts'
import { withExtends } from './extends.ts'
import { mergeMaps } from './merge.ts'
import { withAbsolutePaths } from './paths.ts'
import { findPlace, type Path } from './position.ts'
import { withDefaultTexts, withSourceTexts } from './source-texts.ts'

type Data = Readonly<Record<string, unknown>>

/** The documents of one stack: the base first, then overlays. */
export interface StackGroup {
  readonly name: string
  readonly documents: readonly StackDocument[]
}

/** A stack as one document: interpolated and merged, with absolute paths, `extends` and `include` resolved. */
export interface ReadStack {
  readonly name: string
  readonly data: StackFile
  readonly documents: SourceDocuments
  readonly variables: ReadonlyMap<string, VariableValue>
  /** Variables whose value is missing or not valid. */
  readonly failedVariables: ReadonlySet<string>
  readonly sensitiveVariables: readonly string[]
  readonly files: readonly SourceFile[]
  readonly problems: Problems
}

export interface ReadTools {
  readonly cache?: ParseCache
  readonly onInput?: (path: string) => void
  readonly sources: VariableSources
  readonly sensitive: SensitiveValues
}

/**
 * Merges the documents of a stack into one. Their problems are collected in the result, with the valid parts of the documents, so that
 * further checks can add to them.
 */
export async function readStack(group: StackGroup, tools: ReadTools): Promise<ReadStack> {
  const problems = new Problems()
  const name = validName.test(group.name) ? group.name : placeholderName
  const files: SourceFile[] = []
  const documents = await withIncluded(group.documents, files, tools, problems)
  const values = stackVariables(documents, tools, problems)
  const parts: DocumentPart[] = []
  for (const document of documents) parts.push(await readOne(document, name, values, problems))
  const suppressed = parts.flatMap((part) => part.suppressed)
  problems.suppress(suppressed)
  const [base = {}, ...later] = parts.map(({ data }) => data)
  const merged = later.reduce(mergeMaps, base)
  // Containers that extend another may inherit a field with a problem.
  if (suppressed.length > 0) problems.suppress(extending(containersOf(merged)))
  const readExtended = async (file: string): Promise<Readonly<Record<string, Data>>> => {
    tools.onInput?.(file)
    const source = await readSource(file, tools.cache)
    files.push(source)
    const document = source.documents[0]
    if (document === undefined || !isRecord(document.data)) throw new Error(`${file} contains no stack`)
    const { data, suppressed } = await readOne(document, name, values, problems)
    if (suppressed.length > 0) problems.stop()
    return containersOf(data)
  }
  const containers = problems.stopped ? {} : await withExtends(containersOf(merged), readExtended, problems)
  return {
    name,
    data: stackFileOf(problems.stopped ? { metadata: { name } } : { ...merged, containers }),
    documents,
    variables: values.values,
    failedVariables: values.failed,
    sensitiveVariables: values.sensitive,
    files,
    problems,
  }
}

const validName = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/
/** The name of a stack without a valid one, for its further checks. */
const placeholderName = 'stack'

/** The paths of the containers that extend another. */
const extending = (containers: Readonly<Record<string, Data>>): readonly Path[] =>
  Object.keys(containers)
    .filter((name) => isRecord(containers[name]) && containers[name].extends !== undefined)
    .map((name) => ['containers', name])

/** The containers of a document. */
const containersOf = ({ containers }: Data): Readonly<Record<string, Data>> => (hasMaps(containers) ? containers : {})

/** The schema has checked the entries. */
const hasMaps = (value: unknown): value is Readonly<Record<string, Data>> => isRecord(value)

/** A document with its includes before it, so that the document has precedence. Each file is included once. */
async function withIncluded(
  documents: readonly StackDocument[],
  files: SourceFile[],
  tools: ReadTools,
  problems: Problems,
): Promise<readonly StackDocument[]> {
  const all: StackDocument[] = []
  const seen = new Set<string>()
  const include = async (document: StackDocument, including: readonly string[]): Promise<void> => {
    const includes = isRecord(document.data) && Array.isArray(document.data.include) ? document.data.include : []
    for (const [index, one] of includes.entries()) {
      const includePath = isRecord(one) ? one.path : one
      // The schema refuses other values.
      if (typeof includePath !== 'string') continue
      const place = () => findPlace(document.file, document.index, ['include', index])
      const path = resolve(document.file, '..', includePath)
      if ([...including, document.file].includes(path)) {
        problems.addDiagnostics([includesItself(includePath, await place())])
        continue
      }
      if (seen.has(path)) continue
      seen.add(path)
      tools.onInput?.(path)
      const source = await readIncluded(path, tools, place, problems)
      if (source === undefined) continue
      files.push(source)
      for (const included of source.documents)
        await include({ ...included, included: true }, [...including, document.file])
    }
    all.push(document)
  }
  for (const document of documents) await include(document, [])
  return all
}

const includesItself = (includePath: string, place: Place): Diagnostic => ({
  code: 'cycle',
  message: `${includePath} includes itself.`,
  hint: 'Remove one include.',
  place,
})

/** An included file; undefined: it cannot be read. Other checks end then, because the objects of the file are unknown. */
async function readIncluded(
  path: string,
  { cache }: ReadTools,
  place: () => Promise<Place>,
  problems: Problems,
): Promise<SourceFile | undefined> {
  try {
    return await readSource(path, cache, place)
  } catch (error) {
    if (!(error instanceof HeroPodsError)) throw error
    problems.addDiagnostics(error.diagnostics)
    problems.stop()
    return undefined
  }
}

/**
 * The variables of all documents. The default of an overlay has precedence over the environment, the default of a base has not.
 */
function stackVariables(
  documents: readonly StackDocument[],
  { sources, sensitive }: ReadTools,
  problems: Problems,
): StackVariables {
  const declared = new Map<string, Data>()
  const overlaid = new Map<string, unknown>()
  for (const { data, written } of documents) {
    if (!isRecord(data) || !isRecord(data.variables)) continue
    const { variables } = withDefaultTexts(data, written)
    for (const [name, variable] of Object.entries(isRecord(variables) ? variables : {})) {
      if (name.startsWith('x-') || !isRecord(variable)) continue
      declared.set(name, { ...declared.get(name), ...variable })
      if (data.kind === 'Overlay' && Object.hasOwn(variable, 'default')) overlaid.set(name, variable.default)
    }
  }
  const given = { ...sources, files: { ...Object.fromEntries(overlaid), ...sources.files } }
  const read = variableValues(Object.fromEntries(declared), given, sensitive, problems)
  const names = [...declared.keys()]
  return {
    ...read,
    sensitive: names.filter((name) => declared.get(name)?.sensitive === true),
    declared: names,
    environment: new Map(
      [...declared].flatMap(([name, { env }]) => (typeof env === 'string' ? [[name, env] as const] : [])),
    ),
    reported: new Set(),
  }
}

/** The valid part of a document. */
interface DocumentPart {
  readonly data: Data
  /** Paths of the merged stack with a reported problem. */
  readonly suppressed: readonly Path[]
}

/**
 * One document: interpolated, validated, with absolute paths, and with `services` renamed to `containers`. Problems are added to
 * `all`.
 */
async function readOne(
  document: StackDocument,
  stack: string,
  values: StackVariables,
  all: Problems,
): Promise<DocumentPart> {
  const problems = all.within(document)
  const data = isRecord(document.data) ? document.data : {}
  if (hasForbidden(data, problems)) return { data: {}, suppressed: [] }
  const interpolated = interpolateDocument(data, stack, values, problems)
  const written = { ...document.written, ...interpolated.written }
  const exact = await withSourceTexts(interpolated.data, written, problems)
  const filled = withoutEmptyFields(exact.data)
  const failed = [...interpolated.failed, ...exact.failed]
  const isValid = await validateDocument(filled, problems, { written, failed })
  const part = isValid ? { data: filled, suppressed: [] } : await validPart(filled)
  if (part === undefined || usesBoth(part.data, problems)) {
    problems.stop()
    return { data: {}, suppressed: [] }
  }
  const { services, ...rest } = part.data
  const merged = services === undefined ? rest : { ...rest, containers: services }
  return {
    data: withAbsolutePaths(merged, document.file),
    suppressed: [...part.suppressed, ...failed.map(mergedPath)],
  }
}

/** Refuses forbidden characters. Their document is not read further: no token may be inserted into it. */
function hasForbidden(data: Data, problems: Problems): boolean {
  const forbidden = new Problems()
  reportForbidden(data, forbidden)
  for (const one of forbidden.all) problems.addLater(() => one)
  if (forbidden.any) problems.stop()
  return forbidden.any
}

function usesBoth({ services, containers }: Data, problems: Problems): boolean {
  if (services === undefined || containers === undefined) return false
  const message = 'Both `services` and `containers` are used.'
  problems.add('invalid', ['services'], message, 'They mean the same: use one of them.', true)
  return true
}
