import { resolve } from 'node:path'
import type { StackFile } from '../../generated/stack-file.ts'
import { messageOf, type Place, refuse } from '../../model/errors.ts'
import { provisionalReference } from '../../model/references.ts'
import type { SensitiveValues } from '../../model/sensitive.ts'
import { isRecord } from '../../model/values/unknown.ts'
import { withoutEmptyFields } from '../check/empty-fields.ts'
import { refuseForbidden } from '../check/forbidden.ts'
import { Problems, type SourceDocuments } from '../check/problem.ts'
import { sentence } from '../check/suggest.ts'
import { stackFileOf, validateDocument } from '../check/validate.ts'
import { interpolate, type VariableValue } from '../resolve/interpolate.ts'
import { type VariableSources, type VariableValues, variableValues } from '../resolve/variables.ts'
import { type ParseCache, readSource, type SourceFile, type StackDocument } from './document.ts'
import { withExtends } from './extends.ts'
import { mergeMaps } from './merge.ts'
import { withAbsolutePaths } from './paths.ts'
import { findPlace, type Path, toPointer } from './position.ts'
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
  readonly origins: SourceDocuments
  readonly variables: ReadonlyMap<string, VariableValue>
  readonly sensitiveVariables: readonly string[]
  readonly files: readonly SourceFile[]
}

export interface ReadTools {
  readonly cache?: ParseCache
  readonly onInput?: (path: string) => void
  readonly sources: VariableSources
  readonly sensitive: SensitiveValues
}

/** Merges the documents of a stack into one. Raises all their problems with positions (refused). */
export async function readStack(group: StackGroup, tools: ReadTools): Promise<ReadStack> {
  const files: SourceFile[] = []
  const documents = await withIncluded(group.documents, files, tools)
  const values = await stackVariables(documents, tools)
  const parts: Data[] = []
  for (const document of documents) parts.push(await readOne(document, group.name, values))
  const problems = new Problems()
  const origins = documents
  const [base = {}, ...later] = parts
  const merged = later.reduce(mergeMaps, base)
  const other = async (file: string): Promise<Readonly<Record<string, Data>>> => {
    tools.onInput?.(file)
    const source = await readSource(file, tools.cache)
    files.push(source)
    const document = source.documents[0]
    if (document === undefined || !isRecord(document.data)) throw new Error(`${file} holds no stack`)
    return containersOf(await readOne(document, group.name, values))
  }
  const containers = await withExtends(containersOf(merged), other, problems)
  if (problems.any) throw await problems.refusal(origins)
  return {
    name: group.name,
    data: stackFileOf({ ...merged, containers }),
    origins,
    variables: values.values,
    sensitiveVariables: values.sensitive,
    files,
  }
}

/** The containers of a document. */
const containersOf = ({ containers }: Data): Readonly<Record<string, Data>> => (hasMaps(containers) ? containers : {})

/** The schema has checked the entries. */
const hasMaps = (value: unknown): value is Readonly<Record<string, Data>> => isRecord(value)

/** A document with its includes before it, so that the document has precedence. Each file is included once. */
async function withIncluded(
  documents: readonly StackDocument[],
  files: SourceFile[],
  tools: ReadTools,
): Promise<readonly StackDocument[]> {
  const all: StackDocument[] = []
  const seen = new Set<string>()
  const take = async (document: StackDocument, trail: readonly string[]): Promise<void> => {
    const includes = isRecord(document.data) && Array.isArray(document.data.include) ? document.data.include : []
    for (const [index, one] of includes.entries()) {
      const includePath = isRecord(one) ? one.path : one
      // The schema refuses other values.
      if (typeof includePath !== 'string') continue
      const place = () => findPlace(document.file, document.index, ['include', index])
      const path = resolve(document.file, '..', includePath)
      if ([...trail, document.file].includes(path)) throw includesItself(includePath, await place())
      if (seen.has(path)) continue
      seen.add(path)
      tools.onInput?.(path)
      const source = await readSource(path, tools.cache, place)
      files.push(source)
      for (const included of source.documents) await take(included, [...trail, document.file])
    }
    all.push(document)
  }
  for (const document of documents) await take(document, [])
  return all
}

const includesItself = (includePath: string, place: Place) =>
  refuse({ code: 'cycle', message: `${includePath} includes itself.`, hint: 'Remove one include.', place })

interface Values extends VariableValues {
  readonly sensitive: readonly string[]
  readonly declared: readonly string[]
}

/**
 * The variables of all documents. The default of an overlay has precedence over the environment, the default of a base has not.
 */
async function stackVariables(documents: readonly StackDocument[], { sources, sensitive }: ReadTools): Promise<Values> {
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
  const problems = new Problems()
  const given = { ...sources, files: { ...Object.fromEntries(overlaid), ...sources.files } }
  const { values, sourceTexts: written } = variableValues(Object.fromEntries(declared), given, sensitive, problems)
  if (problems.any) throw await problems.refusal(documents)
  const names = [...declared.keys()]
  return {
    values,
    sourceTexts: written,
    sensitive: names.filter((name) => declared.get(name)?.sensitive === true),
    declared: names,
  }
}

/** Fields without interpolation. */
const literal = ['apiVersion', 'kind', 'metadata', 'variables', 'include']

/** One document: interpolated, validated, with absolute paths, and with `services` renamed to `containers`. */
async function readOne(document: StackDocument, stack: string, values: Values): Promise<Data> {
  const problems = new Problems()
  const origins = [document]
  const data = isRecord(document.data) ? document.data : {}
  refuseForbidden(data, problems)
  if (problems.any) throw await problems.refusal(origins)
  const written: Record<string, string> = { ...document.written }
  const interpolated = Object.fromEntries(
    Object.entries(data).map(([key, value]) => [
      key,
      literal.includes(key) ? value : fill(value, [key], stack, values, { problems, written }),
    ]),
  )
  if (problems.any) throw await problems.refusal(origins)
  const filled = withoutEmptyFields(await withSourceTexts(interpolated, written, problems))
  if (!(await validateDocument(filled, problems)) || problems.any) throw await problems.refusal(origins)
  const { services, ...rest } = filled
  if (services !== undefined && rest.containers !== undefined) {
    problems.add(
      'invalid',
      ['services'],
      'Both `services` and `containers` are used.',
      'They mean the same: use one of them.',
      true,
    )
    throw await problems.refusal(origins)
  }
  return withAbsolutePaths(services === undefined ? rest : { ...rest, containers: services }, document.file)
}

/** Receives problems, and the source texts that print differently (see expand-document.ts). */
interface FillResults {
  readonly problems: Problems
  readonly written: Record<string, string>
}

function fill(value: unknown, path: Path, stack: string, values: Values, { problems, written }: FillResults): unknown {
  const declared = new Set(values.declared)
  const lookup = {
    variable: (name: string) => values.values.get(name),
    sourceText: (name: string) => values.sourceTexts.get(name),
    isDeclared: (name: string) => declared.has(name),
    // Suggestions are slow, and not needed for problems that are not reported.
    get declared() {
      return problems.full ? [] : values.declared
    },
    reference: (parts: readonly string[]) => provisionalReference(stack, parts),
  }
  const walk = (node: unknown, at: Path): unknown => {
    if (typeof node === 'string') {
      try {
        const { value: found, text } = interpolate(node, lookup)
        if ((typeof found === 'number' || typeof found === 'boolean') && String(found) !== text)
          written[toPointer(at)] = text
        return found
      } catch (error) {
        problems.add('interpolation', at, sentence(messageOf(error)), 'docs/guide/variables.md lists the forms.')
        return node
      }
    }
    if (Array.isArray(node)) return node.map((one, index) => walk(one, [...at, index]))
    if (!isRecord(node)) return node
    return Object.fromEntries(Object.entries(node).map(([key, one]) => [key, walk(one, [...at, key])]))
  }
  return walk(value, path)
}
