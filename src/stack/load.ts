import type { Desired, DesiredStack } from '../model/desired.ts'
import { refusedError } from '../model/errors.ts'
import { SensitiveValues } from '../model/sensitive.ts'
import { checkNoEffect } from './check/no-effect.ts'
import { didYouMean, knownNames } from './check/suggest.ts'
import { reportUnsupportedFields } from './check/unsupported-fields.ts'
import { checkHealth } from './normalise/container/health.ts'
import { checkJobs } from './normalise/container/jobs.ts'
import type { Context } from './normalise/context.ts'
import { normaliseReconcile } from './normalise/reconcile.ts'
import { normaliseReferences } from './normalise/references.ts'
import { normaliseStack } from './normalise/stack.ts'
import { originsOf } from './origin/origins.ts'
import { reportLfsPointers } from './read/lfs-pointers.ts'
import { readContent } from './read/read-file.ts'
import type { ReadStack } from './read/read-stack.ts'
import { diagnosticsOf, type LoadOptions, readAll, throwIfAny } from './read-all.ts'

/** Loads, validates and resolves stacks. Raises all problems of all files with positions (refused). Reads only files. */
export async function loadDesired(options: LoadOptions): Promise<Desired> {
  const sensitive = options.sensitive ?? new SensitiveValues(options.encryptionKey)
  const stacks: DesiredStack[] = []
  const profiles = new Set<string>()
  const { stacks: reads, problems } = await readAll({ ...options, sensitive })
  const found = [...problems]
  let unreportedCount = 0
  for (const stack of reads) {
    for (const profile of profilesOf(stack)) profiles.add(profile)
    try {
      stacks.push(await buildDesiredStack(stack, { ...options, sensitive }))
    } catch (error) {
      found.push(...diagnosticsOf(error).filter(({ code }) => code !== 'more-problems'))
      unreportedCount += stack.problems.unreportedCount
    }
  }
  throwIfAny(found, unreportedCount)
  requireKnownProfiles(options.profiles, profiles)
  return { stacks, secretValues: sensitive.byToken }
}

/** The canonical form of one stack. Raises all its problems with positions (refused). */
export function buildDesiredStack(
  source: ReadStack,
  options: LoadOptions & { readonly sensitive: SensitiveValues },
): Promise<DesiredStack> {
  const context: Context = {
    stack: source.name,
    data: source.data,
    problems: source.problems,
    sensitive: options.sensitive,
    readFile: (path, use) => {
      options.onInput?.(path)
      return readContent(path, use)
    },
    variable: (name) => {
      // Its problem is reported already.
      if (source.failedVariables.has(name)) return ''
      const value = source.variables.get(name)
      if (value === undefined) throw new Error(`the variable "${name}" is not declared, or has no value`)
      return value
    },
  }
  return checkAndNormalise(context, source, options)
}

const profilesOf = ({ data }: ReadStack): readonly string[] =>
  Object.values(data.containers ?? {}).flatMap((one) => one.profiles ?? [])

function requireKnownProfiles(requested: readonly string[], known: ReadonlySet<string>): void {
  const unknown = requested.find((profile) => !known.has(profile))
  if (unknown === undefined) return
  throw refusedError({
    code: 'unknown-profile',
    message: `No container has the profile "${unknown}".${didYouMean(unknown, known)}`,
    hint: knownNames([...known]),
  })
}

async function checkAndNormalise(
  context: Context,
  { documents, sensitiveVariables, files }: ReadStack,
  options: LoadOptions,
): Promise<DesiredStack> {
  if (context.problems.stopped) throw await context.problems.refusal(documents)
  reportUnsupportedFields(context.data, context.problems)
  checkNoEffect(context.data, context.problems)
  const resolved = { ...context, data: normaliseReferences(context, context.data) }
  const { resources, inactive } = normaliseStack(resolved, options.instanceId, options.profiles)
  const reconcile = normaliseReconcile(resolved)
  checkHealth(resources, context.problems)
  checkJobs(resolved.data.containers ?? {}, resources, context.problems)
  reportLfsPointers(resolved.data, context.problems)
  if (context.problems.any) throw await context.problems.refusal(documents)
  const used = new Set(documents.map(({ file }) => file))
  return {
    name: context.stack,
    labels: (resolved.data.metadata.labels ?? {}) as Readonly<Record<string, string>>,
    reconcile,
    resources,
    inactive,
    sources: { configs: sourcesOf(resolved, 'configs'), secrets: sourcesOf(resolved, 'secrets') },
    sensitiveVariables,
    files: files.filter((source) => used.has(source.path)).map(({ path, sha256 }) => ({ path, sha256 })),
    ...originsOf({ stack: context.stack, documents, files, data: resolved.data, resources }),
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
