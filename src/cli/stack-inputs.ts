import { randomBytes } from 'node:crypto'
import { existsSync } from '../host/caller-files.ts'
import { instancePaths, startingFolder } from '../host/files/paths.ts'
import type { Desired } from '../model/desired.ts'
import { refusedError } from '../model/errors.ts'
import type { Engine, PlanOptions } from '../reconciler/engine.ts'
import type { PlanInputs } from '../reconciler/plan/saved-plan.ts'
import { localHost } from './local-host.ts'
import type { CommonOptions } from './terminal.ts'

/** Options of commands that read stacks. */
export interface StackOptions extends CommonOptions {
  readonly file?: readonly string[]
  readonly var?: readonly string[]
  readonly varFile?: readonly string[]
  readonly profile?: readonly string[]
  readonly target?: readonly string[]
  readonly deleteData?: boolean
}

/** The inputs of a plan, as plain data. `acceptsUrl`: an argument can be the followed repository. Raises `usage` (refused). */
export function planInputs(
  files: readonly string[],
  options: StackOptions,
  { acceptsUrl = false }: { readonly acceptsUrl?: boolean } = {},
): PlanInputs {
  if (files.length > 0 && options.file?.length)
    throw refusedError({
      code: 'usage',
      message: 'Files are given both with -f and without.',
      hint: 'Use one of them: -f merges files into one stack, arguments are separate stacks.',
    })
  for (const file of [...(acceptsUrl ? [] : files), ...(options.file ?? [])]) requireNoUrl(file)
  return {
    instance: instancePaths(localHost.environment, options.instance).instance,
    cwd: startingFolder([...files, ...(options.file ?? []), ...(options.varFile ?? [])]),
    files,
    merged: options.file ?? [],
    variables: Object.fromEntries((options.var ?? []).map(splitVariable)),
    variableFiles: options.varFile ?? [],
    profiles: options.profile ?? [],
    targets: options.target ?? [],
    deleteData: options.deleteData ?? false,
  }
}

/** The address of a repository: `https://HOST/PATH`, `ssh://...`, `git@HOST:PATH`. */
const repositoryUrl = /^((https?|ssh|git|file):\/\/|[\w.-]+@[\w.-]+:)/

/** True for the address of a repository that is not the name of a file. */
export const isRepositoryUrl = (file: string): boolean => repositoryUrl.test(file) && !existsSync(file)

/** Only `watch` reads repositories. Raises `usage` (refused). */
export function requireNoUrl(file: string): void {
  if (!isRepositoryUrl(file)) return
  const folder = (file.split(/[/:]/).filter(Boolean).at(-1) ?? 'FOLDER').replace(/\.git$/, '')
  throw refusedError({
    code: 'usage',
    message: `${file} is the address of a repository; this command reads files and folders.`,
    hint: `For a plan: \`git clone ${file} ${folder} && heropods diff ${folder}\`. To follow it: \`heropods watch --git ${file}\`.`,
  })
}

function splitVariable(text: string): [string, string] {
  const position = text.indexOf('=')
  if (position > 0) return [text.slice(0, position), text.slice(position + 1)]
  throw refusedError({ code: 'usage', message: `--var ${text} has no value.`, hint: 'Write --var NAME=VALUE.' })
}

export const planOptions = ({ targets, deleteData }: PlanInputs): PlanOptions => ({ targets, deleteData })

/** Loads the stacks of the inputs. Without an engine it uses a random key for sensitive values. Raises all errors of the files. */
export async function loadStacks(
  inputs: PlanInputs,
  engine?: Engine,
  { writes = false }: { readonly writes?: boolean } = {},
): Promise<Desired> {
  const { loadDesired } = await import('../stack/load.ts')
  const { openParseCache } = await import('../stack/read/parse-cache.ts')
  const paths = instancePaths(localHost.environment, inputs.instance)
  return loadDesired({
    ...inputs,
    mergedFiles: inputs.merged,
    environment: localHost.environment,
    encryptionKey: engine?.key ?? randomBytes(32),
    instanceId: paths.id,
    cache: openParseCache(paths, writes),
  })
}
