import { ExitCode, refusedError } from '../../../model/errors.ts'
import { ownValue } from '../../../model/values/own-value.ts'
import { completionScripts } from '../../completion/scripts.ts'
import { type CommonOptions, openTerminal } from '../../terminal.ts'

/** `heropods completion SHELL`: prints a completion script for bash, zsh or fish. Raises `usage` (refused). */
export async function completion(shell: string, options: CommonOptions): Promise<number> {
  const script = ownValue(completionScripts, shell)
  if (script === undefined)
    throw refusedError({
      code: 'usage',
      message: `There is no completion for "${shell}".`,
      hint: `One of: ${Object.keys(completionScripts).join(', ')}.`,
    })
  openTerminal().print(options.json ? JSON.stringify({ shell, script }) : script)
  return ExitCode.done
}
