import { HeroPodsError } from '../../model/errors.ts'
import { faultOfProgram } from '../../model/system-fault.ts'
import type { CommandResult } from '../contract/commands.ts'

/** The error for a command that must succeed. Pure. */
export function commandFailedError(result: CommandResult): HeroPodsError {
  const { program, args } = result.command
  if (result.missing) {
    return new HeroPodsError({
      code: 'tool-missing',
      message: `The program ${program} is not installed.`,
      hint: '`heropods doctor` shows how to install missing programs.',
    })
  }
  const ending = result.signal ? `ended by ${result.signal}` : `exit code ${result.exitCode}`
  const said = result.stderr.trim() || result.stdout.trim()
  return new HeroPodsError({
    code: 'command-failed',
    ...faultOfProgram(said, result.signal),
    message: `\`${[program, ...args].join(' ').slice(0, 300)}\` failed (${ending})${said ? `: ${said.slice(-2000)}` : ''}`,
    retryable: true,
  })
}
