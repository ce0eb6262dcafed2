import { ExitCode, refusedError } from '../../../model/errors.ts'
import type { History } from '../../../model/generation.ts'
import { type GenerationDiff, generationDiff } from '../../../reconciler/history/generation-diff.ts'
import { documentAt, unknownGenerationError } from '../../../reconciler/history/history.ts'
import { renderGenerationDiff } from '../../../report/generation-diff-text.ts'
import { withEngine } from '../../engine-session.ts'
import { planView } from '../../plan-view.ts'
import { openTerminal } from '../../terminal.ts'
import type { DiffOptions } from './diff.ts'

/**
 * `heropods diff @12 @15`: compares two recorded generations; with one, that one with the newest. Raises `usage`, `unknown-generation`
 * (refused).
 */
export async function diffGenerations(typed: readonly string[], options: DiffOptions): Promise<number> {
  const terminal = openTerminal()
  requireGenerations(typed, options)
  const diff = await withEngine(options, async (engine) => between(await engine.history(), typed))
  if (options.json) terminal.print(JSON.stringify(diffJson(diff)))
  else terminal.print(renderGenerationDiff(diff, planView(terminal, options)))
  return options.exitCode && diff.patch.length > 0 ? ExitCode.changes : ExitCode.done
}

function requireGenerations(typed: readonly string[], options: DiffOptions): void {
  const others = [options.file, options.var, options.varFile, options.profile, options.target]
  if (
    typed.length <= 2 &&
    typed.every((one) => one.startsWith('@')) &&
    options.out === undefined &&
    !others.some((one) => one?.length)
  )
    return
  throw refusedError({
    code: 'usage',
    message: 'Generations can only be compared with generations.',
    hint: 'Write `heropods diff @12 @15`, or `heropods diff @12` to compare with the newest.',
  })
}

function between(history: History, typed: readonly string[]): GenerationDiff {
  const recorded = [...history.patches.keys()]
  const newest = Math.max(...recorded)
  const [from = newest, to = newest] = typed.map((one) => {
    const generation = recorded.find((number) => one === `@${number}`)
    if (generation === undefined) throw unknownGenerationError(one.slice(1), recorded)
    return generation
  })
  return generationDiff(
    { generation: from, document: documentAt(history, from) },
    { generation: to, document: documentAt(history, to) },
  )
}

/** The document of `diff @a @b --json` (schemas/output/generation-diff.schema.json). */
const diffJson = ({ from, to, stacks, patch }: GenerationDiff): object => ({
  formatVersion: 1,
  from,
  to,
  stacks,
  patch,
})
