import { ExitCode } from '../../model/errors.ts'
import { canonicalDocument } from '../../stack/canonical.ts'
import { openTerminal } from '../context.ts'
import { loadStacks, planInputs, type StackOptions } from '../inputs.ts'

/** `heropods validate`: whether stacks are right, without looking at the host. */
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

/** `heropods config`: the canonical form, with every default filled in and everything in one order. */
export async function config(files: readonly string[], options: StackOptions): Promise<number> {
  const terminal = openTerminal()
  const { stacks } = await loadStacks(planInputs(files, options))
  const documents = stacks.map(canonicalDocument)
  if (options.json) terminal.print(JSON.stringify({ stacks: documents }))
  else {
    const { toText } = await import('../../stack/read/write-yaml.ts')
    terminal.print(documents.map(toText).join('---\n'))
  }
  return ExitCode.done
}
