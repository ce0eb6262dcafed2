import { ExitCode } from '../../../model/errors.ts'
import { loadStacks, planInputs, type StackOptions } from '../../stack-inputs.ts'
import { openTerminal } from '../../terminal.ts'

/** `heropods validate`: checks stacks without reading the host. Raises all errors of the files. */
export async function validate(files: readonly string[], options: StackOptions): Promise<number> {
  const terminal = openTerminal()
  const { stacks } = await loadStacks(planInputs(files, options))
  const summary = stacks.map((stack) => ({
    name: stack.name,
    resources: stack.resources.size,
    files: stack.files.map((file) => file.path),
  }))
  if (options.json) terminal.print(JSON.stringify({ valid: true, stacks: summary }))
  else for (const one of summary) terminal.print(`${terminal.style.added('✓')} ${one.name}: ${one.resources} objects`)
  return ExitCode.done
}
