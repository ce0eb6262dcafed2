import { resolve } from 'node:path'
import type { StackFile } from '../generated/stack-file.ts'
import { type Address, parseAddress } from '../model/address.ts'
import type { Desired, DesiredStack } from '../model/desired.ts'
import { type Diagnostic, limitReported, refuse } from '../model/errors.ts'
import { SensitiveValues } from '../model/sensitive.ts'
import { own } from '../model/values/own.ts'
import { fieldOf } from '../model/values/unknown.ts'
import { checkNoEffect } from './check/no-effect.ts'
import { checkUnsupported } from './check/not-yet.ts'
import { type ProblemLocation, Problems, placeOf } from './check/problem.ts'
import { didYouMean, knownNames } from './check/suggest.ts'
import { checkHealth } from './normalise/container/health.ts'
import type { Context } from './normalise/context.ts'
import { normaliseReconcile } from './normalise/reconcile.ts'
import { resolveReferences } from './normalise/references.ts'
import { normaliseStack } from './normalise/stack.ts'
import { type ParseCache, readSource, type SourceFile, type StackDocument } from './read/document.ts'
import { findFiles } from './read/find-files.ts'
import { refuseLfsPointers } from './read/lfs-pointers.ts'
import { findPlaces, toPath } from './read/position.ts'
import { readContent } from './read/read-file.ts'
import { type ReadStack, type ReadTools, readStack, type StackGroup } from './read/read-stack.ts'
import { withTexts } from './read/source-texts.ts'

export interface LoadOptions {
  /** Files and folders of the command line. The stacks of each file stay separate. */
  readonly files: readonly string[]
  /** Files of `-f`, merged into one stack in this order. */
  readonly merged: readonly string[]
  readonly cwd: string
  readonly variables: Readonly<Record<string, string>>
  readonly variableFiles: readonly string[]
  readonly profiles: readonly string[]
  readonly environment: NodeJS.ProcessEnv
  /** The key for the names of sensitive values. */
  readonly key: Buffer
  readonly instanceId: string
  /** Stores sensitive values; default: a new store. */
  readonly sensitive?: SensitiveValues
  readonly cache?: ParseCache
  /** Called with the path of each file of a stack before it is read. */
  readonly onInput?: (path: string) => void
}

/** Loads, validates and resolves stacks. Raises all problems with positions (refused). Reads only files. */
export async function loadDesired(options: LoadOptions): Promise<Desired> {
  const sensitive = options.sensitive ?? new SensitiveValues(options.key)
  const stacks: DesiredStack[] = []
  const profiles = new Set<string>()
  for (const read of await readStacks({ ...options, sensitive })) {
    for (const profile of profilesOf(read)) profiles.add(profile)
    stacks.push(await resolveStack(read, { ...options, sensitive }))
  }
  requireKnownProfiles(options.profiles, profiles)
  return { stacks, secretValues: sensitive.byToken }
}

/** The stacks of the files, each as one document: interpolated, merged, validated. Raises all problems (refused). */
export async function readStacks(options: LoadOptions): Promise<readonly ReadStack[]> {
  const merged = options.merged.length > 0
  const paths = merged
    ? options.merged.map((path) => resolve(options.cwd, path))
    : findFiles(options.files, options.cwd)
  const sourceFiles: SourceFile[] = []
  for (const path of paths) sourceFiles.push(await readSource(path, options.cache))
  const documents = sourceFiles.flatMap((source) => source.documents)
  const { groups, problems } = merged
    ? { groups: [mergedGroup(documents)], problems: [] }
    : await groupByName(documents)
  if (problems.length > 0) throw refuse(limitReported(problems.map(({ diagnostic }) => diagnostic)))
  const tools = await readTools(options)
  const stacks: ReadStack[] = []
  for (const group of groups) {
    const read = await readStack(group, tools)
    stacks.push({ ...read, files: [...sourceFiles, ...read.files] })
  }
  return stacks
}

/** The tools for reading stacks with these options. Raises the problems of variable files (refused). */
export async function readTools(options: LoadOptions): Promise<ReadTools> {
  return {
    sensitive: options.sensitive ?? new SensitiveValues(options.key),
    sources: { given: options.variables, files: await variableFiles(options), environment: options.environment },
    ...(options.cache && { cache: options.cache }),
    ...(options.onInput && { onInput: options.onInput }),
  }
}

/** The canonical form of one stack. Raises all its problems with positions (refused). */
export function resolveStack(
  read: ReadStack,
  options: LoadOptions & { readonly sensitive: SensitiveValues },
): Promise<DesiredStack> {
  const context: Context = {
    stack: read.name,
    data: read.data,
    problems: new Problems(),
    sensitive: options.sensitive,
    readFile: (path, use) => {
      options.onInput?.(path)
      return readContent(path, use)
    },
    variable: (name) => {
      const value = read.variables.get(name)
      if (value === undefined) throw new Error(`the variable "${name}" is not declared, or has no value`)
      return value
    },
  }
  return buildStack(context, read, options)
}

const profilesOf = (read: ReadStack): readonly string[] =>
  Object.values(read.data.containers ?? {}).flatMap((one) => one.profiles ?? [])

function requireKnownProfiles(wanted: readonly string[], known: ReadonlySet<string>): void {
  const unknown = wanted.find((profile) => !known.has(profile))
  if (unknown === undefined) return
  throw refuse({
    code: 'unknown-profile',
    message: `No container has the profile "${unknown}".${didYouMean(unknown, known)}`,
    hint: knownNames([...known]),
  })
}

async function buildStack(
  context: Context,
  { origins, sensitiveVariables, files }: ReadStack,
  options: LoadOptions,
): Promise<DesiredStack> {
  checkUnsupported(context.data, context.problems)
  checkNoEffect(context.data, context.problems)
  const resolved = { ...context, data: resolveReferences(context, context.data) }
  const { resources, inactive } = normaliseStack(resolved, options.instanceId, options.profiles)
  const reconcile = normaliseReconcile(resolved)
  checkHealth(resources, context.problems)
  refuseLfsPointers(resolved.data, context.problems)
  if (context.problems.any) throw await context.problems.refusal(origins)
  const used = new Set(origins.map((origin) => origin.file))
  return {
    name: context.stack,
    labels: (resolved.data.metadata.labels ?? {}) as Readonly<Record<string, string>>,
    reconcile,
    resources,
    inactive,
    sources: { configs: sourcesOf(resolved, 'configs'), secrets: sourcesOf(resolved, 'secrets') },
    sensitiveVariables,
    files: files.filter((source) => used.has(source.path)).map(({ path, sha256 }) => ({ path, sha256 })),
    place: async (address, pointer) =>
      parseAddress(address).stack === context.stack
        ? placeOf(origins, locationOf(resolved.data, resources, address, pointer))
        : undefined,
  }
}

const sourcesOf = (context: Context, kind: 'configs' | 'secrets'): DesiredStack['sources']['configs'] =>
  Object.fromEntries(
    Object.entries(context.data[kind] ?? {}).map(([name, { file, content, variable }]) => {
      if (file !== undefined) return [name, { file }]
      const text = content ?? String(context.variable(variable ?? ''))
      return [name, { content: kind === 'secrets' ? context.sensitive.redact(text) : text }]
    }),
  )

/** The location of a resource, or of a field of it. */
function locationOf(
  data: StackFile,
  resources: DesiredStack['resources'],
  address: Address,
  pointer = '',
): ProblemLocation {
  const { kind, name } = parseAddress(address)
  if (kind === 'image' && own(data.images, name) === undefined) {
    // An image without an entry of its own is located at the first container that uses it.
    const users = [...resources.values()].flatMap((one) =>
      one.kind === 'container' && one.spec.image === address ? [one.spec.service] : [],
    )
    return { path: ['containers', users[0] ?? '', 'image'] }
  }
  const key = kind === 'container' ? name.replace(/\.\d+$/, '') : name
  return { path: [`${kind}s`, key, ...toPath(pointer)], onKey: pointer === '' }
}

const nameOf = (document: StackDocument): string | undefined => {
  const name = fieldOf(fieldOf(document.data, 'metadata'), 'name')
  return typeof name === 'string' ? name : undefined
}

const kindOf = (document: StackDocument): string | undefined => {
  const kind = fieldOf(document.data, 'kind')
  return typeof kind === 'string' ? kind : undefined
}

/** Kinds that are not supported yet. */
const unsupportedKinds = ['Host', 'Policy']

/** A problem of one document, and its stack if the document has a name. */
export interface DocumentProblem {
  readonly file: string
  readonly stack: string | undefined
  readonly diagnostic: Diagnostic
}

/** Groups documents by the name of their stack, overlays after their base, and collects documents without a stack as problems. */
export async function groupByName(
  documents: readonly StackDocument[],
): Promise<{ readonly groups: readonly StackGroup[]; readonly problems: readonly DocumentProblem[] }> {
  const problems: { document: StackDocument; path: readonly string[]; what: Omit<Diagnostic, 'place'> }[] = []
  const groups = new Map<string, StackDocument[]>()
  const nameless: StackDocument[] = []
  const overlays: StackDocument[] = []
  const report = (document: StackDocument, path: readonly string[], what: Omit<Diagnostic, 'place'>) =>
    problems.push({ document, path, what })
  for (const document of documents) {
    const name = nameOf(document)
    if (unsupportedKinds.includes(kindOf(document) ?? ''))
      report(document, ['kind'], {
        code: 'not-yet-supported',
        message: `The kind ${kindOf(document)} is not yet supported.`,
        hint: 'Remove the document for now.',
      })
    else if (document.data === null || typeof document.data !== 'object' || Array.isArray(document.data))
      report(document, [], {
        code: 'invalid',
        message: `${document.file} is not a stack.`,
        hint: 'A stack starts with `apiVersion: heropods/v1`, `kind: Stack`, `metadata: { name: ... }`.',
      })
    else if (kindOf(document) === 'Overlay') overlays.push(document)
    else if (name !== undefined && groups.has(name))
      report(document, ['metadata', 'name'], {
        code: 'stack-twice',
        message: `The stack "${name}" is declared twice: here and in ${groups.get(name)?.[0]?.file}.`,
        hint: 'Give one of them another name, make it `kind: Overlay`, or merge files with `-f`.',
      })
    else if (name === undefined) nameless.push(document)
    else groups.set(name, [document])
  }
  for (const overlay of overlays) {
    const base = groups.get(nameOf(overlay) ?? '')
    if (base) base.push(overlay)
    else
      report(overlay, ['metadata', 'name'], {
        code: 'overlay-alone',
        message:
          nameOf(overlay) === undefined
            ? 'The overlay has no stack name.'
            : `There is no stack "${nameOf(overlay)}" for this overlay.`,
        hint: 'Give the file of the stack too; `metadata.name` must be the name of the stack.',
      })
  }
  const places = await findPlaces(problems.map(({ document: { file, index }, path }) => ({ file, index, path })))
  return {
    groups: [
      ...[...groups].map(([name, list]) => ({ name, documents: list })),
      ...nameless.map((document) => ({ name: '', documents: [document] })),
    ],
    problems: problems.map(({ document, what }, index) => {
      const place = places[index]
      return { file: document.file, stack: nameOf(document), diagnostic: place ? { ...what, place } : what }
    }),
  }
}

function mergedGroup(documents: readonly StackDocument[]): StackGroup {
  const [first] = documents
  const name = first && nameOf(first)
  const other = documents.find((document) => nameOf(document) !== undefined && nameOf(document) !== name)
  if (other !== undefined)
    throw refuse({
      code: 'stack-names-differ',
      message: `${other.file} is of the stack "${nameOf(other)}", and ${first?.file} of "${name}": files given with -f are merged into one.`,
      hint: 'Give stacks of different names as arguments without -f.',
    })
  return { name: name ?? '', documents }
}

async function variableFiles({
  variableFiles: files,
  cwd,
  cache,
}: LoadOptions): Promise<Readonly<Record<string, unknown>>> {
  const values: Record<string, unknown> = {}
  for (const file of files) {
    const [document] = (await readSource(resolve(cwd, file), cache)).documents
    if (document?.data === null || typeof document?.data !== 'object' || Array.isArray(document.data))
      throw refuse({
        code: 'invalid',
        message: `The variable file ${file} holds no map of names and values.`,
        hint: 'Write NAME: VALUE lines.',
      })
    Object.assign(values, withTexts(document.data, document.written))
  }
  return values
}
