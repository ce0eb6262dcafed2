import { ExitCode, type RecordedDiagnostic } from '../../../model/errors.ts'
import type { Generation } from '../../../model/generation.ts'
import type { Plan } from '../../../model/plan.ts'
import type { Engine } from '../../../reconciler/engine.ts'
import { unknownGeneration } from '../../../reconciler/history/history.ts'
import { renderDiagnostic } from '../../../report/diagnostics.ts'
import { renderPlan } from '../../../report/plan-text.ts'
import type { Style } from '../../../report/style.ts'
import { renderTable } from '../../../report/table.ts'
import { withEngine } from '../../engine-session.ts'
import { countOption } from '../../options.ts'
import { planJson } from '../../plan-json.ts'
import { type PlanViewOptions, planView } from '../../plan-view.ts'
import { type CommonOptions, openTerminal, type Terminal } from '../../terminal.ts'

export interface HistoryOptions extends CommonOptions, PlanViewOptions {
  readonly limit?: string
}

type GenerationView = ReturnType<typeof generationView>

/**
 * `heropods history`: lists the recorded runs, newest first; with a generation, prints the plan and the failures of that run. Raises
 * `unknown-generation` (refused).
 */
export async function history(generation: string | undefined, options: HistoryOptions): Promise<number> {
  const terminal = openTerminal()
  const limit = countOption('--limit', options.limit ?? '20')
  if (generation !== undefined) return printRun(generation, options, terminal)
  const all = await withEngine(options, (engine) => engine.generations())
  const views = all.map(generationView).reverse().slice(0, limit)
  if (options.json) terminal.print(JSON.stringify({ generations: views }))
  else terminal.print(await generationTable(views, terminal.style))
  return ExitCode.done
}

async function printRun(generation: string, options: HistoryOptions, terminal: Terminal): Promise<number> {
  const { style, cwd, print } = terminal
  const { plan, failures } = await withEngine(options, (engine) => recordedRun(engine, generation))
  print(options.json ? JSON.stringify(planJson(plan)) : renderPlan(plan, planView(terminal, options)))
  if (!options.json) for (const failure of failures) print(renderDiagnostic(failure, style, 'error', cwd))
  return ExitCode.done
}

function generationTable(views: readonly GenerationView[], style: Style): Promise<string> {
  const hasOrigins = views.some(({ origin }) => origin !== undefined)
  const rows = views.map((view) => [...cells(view), ...(hasOrigins ? [view.origin ?? '-'] : [])])
  const headings = ['GENERATION', 'TIME', 'USER', 'RESULT', 'STACKS', 'CHANGES', ...(hasOrigins ? ['ORIGIN'] : [])]
  return renderTable(headings, rows, style)
}

const cells = ({ generation, time, user, result, rollbackOf, stacks, summary }: GenerationView): readonly string[] => [
  String(generation),
  time.replace(/\.\d+Z$/, 'Z'),
  user,
  rollbackOf === null ? result : `${result}, rollback of ${rollbackOf}`,
  stacks.join(', '),
  `+${summary.create} ~${summary.update + summary.recreate} -${summary.delete}`,
]

/** The plan of a generation, and the failures of its run. */
async function recordedRun(
  engine: Engine,
  generation: string,
): Promise<{ readonly plan: Plan; readonly failures: readonly RecordedDiagnostic[] }> {
  const generations = await engine.generations()
  const found = generations.find((one) => String(one.generation) === generation)
  const plan = found && (await engine.recordedPlan(found.generation))
  if (plan === undefined)
    throw unknownGeneration(
      generation,
      generations.map((one) => one.generation),
    )
  return { plan, failures: found?.failures ?? [] }
}

/** One generation in the output of `history` (schemas/output/history.schema.json). */
function generationView({ stacks, rollbackOf, ...rest }: Generation) {
  return {
    ...rest,
    rollbackOf: rollbackOf ?? null,
    stacks: Object.keys(stacks),
    files: Object.entries(stacks).flatMap(([stack, { files }]) => files.map((file) => ({ stack, ...file }))),
  }
}
