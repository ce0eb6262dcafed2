import { ExitCode, type RecordedDiagnostic } from '../../model/errors.ts'
import type { Generation } from '../../model/generation.ts'
import type { Plan } from '../../model/plan.ts'
import type { Engine } from '../../reconciler/engine.ts'
import { unknownGeneration } from '../../reconciler/history/history.ts'
import { renderDiagnostic } from '../../report/diagnostics.ts'
import { renderPlan } from '../../report/plan-text.ts'
import { renderTable } from '../../report/table.ts'
import { type CommonOptions, openTerminal } from '../context.ts'
import { reading } from '../instance-session.ts'
import { countOption } from '../options.ts'
import { planJson } from '../plan-json.ts'

export interface HistoryOptions extends CommonOptions {
  readonly limit?: string
}

/**
 * `heropods history`: the runs that changed something, the newest first; with a generation, what that run did. Raises
 * `unknown-generation` (refused).
 */
export async function history(stated: string | undefined, options: HistoryOptions): Promise<number> {
  const terminal = openTerminal()
  const limit = countOption('--limit', options.limit ?? '20')
  if (stated !== undefined) {
    const { plan, failures } = await reading(options, (engine) => planOf(engine, stated))
    terminal.print(options.json ? JSON.stringify(planJson(plan)) : renderPlan(plan, terminal.style))
    if (!options.json)
      for (const one of failures) terminal.print(renderDiagnostic(one, terminal.style, 'error', terminal.cwd))
    return ExitCode.done
  }
  const all = await reading(options, (engine) => engine.generations())
  const views = all.map(generationView).reverse().slice(0, limit)
  if (options.json) terminal.print(JSON.stringify({ generations: views }))
  else {
    const hasOrigins = views.some(({ origin }) => origin !== undefined)
    const rows = views.map(({ generation, time, user, result, rollbackOf, stacks, summary, origin }) => [
      String(generation),
      time.replace(/\.\d+Z$/, 'Z'),
      user,
      rollbackOf === null ? result : `${result}, rollback of ${rollbackOf}`,
      stacks.join(', '),
      `+${summary.create} ~${summary.update + summary.recreate} -${summary.delete}`,
      ...(hasOrigins ? [origin ?? '-'] : []),
    ])
    const head = ['GENERATION', 'TIME', 'USER', 'RESULT', 'STACKS', 'CHANGES', ...(hasOrigins ? ['ORIGIN'] : [])]
    terminal.print(await renderTable(head, rows, terminal.style))
  }
  return ExitCode.done
}

/** What a generation was to do, and what of it failed. */
async function planOf(
  engine: Engine,
  stated: string,
): Promise<{ readonly plan: Plan; readonly failures: readonly RecordedDiagnostic[] }> {
  const generations = await engine.generations()
  const found = generations.find((one) => String(one.generation) === stated)
  const plan = found && (await engine.recordedPlan(found.generation))
  if (plan === undefined)
    throw unknownGeneration(
      stated,
      generations.map((one) => one.generation),
    )
  return { plan, failures: found?.failures ?? [] }
}

/** One generation as `history` lists it (schemas/output/history.schema.json). */
function generationView({ stacks, rollbackOf, ...rest }: Generation) {
  return {
    ...rest,
    rollbackOf: rollbackOf ?? null,
    stacks: Object.keys(stacks),
    files: Object.entries(stacks).flatMap(([stack, { files }]) => files.map((file) => ({ stack, ...file }))),
  }
}
