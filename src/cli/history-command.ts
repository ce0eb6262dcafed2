import { ExitCode, refuse } from '../errors.ts'
import { parseAddress } from '../providers/provider.ts'
import type { Plan } from '../reconciler/plan-types.ts'
import { renderPlan } from '../report/plan-text.ts'
import { renderTable } from '../report/table.ts'
import type { Generation } from '../state/state.ts'
import { type CommonOptions, openTerminal } from './context.ts'
import { reading } from './instance-session.ts'
import { countOption } from './options.ts'
import { planJson } from './plan-json.ts'

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
  const all = await reading(options, (session) => session.state.generations())
  if (stated !== undefined) {
    const { plan } = generationNamed(all, stated)
    terminal.print(options.json ? JSON.stringify(planJson(planOf(plan))) : renderPlan(planOf(plan), terminal.style))
    return ExitCode.done
  }
  const views = all.map(generationView).reverse().slice(0, limit)
  if (options.json) terminal.print(JSON.stringify({ generations: views }))
  else {
    const rows = views.map(({ generation, time, user, result, stacks, summary }) => [
      String(generation),
      time.replace(/\.\d+Z$/, 'Z'),
      user,
      result,
      stacks.join(', '),
      `+${summary.create} ~${summary.update + summary.recreate} -${summary.delete}`,
    ])
    terminal.print(
      await renderTable(['GENERATION', 'TIME', 'USER', 'RESULT', 'STACKS', 'CHANGES'], rows, terminal.style),
    )
  }
  return ExitCode.done
}

const planOf = (text: string): Plan => JSON.parse(text) as Plan

/** One generation as `history` lists it (schemas/output/history.schema.json). */
function generationView({ generation, time, user, pid, result, plan }: Generation) {
  const { steps, summary } = planOf(plan)
  const stacks = [...new Set(steps.map((step) => parseAddress(step.address).stack))].sort()
  return { generation, time, user, pid, result, stacks, summary }
}

function generationNamed(all: readonly Generation[], stated: string): Generation {
  const found = all.find((one) => String(one.generation) === stated)
  if (found) return found
  const [first, last] = [all.at(0), all.at(-1)]
  throw refuse({
    code: 'unknown-generation',
    message: `No generation "${stated}" is kept.`,
    hint:
      first && last ? `Kept: ${first.generation} to ${last.generation}.` : 'Nothing was applied on this instance yet.',
  })
}
