import { ExitCode } from '../../../model/errors.ts'
import { canonicalDocument } from '../../../stack/canonical.ts'
import { loadStacks, planInputs, type StackOptions } from '../../stack-inputs.ts'
import { openTerminal } from '../../terminal.ts'

/** `heropods config`: prints stacks in canonical form, with every default filled in and a fixed order. Raises all errors of the files. */
export async function config(files: readonly string[], options: StackOptions): Promise<number> {
  const terminal = openTerminal()
  const { stacks } = await loadStacks(planInputs(files, options))
  const documents = stacks.map(canonicalDocument)
  if (options.json) terminal.print(JSON.stringify({ stacks: documents }))
  else {
    const { toText } = await import('../../../stack/read/write-yaml.ts')
    terminal.print(documents.map(toText).join('---\n'))
  }
  return ExitCode.done
}
