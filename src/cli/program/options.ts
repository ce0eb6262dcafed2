import type { Command } from 'commander'

/** Loads the module of a command and returns its action, which takes the arguments and options and returns the exit code. */
export type Load = () => Promise<(...args: never[]) => Promise<number>>
/** Makes a commander action of a module that is loaded when the command runs. */
export type Run = (load: Load) => (...args: unknown[]) => Promise<void>

/** Collects the values of a repeatable option. */
export const several = (value: string, earlier: readonly string[] = []): readonly string[] => [...earlier, value]

export const common = (command: Command): Command =>
  command
    .exitOverride()
    .option('--json', 'print JSON (one object per line while streaming)')
    .option('--instance <name>', 'instance to use (HEROPODS_INSTANCE)')

export const variables = (command: Command): Command =>
  command
    .option('--var <name=value>', 'set a variable of the stack (repeatable)', several)
    .option('--var-file <file>', 'read variables from a YAML file (repeatable)', several)
    .option('--profile <name>', 'activate a profile (repeatable)', several)

export const stacks = (command: Command): Command =>
  variables(
    common(command).option('-f, --file <file>', 'merge this file into one stack with the others (repeatable)', several),
  )

export const planning = (command: Command): Command =>
  stacks(command).option('--target <name>', 'limit the run to this object and its dependencies (repeatable)', several)

/** Options of the text of a plan. */
export const showing = (command: Command): Command =>
  command
    .option('--full', 'show every field of new objects')
    .option('--show-values', 'show the values of environment variables, except sensitive ones')

export const applying = (command: Command): Command =>
  showing(command)
    .option('-y, --yes', 'do not ask (HEROPODS_YES)')
    .option('--lock-timeout <time>', 'how long to wait for another run, e.g. 30s')

export const group = (program: Command, name: string, description: string): Command =>
  program.command(name).description(description).exitOverride()
