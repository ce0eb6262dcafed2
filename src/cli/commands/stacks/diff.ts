import { dirname, join, resolve } from 'node:path'
import type { Desired } from '../../../model/desired.ts'
import { ExitCode, refusedError } from '../../../model/errors.ts'
import { commitText } from '../../../model/generation.ts'
import type { Plan } from '../../../model/plan.ts'
import { sensitiveNames } from '../../../model/tokens.ts'
import type { Engine } from '../../../reconciler/engine.ts'
import { type PlanInputs, savePlan } from '../../../reconciler/plan/saved-plan.ts'
import { renderPlan } from '../../../report/plan-text.ts'
import { makeStyle } from '../../../report/style.ts'
import { openEngine } from '../../engine-session.ts'
import { localHost } from '../../local-host.ts'
import { planJson } from '../../plan-json.ts'
import { type OriginLookup, originTexts, planOrigins } from '../../plan-origins.ts'
import { type PlanViewOptions, planView } from '../../plan-view.ts'
import {
  isRepositoryUrl,
  loadStacks,
  planInputs,
  planOptions,
  requireNoUrl,
  type StackOptions,
} from '../../stack-inputs.ts'
import { openTerminal, printWarnings, type Terminal } from '../../terminal.ts'
import { removedStackWarnings } from '../watch/removed-stacks-warning.ts'
import { changedStacks, watchWarnings } from '../watch/watch-warning.ts'
import type { MassDeletion } from './held-back-stacks.ts'

export interface DiffOptions extends StackOptions, PlanViewOptions {
  readonly exitCode?: boolean
  readonly out?: string
  readonly format?: string
}

/**
 * `heropods diff`: prints the plan and changes nothing; with @GENERATION it compares recorded generations. `--out` saves the plan for
 * `apply`.
 */
export async function diff(files: readonly string[], options: DiffOptions): Promise<number> {
  const format = formatOption(options)
  if (files.some((file) => file.startsWith('@'))) {
    if (format === 'markdown')
      throw refusedError({
        code: 'usage',
        message: '--format markdown is for plans, not for generations.',
        hint: 'Remove it.',
      })
    return (await import('./diff-generations.ts')).diffGenerations(files, options)
  }
  const terminal = openTerminal()
  const inputs = planInputs(files, options, { acceptsUrl: options.out === undefined })
  const engine = await openEngine({ instance: inputs.instance, write: false })
  try {
    await noteRunningWriter(engine, terminal)
    const { desired, ...followed } = await load(engine, inputs)
    if (followed.commit && !options.json) terminal.note(`Files of commit ${commitText(followed.commit)}.`)
    const names = desired.stacks.map(({ name }) => name)
    const [planned, removed] = await Promise.all([
      engine.plan(desired, { ...planOptions(inputs), ...followed }),
      followed.destroy === undefined ? removedStackWarnings(engine, names, inputs) : [],
    ])
    const plan = { ...planned.plan, warnings: [...planned.plan.warnings, ...removed] }
    if (options.out !== undefined) {
      if (sensitiveNames(JSON.stringify(plan)).size > 0) await engine.storeKey()
      await savePlan(resolve(options.out), withoutSecrets(inputs, desired), plan)
    }
    const originAt = await planOrigins(desired.stacks, plan, terminal.cwd)
    if (format === 'markdown') terminal.print(await markdownOf(plan, inputs, desired, originAt, options))
    else {
      if (!options.json)
        printWarnings(await watchWarnings(engine, changedStacks(plan, desired.stacks, [], terminal.cwd)))
      printPlan(plan, originAt, options, terminal)
    }
    return options.exitCode && plan.steps.length > 0 ? ExitCode.changes : ExitCode.done
  } finally {
    await engine.close()
    printWarnings(engine.warnings)
  }
}

/** Files and folders, or the newest checkout of the repository that watch follows, by its URL. Raises `usage` (refused) for another URL. */
async function load(
  engine: Engine,
  inputs: PlanInputs,
): Promise<Pick<MassDeletion, 'desired' | 'commit'> & Partial<Pick<MassDeletion, 'destroy'>>> {
  const [url] = inputs.files.filter(isRepositoryUrl)
  if (url === undefined) return { desired: await loadStacks(inputs, engine, { writes: false }) }
  const { isFollowedUrl, loadWithHeldBack } = await import('./held-back-stacks.ts')
  if (!(await isFollowedUrl(engine, url))) requireNoUrl(url)
  return loadWithHeldBack(engine, inputs, { writes: false })
}

const formats = ['text', 'markdown'] as const

function formatOption({ format = 'text', json }: DiffOptions): (typeof formats)[number] {
  const found = formats.find((one) => one === format)
  if (found === undefined)
    throw refusedError({
      code: 'usage',
      message: `--format: "${format}" is not a format of a plan.`,
      hint: 'Write `text` or `markdown`; `--json` prints JSON.',
    })
  if (found !== 'markdown' || !json) return found
  throw refusedError({
    code: 'usage',
    message: '--json and --format markdown exclude each other.',
    hint: 'Remove one of them.',
  })
}

async function markdownOf(
  plan: Plan,
  { instance, cwd }: PlanInputs,
  { stacks }: Desired,
  originAt: OriginLookup,
  { full }: DiffOptions,
): Promise<string> {
  const { planMarkdown } = await import('../../../report/plan-markdown.ts')
  const { workTreeCommit } = await import('../../../watch/source/work-tree.ts')
  const files = stacks.flatMap((stack) => stack.files.map(({ path }) => path))
  const commit = await workTreeCommit(localHost, dirname(files[0] ?? join(cwd, 'stacks')), files)
  const options = { style: makeStyle(false), full, hints: false, originOf: originTexts(originAt), now: Date.now() }
  return planMarkdown(plan, { host: localHost.system.hostname, instance, commit }, (part) => renderPlan(part, options))
}

function printPlan(plan: Plan, originAt: OriginLookup, options: DiffOptions, terminal: Terminal): void {
  const { json, out } = options
  if (json) return terminal.print(JSON.stringify(planJson(plan, originAt)))
  printWarnings(plan.warnings)
  terminal.print(renderPlan(plan, planView(terminal, options, originTexts(originAt))))
  if (out !== undefined) terminal.note(`Saved as ${out}: \`heropods apply ${out}\` applies exactly this.`)
}

/** Sensitive values are given again when the plan is applied; other values make it stale. */
function withoutSecrets(inputs: PlanInputs, desired: Desired): PlanInputs {
  const secret = new Set(desired.stacks.flatMap((stack) => stack.sensitiveVariables))
  return {
    ...inputs,
    variables: Object.fromEntries(Object.entries(inputs.variables).filter(([name]) => !secret.has(name))),
  }
}

/** A plan that is computed during another run shows an intermediate state of the host. */
async function noteRunningWriter(engine: Engine, terminal: Terminal): Promise<void> {
  const holder = await engine.lockHolder()
  if (holder)
    terminal.note(
      `Another run is in progress (\`${holder.command}\` of ${holder.user}, pid ${holder.pid}, since ${holder.since}): this plan shows an intermediate state.`,
    )
}
