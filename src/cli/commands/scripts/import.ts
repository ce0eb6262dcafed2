import { toStack } from '../../../heroscript/to-stack.ts'
import { instancePaths } from '../../../host/files/paths.ts'
import { ExitCode } from '../../../model/errors.ts'
import { formatStack } from '../../../stack/format/format-stack.ts'
import { localHost } from '../../local-host.ts'
import { type CommonOptions, openTerminal, printWarnings } from '../../terminal.ts'
import { readScript } from './read-script.ts'

/**
 * `heropods import FILE`: prints the stack with the same containers and network settings as a HeroScript, and warns about each part that a
 * stack cannot express. Raises all errors of the script (refused).
 */
export async function importScript(file: string, options: CommonOptions): Promise<number> {
  const { instance } = instancePaths(localHost.environment, options.instance)
  const { text, warnings } = toStack(readScript(file), instance)
  const stack = text === '' ? '' : await formatStack(text)
  if (options.json) openTerminal().print(JSON.stringify({ stack, warnings }))
  else {
    if (stack !== '') openTerminal().print(stack)
    printWarnings(warnings)
  }
  return ExitCode.done
}
