import { resolve } from 'node:path'
import type { Desired } from '../model/desired.ts'
import { type Diagnostic, HeroPodsError, toDiagnostic } from '../model/errors.ts'
import { SensitiveValues } from '../model/sensitive.ts'
import { buildDesiredStack } from './load.ts'
import { readSource, type SourceFile } from './read/document.ts'
import { stackFilesIn } from './read/find-files.ts'
import { groupByName } from './read/group-documents.ts'
import { readStack, type StackGroup } from './read/read-stack.ts'
import { type LoadOptions, readTools } from './read-all.ts'

/** A part of a folder that could not be read, and its stack if it is known. */
export interface LoadFailure {
  readonly file: string
  readonly stack: string | undefined
  readonly diagnostics: readonly Diagnostic[]
}

export interface LoadedDirectory {
  /** Each valid stack, in a `Desired` of its own. */
  readonly stacks: ReadonlyMap<string, Desired>
  readonly failures: readonly LoadFailure[]
  /** All files that were read or could not be read. */
  readonly inputs: readonly string[]
}

/**
 * Loads the stacks of a folder independently: an invalid stack does not affect the others. Raises only errors of the complete folder: it
 * cannot be listed, or a variable file is invalid.
 */
export async function loadDirectory(
  folder: string,
  options: Omit<LoadOptions, 'files' | 'mergedFiles'>,
): Promise<LoadedDirectory> {
  const failures: LoadFailure[] = []
  const inputs = new Set(options.variableFiles.map((path) => resolve(options.cwd, path)))
  const sources: SourceFile[] = []
  for (const path of stackFilesIn(folder)) {
    inputs.add(path)
    try {
      sources.push(await readSource(path, options.cache))
    } catch (error) {
      failures.push({ file: path, stack: undefined, diagnostics: diagnosticsOf(error) })
    }
  }
  const { groups, problems } = await groupByName(sources.flatMap((source) => source.documents))
  for (const { file, stack, diagnostic } of problems) failures.push({ file, stack, diagnostics: [diagnostic] })
  const faulty = new Set(problems.map((one) => one.stack))
  const stacks = new Map<string, Desired>()
  for (const group of groups.filter((one) => !faulty.has(one.name))) {
    try {
      stacks.set(group.name, await loadGroup(group, sources, { ...options, onInput: (path) => inputs.add(path) }))
    } catch (error) {
      const file = group.documents[0]?.file ?? folder
      failures.push({ file, stack: group.name === '' ? undefined : group.name, diagnostics: diagnosticsOf(error) })
    }
  }
  return { stacks, failures, inputs: [...inputs].sort() }
}

async function loadGroup(
  group: StackGroup,
  sources: readonly SourceFile[],
  options: Omit<LoadOptions, 'files' | 'mergedFiles'>,
): Promise<Desired> {
  const sensitive = new SensitiveValues(options.encryptionKey)
  const all = { ...options, files: [], mergedFiles: [], sensitive }
  const read = await readStack(group, await readTools(all))
  const stack = await buildDesiredStack({ ...read, files: [...sources, ...read.files] }, all)
  return { stacks: [stack], secretValues: sensitive.byToken }
}

const diagnosticsOf = (error: unknown): readonly Diagnostic[] =>
  error instanceof HeroPodsError ? error.diagnostics : [toDiagnostic(error)]
