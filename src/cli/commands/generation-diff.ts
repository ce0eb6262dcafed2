import { ExitCode, refuse } from '../../model/errors.ts'
import type { History } from '../../model/generation.ts'
import { type GenerationDiff, generationDiff } from '../../reconciler/history/generation-diff.ts'
import { documentAt, unknownGeneration } from '../../reconciler/history/history.ts'
import { renderGenerationDiff } from '../../report/generation-diff-text.ts'
import { openTerminal } from '../context.ts'
import { reading } from '../instance-session.ts'
import type { DiffOptions } from './plan.ts'

/**
 * `heropods diff @12 @15`: what differs between two recorded generations, without the second one: from the first to the newest.
 * Raises `usage`, `unknown-generation` (refused).
 */
export async function diffGenerations(stated: readonly string[], options: DiffOptions): Promise<number> {
  const terminal = openTerminal()
  requireGenerations(stated, options)
  const diff = await reading(options, async (engine) => between(await engine.history(), stated))
  if (options.json) terminal.print(JSON.stringify(diffJson(diff)))
  else terminal.print(renderGenerationDiff(diff, terminal.style))
  return options.exitCode && diff.patch.length > 0 ? ExitCode.changes : ExitCode.done
}

function requireGenerations(stated: readonly string[], options: DiffOptions): void {
  const others = [options.file, options.var, options.varFile, options.profile, options.target]
  if (
    stated.length <= 2 &&
    stated.every((one) => one.startsWith('@')) &&
    options.out === undefined &&
    !others.some((one) => one?.length)
  )
    return
  throw refuse({
    code: 'usage',
    message: 'Generations are compared with each other and with nothing else.',
    hint: 'Write `heropods diff @12 @15`, or `heropods diff @12` for what has changed since.',
  })
}

function between(history: History, stated: readonly string[]): GenerationDiff {
  const kept = [...history.patches.keys()]
  const [from, to = Math.max(...kept)] = stated.map((one) => {
    const generation = kept.find((number) => one === `@${number}`)
    if (generation === undefined) throw unknownGeneration(one.slice(1), kept)
    return generation
  })
  const [left, right] = [from as number, to]
  return generationDiff(
    { generation: left, document: documentAt(history, left) },
    { generation: right, document: documentAt(history, right) },
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
