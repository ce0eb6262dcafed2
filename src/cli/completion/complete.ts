import { visible } from '../../model/values/visible.ts'
import { buildProgram } from '../program/program.ts'
import { completionOf } from './candidates.ts'
import { readNames } from './names.ts'

/**
 * `heropods __complete WORDS...`, which completion scripts call: prints `:file`, `:folder` or `:none`, and then each candidate for the
 * last word with its description, separated by a tab. Always returns 0.
 */
export async function complete(words: readonly string[]): Promise<number> {
  const program = buildProgram(() => async () => undefined)
  const { candidates, paths = 'none' } = await completionOf(program, words, readNames)
  const lines = candidates.map(({ text, description }) => (description ? `${text}\t${description}` : text))
  process.stdout.write(
    `${[`:${paths}`, ...lines].map((line) => line.split('\t').map(visible).join('\t')).join('\n')}\n`,
  )
  return 0
}
