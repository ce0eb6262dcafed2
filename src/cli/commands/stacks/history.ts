import { ExitCode, refusedError } from '../../../model/errors.ts'
import { authorText, type Generation } from '../../../model/generation.ts'
import type { Engine } from '../../../reconciler/engine.ts'
import { unknownGenerationError } from '../../../reconciler/history/history.ts'
import type { RecordedRun } from '../../../reconciler/history/last-run.ts'
import { renderHistory } from '../../../report/history/history-text.ts'
import { renderRun } from '../../../report/history/run-text.ts'
import { renderPlan } from '../../../report/plan-text.ts'
import { didYouMean } from '../../../stack/check/suggest.ts'
import { withEngine } from '../../engine-session.ts'
import { countOption } from '../../options.ts'
import { planJson } from '../../plan-json.ts'
import { type PlanViewOptions, planView } from '../../plan-view.ts'
import { type CommonOptions, openTerminal, type Terminal } from '../../terminal.ts'

export interface HistoryOptions extends CommonOptions, PlanViewOptions {
  readonly limit?: string
}

/**
 * `heropods history`: lists the recorded runs, newest first, of all stacks or of one. With a generation, prints the result of each step of
 * that run, and its plan. Raises `unknown-generation`, `unknown-stack` (refused).
 */
export async function history(argument: string | undefined, options: HistoryOptions): Promise<number> {
  const terminal = openTerminal()
  const limit = countOption('--limit', options.limit ?? '20')
  if (argument !== undefined && /^\d+$/.test(argument)) return printRun(argument, options, terminal)
  const all = await withEngine(options, (engine) => engine.generations())
  const runs = (argument === undefined ? all : runsOf(all, argument)).toReversed().slice(0, limit)
  if (options.json) terminal.print(JSON.stringify({ generations: runs.map(generationView) }))
  else
    terminal.print(await renderHistory(runs, new Date(), terminal.style, { isComplete: terminal.width === undefined }))
  return ExitCode.done
}

/** The runs of one stack. Raises `unknown-stack` (refused). */
function runsOf(all: readonly Generation[], stack: string): readonly Generation[] {
  const runs = all.filter((one) => Object.hasOwn(one.stacks, stack))
  if (runs.length > 0) return runs
  const recorded = [...new Set(all.flatMap((one) => Object.keys(one.stacks)))].sort()
  throw refusedError({
    code: 'unknown-stack',
    message: `No recorded run has changed a stack "${stack}".${didYouMean(stack, recorded)}`,
    hint: `Stacks: ${recorded.join(', ') || 'none'}.`,
  })
}

async function printRun(generation: string, options: HistoryOptions, terminal: Terminal): Promise<number> {
  const { style, cwd, print } = terminal
  const { run, plan } = await withEngine(options, (engine) => recordedRun(engine, generation))
  if (options.json) print(JSON.stringify({ ...planJson(plan), run: runView(run) }))
  else {
    print(`${renderRun(run, style, cwd)}\n\n${style.bold('Its plan:')}`)
    print(renderPlan(plan, planView(terminal, options)))
  }
  return ExitCode.done
}

/** A generation with its plan and the result of each step. */
async function recordedRun(engine: Engine, generation: string): Promise<RecordedRun> {
  const found = await engine.recordedRun(Number(generation))
  if (found !== undefined) return found
  const stored = (await engine.generations()).map((one) => one.generation)
  throw unknownGenerationError(generation, stored)
}

/** One generation in the output of `history` (schemas/output/history.schema.json). */
function generationView({ steps: _, omittedSteps: _omitted, ...run }: Generation) {
  return runView(run)
}

/** A generation with the result of each step. */
function runView({ stacks, ...run }: Generation) {
  const { rollbackOf, ...rest } = run
  return {
    ...rest,
    by: authorText(run),
    rollbackOf: rollbackOf ?? null,
    stacks: Object.keys(stacks),
    files: Object.entries(stacks).flatMap(([stack, { files }]) => files.map((file) => ({ stack, ...file }))),
  }
}
