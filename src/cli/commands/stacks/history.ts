import { ExitCode, refusedError } from '../../../model/errors.ts'
import { authorText, type Generation } from '../../../model/generation.ts'
import type { Engine } from '../../../reconciler/engine.ts'
import { unknownGenerationError } from '../../../reconciler/history/history.ts'
import type { RecordedRun } from '../../../reconciler/history/last-run.ts'
import { numbersText, renderHistory } from '../../../report/history/history-text.ts'
import { renderRun } from '../../../report/history/run-text.ts'
import { type Run, runsOfGenerations } from '../../../report/history/runs.ts'
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
 * `heropods history`: lists the recorded runs, newest first, of all stacks or of one, or the generations of a range. With a generation, prints the result of each step of
 * that run, and its plan. Raises `unknown-generation`, `unknown-stack` (refused).
 */
export async function history(argument: string | undefined, options: HistoryOptions): Promise<number> {
  const terminal = openTerminal()
  const limit = countOption('--limit', options.limit ?? '20')
  if (argument !== undefined && /^\d+$/.test(argument)) return printRun(argument, options, terminal)
  const all = await withEngine(options, (engine) => engine.generations())
  const range = rangeOf(argument)
  const chosen = (range ? generationsOf(all, range) : argument === undefined ? all : runsOf(all, argument)).toReversed()
  if (options.json) terminal.print(JSON.stringify({ generations: chosen.slice(0, limit).map(generationView) }))
  else {
    // The parts of a run have a row each where the user asks for them.
    const runs = range ? chosen.map((one): Run => [one]) : runsOfGenerations(chosen)
    const isComplete = terminal.width === undefined
    terminal.print(await renderHistory(runs.slice(0, limit), new Date(), terminal.style, { isComplete }))
  }
  return ExitCode.done
}

interface Range {
  readonly first: number
  readonly last: number
}

/** `7-10`, as the list shows the generations of one run of Pulumi. */
function rangeOf(argument: string | undefined): Range | undefined {
  const [, first, last] = /^(\d+)-(\d+)$/.exec(argument ?? '') ?? []
  return first === undefined || last === undefined ? undefined : { first: Number(first), last: Number(last) }
}

/** Raises `unknown-generation` (refused). */
function generationsOf(all: readonly Generation[], { first, last }: Range): readonly Generation[] {
  const found = all.filter(({ generation }) => generation >= first && generation <= last)
  if (found.length > 0) return found
  throw unknownGenerationError(
    `${first}-${last}`,
    all.map(({ generation }) => generation),
  )
}

/** The runs of one stack. Raises `unknown-stack` (refused). */
function runsOf(all: readonly Generation[], stack: string): readonly Generation[] {
  const runs = all.filter((one) => Object.hasOwn(one.stacks, stack))
  if (runs.length > 0) return runs
  const recorded = [...new Set(all.flatMap((one) => Object.keys(one.stacks)))].sort()
  throw refusedError({
    code: 'unknown-stack',
    message: `No recorded run has changed a stack "${stack}".${didYouMean(stack, recorded)}`,
    hint: `\`heropods events ${stack}\` shows its attempts. Stacks with runs: ${recorded.join(', ') || 'none'}.`,
  })
}

async function printRun(generation: string, options: HistoryOptions, terminal: Terminal): Promise<number> {
  const { style, cwd, print } = terminal
  const { run, plan, all } = await withEngine(options, async (engine) => ({
    ...(await recordedRun(engine, generation)),
    all: await engine.generations(),
  }))
  if (options.json) print(JSON.stringify({ ...planJson(plan), run: runView(run) }))
  else {
    print([renderRun(run, style, cwd), ...partOf(all, run.generation)].join('\n'))
    print(`\n${style.bold('Its plan:')}`)
    print(renderPlan(plan, planView(terminal, options)))
  }
  return ExitCode.done
}

/** The other generations of the same run of Pulumi. */
function partOf(all: readonly Generation[], generation: number): readonly string[] {
  const run = runsOfGenerations(all).find((one) => one.some((each) => each.generation === generation))
  if (run === undefined || run.length === 1) return []
  const numbers = numbersText(run)
  return [`It is a part of one run of Pulumi: \`heropods history ${numbers}\` lists generations ${numbers}.`]
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
