import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import { type Diagnostic, HeroPodsError, limitReported, refusedError } from '../model/errors.ts'
import { SensitiveValues } from '../model/sensitive.ts'
import { type ParseCache, readSource, type SourceFile } from './read/document.ts'
import { findFiles } from './read/find-files.ts'
import { groupByName, mergedGroup } from './read/group-documents.ts'
import { type ReadStack, type ReadTools, readStack } from './read/read-stack.ts'
import { withTexts } from './read/source-texts.ts'

export interface LoadOptions {
  /** Files and folders of the command line. The stacks of each file stay separate. */
  readonly files: readonly string[]
  /** Stacks that a program gives as objects. The files of the command line are optional then. */
  readonly objects?: readonly object[]
  /** Files of `-f`, merged into one stack in this order. */
  readonly mergedFiles: readonly string[]
  readonly cwd: string
  readonly variables: Readonly<Record<string, string>>
  readonly variableFiles: readonly string[]
  readonly profiles: readonly string[]
  readonly environment: NodeJS.ProcessEnv
  /** The key for the names of sensitive values. */
  readonly encryptionKey: Buffer
  readonly instanceId: string
  /** Stores sensitive values; default: a new store. */
  readonly sensitive?: SensitiveValues
  readonly cache?: ParseCache
  /** Called with the path of each file of a stack before it is read. */
  readonly onInput?: (path: string) => void
}

/** The stacks of the files, each as one document: interpolated, merged, validated. Raises all problems of this (refused). */
export async function readStacks(options: LoadOptions): Promise<readonly ReadStack[]> {
  const { stacks: reads, problems } = await readAll(options)
  throwIfAny(problems)
  for (const { problems: ofStack, documents } of reads) if (ofStack.any) throw await ofStack.refusal(documents)
  return reads
}

/** The stacks of files. */
export interface AllRead {
  /** Each stack with its own problems. */
  readonly stacks: readonly ReadStack[]
  /** Problems of files that are not part of a stack. */
  readonly problems: readonly Diagnostic[]
}

/** Reads the files of a command line. Raises only problems after which no stack can be read (refused). */
export async function readAll(options: LoadOptions): Promise<AllRead> {
  const merged = options.mergedFiles.length > 0
  const paths = merged ? options.mergedFiles.map((path) => resolve(options.cwd, path)) : filesOf(options)
  const { sources: read, problems } = await readSources(paths, options.cache)
  const sources = [...read, ...declaredSources(options)]
  const documents = sources.flatMap((source) => source.documents)
  if (merged) throwIfAny(problems)
  const grouped = merged ? { groups: [mergedGroup(documents)], problems: [] } : await groupByName(documents)
  // The base of an overlay may be in a file that cannot be read.
  const certain = grouped.problems.filter((one) => problems.length === 0 || one.diagnostic.code !== 'overlay-alone')
  const tools = await readTools(options)
  const reads: ReadStack[] = []
  for (const group of grouped.groups) {
    const read = await readStack(group, tools)
    reads.push({ ...read, files: [...sources, ...read.files] })
  }
  return { stacks: reads, problems: [...problems, ...certain.map(({ diagnostic }) => diagnostic)] }
}

const filesOf = ({ files, objects: declared = [], cwd }: LoadOptions): readonly string[] =>
  files.length === 0 && declared.length > 0 ? [] : findFiles(files, cwd)

/** The objects of a program as sources. Relative paths are relative to the working folder. */
const declaredSources = ({ objects: declared = [], cwd }: LoadOptions): readonly SourceFile[] =>
  declared.map((one, index) => {
    const text = JSON.stringify(one)
    const path = resolve(cwd, `program#${index}`)
    const document = { file: path, index: 0, data: JSON.parse(text) as unknown, written: {}, inMemory: true }
    return { path, sha256: createHash('sha256').update(text).digest('hex'), documents: [document] }
  })

/** Reads files. The problems of all files are collected. */
async function readSources(
  paths: readonly string[],
  cache: ParseCache | undefined,
): Promise<{ readonly sources: readonly SourceFile[]; readonly problems: readonly Diagnostic[] }> {
  const sources: SourceFile[] = []
  const problems: Diagnostic[] = []
  for (const path of paths) {
    try {
      sources.push(await readSource(path, cache))
    } catch (error) {
      problems.push(...diagnosticsOf(error))
    }
  }
  return { sources, problems }
}

/** The tools for reading stacks with these options. Raises the problems of variable files (refused). */
export async function readTools(options: LoadOptions): Promise<ReadTools> {
  return {
    sensitive: options.sensitive ?? new SensitiveValues(options.encryptionKey),
    sources: { given: options.variables, files: await variableFiles(options), environment: options.environment },
    ...(options.cache && { cache: options.cache }),
    ...(options.onInput && { onInput: options.onInput }),
  }
}

/** The problems of a refusal. Other errors are thrown again. */
export function diagnosticsOf(error: unknown): readonly Diagnostic[] {
  if (error instanceof HeroPodsError && error.refused) return error.diagnostics
  throw error
}

/** Raises problems, if there are any (refused). `left`: the number of further problems. */
export function throwIfAny(problems: readonly Diagnostic[], left = 0): void {
  if (problems.length > 0) throw refusedError(limitReported(problems, left))
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
      throw refusedError({
        code: 'invalid',
        message: `The variable file ${file} does not contain a map of names and values.`,
        hint: 'Write NAME: VALUE lines.',
      })
    Object.assign(values, withTexts(document.data, document.written))
  }
  return values
}
