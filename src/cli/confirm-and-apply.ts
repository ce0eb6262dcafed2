import { createInterface } from 'node:readline/promises'
import type { DesiredStack } from '../model/desired.ts'
import { type Diagnostic, ExitCode, refusedError } from '../model/errors.ts'
import type { Engine, Planned } from '../reconciler/engine.ts'
import { renderPlan } from '../report/plan-text.ts'
import { type ClosableReporter, jsonReporter, lineReporter, redrawingReporter } from '../report/reporters.ts'
import { changedStacks, watchWarnings } from './commands/watch/watch-warning.ts'
import type { WriteOptions } from './engine-session.ts'
import { handleInterrupts } from './interrupts.ts'
import { localHost } from './local-host.ts'
import { originTexts, planOrigins } from './plan-origins.ts'
import { type PlanViewOptions, planView } from './plan-view.ts'
import { type CommonOptions, openRegion, openTerminal, printWarnings, type Terminal } from './terminal.ts'

export interface ConfirmOptions extends WriteOptions, PlanViewOptions {
  readonly yes?: boolean
}

interface Confirmation {
  /** The plan is confirmed already; default false: ask. */
  readonly confirmed?: boolean
  /** Runs after the confirmation, before the first step. */
  readonly beforeApply?: () => Promise<void>
  /** Stacks without objects on the host: only their records are removed. */
  readonly stacksToForget?: readonly string[]
  /** Printed above the plan, after its own warnings. */
  readonly warnings?: readonly Diagnostic[]
  /** A line above the plan. */
  readonly heading?: string
  /** Printed after an apply without failures. */
  readonly successNote?: () => string
  /** The stacks of the plan, whose files are named in it. */
  readonly stacks?: readonly DesiredStack[]
  /** Names of the stacks that the plan removes. */
  readonly removed?: readonly string[]
}

/**
 * Prints a plan, asks for confirmation on a terminal, applies the plan and returns the exit code. Raises `not-agreed` (refused) if
 * confirmation is needed and standard input is not a terminal, and the errors of `Engine.apply`.
 */
export async function confirmAndApply(
  engine: Engine,
  planned: Planned,
  options: ConfirmOptions,
  {
    confirmed = false,
    beforeApply,
    stacksToForget = [],
    warnings = [],
    heading,
    successNote,
    stacks = [],
    removed = [],
  }: Confirmation = {},
): Promise<number> {
  const terminal = openTerminal()
  const { plan } = planned
  if (!options.json) {
    const undone = await watchWarnings(engine, changedStacks(plan, stacks, removed, terminal.cwd))
    printWarnings([...plan.warnings, ...warnings, ...undone])
    if (heading !== undefined) terminal.print(terminal.style.bold(heading))
    const originOf = originTexts(await planOrigins(stacks, plan, terminal.cwd))
    if (plan.steps.length > 0 || stacksToForget.length === 0)
      terminal.print(renderPlan(plan, planView(terminal, options, originOf)))
    for (const stack of stacksToForget) terminal.print(forgottenText(stack))
  }
  const empty = plan.steps.length === 0 && stacksToForget.length === 0
  const refusal =
    confirmed || empty ? undefined : await askConfirmation(engine, 'Apply these changes?', options, terminal)
  if (refusal !== undefined) return refusal
  await beforeApply?.()
  await engine.maintain(planned.snapshot)
  if (empty) return finishEmpty(engine, planned, options, terminal)
  const code = await applyPlan(engine, planned, options, terminal)
  if (successNote !== undefined && code === ExitCode.done && !options.json) terminal.print(successNote())
  return code
}

const forgottenText = (stack: string): string => `${stack}: nothing exists on the host; its last run is forgotten.`

function finishEmpty(engine: Engine, { snapshot }: Planned, { json }: CommonOptions, terminal: Terminal): number {
  if (snapshot.observations.size > 0) engine.leaveServerRunning()
  if (json)
    terminal.print(JSON.stringify({ type: 'finished', done: 0, failed: 0, skipped: 0, cancelled: 0, durationMs: 0 }))
  return ExitCode.done
}

/** Applies a plan with progress on standard output and returns the exit code. `more`: further options of the apply. */
export async function applyPlan(
  engine: Engine,
  planned: Planned,
  options: CommonOptions,
  terminal: Terminal,
  more: { readonly continuesGeneration?: boolean } = {},
): Promise<number> {
  const { stop, abort, release } = handleInterrupts(terminal)
  const reporter = await chooseReporter(options, terminal)
  try {
    const result = await engine.apply(planned, {
      reporter,
      drainSignal: stop,
      abortSignal: abort,
      announces: true,
      ...more,
    })
    if (result.interrupted) return ExitCode.interrupted
    return result.ok ? ExitCode.done : ExitCode.failed
  } finally {
    reporter.close()
    release()
  }
}

/**
 * Asks a question on a terminal, unless the options or the environment confirm. Returns undefined for yes, or the exit code for no.
 * Raises `not-agreed` (refused) without a terminal.
 */
export async function askConfirmation(
  engine: Engine,
  question: string,
  options: ConfirmOptions,
  terminal: Terminal,
): Promise<number | undefined> {
  if (isAgreed(options)) return undefined
  if (!process.stdin.isTTY || options.json)
    throw refusedError({
      code: 'not-agreed',
      message: 'Nothing was changed: standard input is not a terminal, so the plan cannot be confirmed.',
      hint: 'Use `--yes`, set HEROPODS_YES=1, or apply a saved plan.',
    })
  return ask(engine, question, terminal)
}

/**
 * Asks a question on a terminal before data is erased. Without a terminal, and with `--json`, the command itself is the consent, as scripts
 * of earlier versions expect. Returns undefined for yes, or the exit code for no.
 */
export async function askOnTerminal(
  engine: Engine,
  question: string,
  options: CommonOptions & Pick<ConfirmOptions, 'yes'>,
  terminal: Terminal,
): Promise<number | undefined> {
  if (isAgreed(options) || !process.stdin.isTTY || options.json) return undefined
  return ask(engine, question, terminal)
}

const isAgreed = ({ yes }: Pick<ConfirmOptions, 'yes'>): boolean =>
  yes === true || isYes(localHost.environment.HEROPODS_YES)

async function ask(engine: Engine, question: string, terminal: Terminal): Promise<number | undefined> {
  // Other runs do not wait for the answer; addresses and ports are checked again after it.
  await engine.releaseNetworkLock()
  const questions = createInterface({ input: process.stdin, output: process.stderr })
  // Ctrl-C and Ctrl-D close the question, which means no.
  const closed = new Promise<undefined>((done) => questions.once('close', () => done(undefined)))
  questions.once('SIGINT', () => questions.close())
  const asked = questions.question(`\n${terminal.style.bold(question)} Only "yes" is accepted: `).catch(() => undefined)
  const answer = await Promise.race([asked, closed])
  questions.close()
  if (answer?.trim() === 'yes') return undefined
  terminal.note(answer === undefined ? '\nNothing was changed.' : 'Nothing was changed.')
  return answer === undefined ? ExitCode.interrupted : ExitCode.refused
}

const isYes = (value: string | undefined): boolean =>
  !['', '0', 'false', 'no', 'off'].includes((value ?? '').toLowerCase())

async function chooseReporter(options: CommonOptions, terminal: Terminal): Promise<ClosableReporter> {
  if (options.json) return jsonReporter(terminal.print)
  if (!terminal.canRedraw) return lineReporter(terminal.print, terminal.style, terminal.cwd)
  return redrawingReporter(await openRegion(terminal), terminal.style, terminal.cwd)
}
