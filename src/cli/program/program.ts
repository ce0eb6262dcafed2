import { Command, CommanderError } from 'commander'
import packageJson from '../../../package.json' with { type: 'json' }
import { ExitCode } from '../../model/errors.ts'
import { visible } from '../../model/values/visible.ts'
import { type CommonOptions, reportError } from '../terminal.ts'
import { addBootCommands } from './boot-commands.ts'
import { addContainerCommands } from './container-commands.ts'
import { addExamples } from './help.ts'
import { addHistoryCommands } from './history-commands.ts'
import { addImageCommands } from './image-commands.ts'
import type { Run } from './options.ts'
import { addRunCommand } from './run-command.ts'
import { addScriptCommands } from './script-commands.ts'
import { addStackCommands } from './stack-commands.ts'
import { addStorageCommands } from './storage-commands.ts'
import { addToolCommands } from './tool-commands.ts'
import { addWatchCommands } from './watch-commands.ts'

/** Runs a command line, without the program's own name, and returns the exit code. Errors are printed. */
export async function runProgram(argv: readonly string[]): Promise<number> {
  let code: number = ExitCode.done
  const run: Run =
    (load) =>
    async (...args) => {
      const options = (args.at(-2) ?? {}) as CommonOptions
      try {
        const action = (await load()) as (...all: unknown[]) => Promise<number>
        code = await action(...args.slice(0, -1))
      } catch (error) {
        code = reportError(error, options)
      }
    }
  const program = buildProgram(run)
  try {
    await program.parseAsync(argv.join() === '-v' ? ['--version'] : [...argv], { from: 'user' })
    return code
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode === 0) return ExitCode.done
    // The help of a group without a command is printed already.
    if (error.code === 'commander.help') return ExitCode.refused
    const { usageError: wrongCommandLine } = await import('./unknown/wrong-command-line.ts')
    return reportError(wrongCommandLine(error, program, argv), { json: argv.includes('--json') })
  }
}

/** The table of all commands with their options. */
export function buildProgram(run: Run): Command {
  const program = new Command('heropods')
    .description('Declarative containers for Linux: networks, images, volumes and containers from YAML.')
    .version(packageJson.version, '-V, --version')
    .showSuggestionAfterError(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void process.stdout.write(visible(text)),
      writeErr: (text) => void process.stderr.write(visible(text)),
      // `runProgram` prints errors.
      outputError: () => undefined,
    })
    .enablePositionalOptions()
  addStackCommands(program, run)
  addContainerCommands(program, run)
  addRunCommand(program, run)
  addStorageCommands(program, run)
  addImageCommands(program, run)
  addWatchCommands(program, run)
  addBootCommands(program, run)
  addHistoryCommands(program, run)
  addScriptCommands(program, run)
  addToolCommands(program, run)
  addExamples(program)
  return program
}
