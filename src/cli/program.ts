import { Command, CommanderError } from 'commander'
import packageJson from '../../package.json' with { type: 'json' }
import { ExitCode } from '../model/errors.ts'
import { visible } from '../model/values/visible.ts'
import { type CommonOptions, reportError } from './terminal.ts'

/** Loads the module of a command and returns its action, which takes the arguments and options and returns the exit code. */
type Load = () => Promise<(...args: never[]) => Promise<number>>
/** Makes a commander action of a module that is loaded when the command runs. */
type Run = (load: Load) => (...args: unknown[]) => Promise<void>

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
    await program.parseAsync([...argv], { from: 'user' })
    return code
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    // --help and --version end with 0; every other error of commander is a wrong command line.
    return error.exitCode === 0 ? ExitCode.done : ExitCode.refused
  }
}

/** The table of all commands with their options. */
export function buildProgram(run: Run): Command {
  const program = new Command('heropods')
    .description('Declarative containers for Linux: networks, images, volumes and containers from YAML.')
    .version(packageJson.version, '-V, --version')
    .showSuggestionAfterError()
    .showHelpAfterError('(heropods --help lists all)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void process.stdout.write(visible(text)),
      writeErr: (text) => void process.stderr.write(visible(text)),
    })
    .enablePositionalOptions()
  addStackCommands(program, run)
  addContainerCommands(program, run)
  addStorageCommands(program, run)
  addWatchCommands(program, run)
  addHistoryCommands(program, run)
  addToolCommands(program, run)
  return program
}

/** Collects the values of a repeatable option. */
const several = (value: string, earlier: readonly string[] = []): readonly string[] => [...earlier, value]

const common = (command: Command): Command =>
  command
    .exitOverride()
    .option('--json', 'one JSON document; long work prints one object a line')
    .option('--instance <name>', 'instance to use (HEROPODS_INSTANCE)')

const variables = (command: Command): Command =>
  command
    .option('--var <name=value>', 'value of a variable (repeatable)', several)
    .option('--var-file <file>', 'YAML file of variables (repeatable)', several)
    .option('--profile <name>', 'activate a profile (repeatable)', several)

const stacks = (command: Command): Command =>
  variables(
    common(command).option('-f, --file <file>', 'file to merge with the others into one stack (repeatable)', several),
  )

const planning = (command: Command): Command =>
  stacks(command).option('--target <name>', 'only this object and its dependencies (repeatable)', several)

const applying = (command: Command): Command =>
  command
    .option('-y, --yes', 'do not ask (HEROPODS_YES)')
    .option('--lock-timeout <time>', 'how long to wait for another run, e.g. 30s')

const group = (program: Command, name: string, description: string): Command =>
  program.command(name).description(description).exitOverride()

function addStackCommands(program: Command, run: Run): void {
  planning(
    program
      .command('diff [files...]')
      .description('show the changes of apply, or with @12 @15 the differences of generations; change nothing'),
  )
    .option('--exit-code', 'exit with 2 if there are changes')
    .option('--out <file>', 'save the plan for apply')
    .action(run(async () => (await import('./commands/stacks/diff.ts')).diff))
  applying(
    planning(program.command('apply [files...]').description('make the host equal to the stacks (or to a saved plan)')),
  )
    .option('--delete-data', 'erase the data of volumes that are no longer declared')
    .option('--allow-mass-delete', 'also remove the stacks whose removal watch holds back')
    .option('--wait', 'wait until containers run, and are healthy if they have a check')
    .option('--wait-timeout <time>', 'the longest wait (default 5m)')
    .action(run(async () => (await import('./commands/stacks/apply.ts')).apply))
  applying(
    common(program.command('destroy [stack]').description('remove the objects of a stack in reverse order; keep data')),
  )
    .option('-f, --file <file>', 'file whose stack is removed (repeatable)', several)
    .option('--target <name>', 'only this object (repeatable)', several)
    .option('--all', 'every stack of the instance')
    .option('--delete-data', 'also erase volumes, except protected ones')
    .action(run(async () => (await import('./commands/stacks/destroy.ts')).destroy))
  stacks(program.command('validate [files...]').description('check stacks without reading the host')).action(
    run(async () => (await import('./commands/stacks/validate.ts')).validate),
  )
  stacks(program.command('config [files...]').description('print the canonical form')).action(
    run(async () => (await import('./commands/stacks/config.ts')).config),
  )
  common(
    program.command('explain [name]').description('explain a field and the cost of changing it, or an error code'),
  ).action(run(async () => (await import('./commands/tools/explain.ts')).explain))
}

function addContainerCommands(program: Command, run: Run): void {
  common(program.command('ps [stack]').description('list containers'))
    .option('-q, --quiet', 'names only')
    .action(run(async () => (await import('./commands/containers/ps.ts')).ps))
  common(program.command('inspect <names...>').description('print all data of containers as JSON')).action(
    run(async () => (await import('./commands/containers/inspect.ts')).inspect),
  )
  common(program.command('logs [names...]').description('print the output of containers'))
    .option('-f, --follow', 'follow new lines')
    .option('-n, --tail <lines>', 'only the last lines')
    .option('-t, --timestamps', 'print the time of each line')
    .option('--since <time>', 'only lines newer than this, e.g. 10m')
    .option('--raw', 'do not escape control characters on a terminal')
    .action(run(async () => (await import('./commands/containers/logs.ts')).logs))
  common(program.command('start <names...>').description('start stopped containers with their applied spec')).action(
    run(async () => (await import('./commands/containers/start.ts')).start),
  )
  common(program.command('stop <names...>').description('stop containers; the next apply starts them'))
    .option('-t, --time <seconds>', 'time before SIGKILL')
    .action(run(async () => (await import('./commands/containers/stop.ts')).stop))
  common(program.command('restart <names...>').description('replace the process of containers'))
    .option('-t, --time <seconds>', 'time before SIGKILL')
    .action(run(async () => (await import('./commands/containers/restart.ts')).restart))
  common(program.command('rm <names...>').description('remove containers; the next apply creates them again'))
    .option('--force', 'also running ones')
    .action(run(async () => (await import('./commands/containers/rm.ts')).rm))
  common(program.command('exec <name> <argv...>').description('run a command inside a container'))
    .option('-i, --interactive', 'pass standard input on')
    .option('-t, --tty', 'allocate a terminal')
    .option('-e, --env <name=value>', 'environment variable (repeatable)', several)
    .option('-u, --user <user>', 'user or user:group, by name or number')
    .option('-w, --workdir <folder>', 'working folder')
    .passThroughOptions()
    .action(run(async () => (await import('./commands/containers/exec.ts')).exec))
}

function addStorageCommands(program: Command, run: Run): void {
  const network = group(program, 'network', 'networks')
  common(network.command('ls').description('list networks')).action(
    run(async () => (await import('./commands/instances/network.ts')).networkList),
  )
  const volume = group(program, 'volume', 'volumes')
  common(volume.command('ls').description('list volumes, including released ones')).action(
    run(async () => (await import('./commands/instances/volume.ts')).volumeList),
  )
  common(volume.command('rm <names...>').description('erase released volumes')).action(
    run(async () => (await import('./commands/instances/volume.ts')).volumeRemove),
  )
  const image = group(program, 'image', 'images')
  common(image.command('ls').description('list unpacked images')).action(
    run(async () => (await import('./commands/instances/image.ts')).imageList),
  )
  common(image.command('rm [digests...]').description('remove unused unpacked images'))
    .option('--unused', 'all unused ones, except those that a rollback to one of the last ten good generations needs')
    .option('--all', 'with --unused: those as well')
    .action(run(async () => (await import('./commands/instances/image.ts')).imageRemove))
  const instance = group(program, 'instance', 'instances')
  common(instance.command('ls').description('list instances')).action(
    run(async () => (await import('./commands/instances/instance.ts')).instanceList),
  )
  common(instance.command('rm <name>').description('remove an instance without objects'))
    .option('--delete-data', 'also its images, released volumes and records')
    .action(run(async () => (await import('./commands/instances/instance.ts')).instanceRemove))
}

const watching = (command: Command): Command =>
  variables(
    common(command)
      .option('--git <url>', 'follow a repository instead of a folder (use HEROPODS_GIT_URL for a URL with a password)')
      .option('--branch <name>', 'branch to follow (default: the branch of HEAD)')
      .option('--path <folder>', 'folder of the stacks in the repository')
      .option('--poll <time>', 'time between two fetches (default 60s)')
      .option('--verify-signatures', 'accept signed commits only')
      .option('--allowed-signers <file>', 'SSH keys that may sign')
      .option('--keyring <folder>', 'GPG home whose keys may sign')
      .option('--settle <time>', 'how long files must be unchanged before they are read (default 500ms)')
      .option('--listen <addr:port>', 'address of page, metrics and health (default 127.0.0.1:9180)')
      .option('--no-listen', 'serve nothing'),
  )

function addWatchCommands(program: Command, run: Run): void {
  const watch = watching(
    program.command('watch [folder]').description('keep the host equal to a folder or a repository of stacks'),
  )
    .enablePositionalOptions()
    .action(run(async () => (await import('./commands/watch/watch.ts')).watchCommand))
  watching(watch.command('install [folder]').description('run watch with these options as a systemd service'))
    .option('--name <name>', 'name of the unit', 'heropods-watch')
    .option('--print', 'only print the unit')
    .option('--no-start', 'install it without starting it')
    .action(run(async () => (await import('./commands/watch/install.ts')).install))
  common(watch.command('uninstall').description('stop and remove the service; containers keep running'))
    .option('--name <name>', 'name of the unit', 'heropods-watch')
    .action(run(async () => (await import('./commands/watch/uninstall.ts')).uninstall))
  common(program.command('status [stack]').description('show stack status: conditions, generations, drift'))
    .option('-w, --watch', 'follow changes')
    .action(run(async () => (await import('./commands/watch/status.ts')).status))
  common(program.command('events [stack]').description('show events, newest last'))
    .option('-f, --follow', 'follow new events')
    .option('--limit <count>', 'number of past events (default 50)')
    .option('--since <time>', 'only events newer than this, e.g. 10m')
    .option('--raw', 'do not escape control characters on a terminal')
    .action(run(async () => (await import('./commands/watch/events.ts')).events))
  common(program.command('suspend <stacks...>').description('pause reconciliation of stacks')).action(
    run(async () => (await import('./commands/watch/suspend.ts')).suspend),
  )
  common(
    program.command('resume <stacks...>').description('resume reconciliation of stacks and retry rejected revisions'),
  ).action(run(async () => (await import('./commands/watch/resume.ts')).resume))
}

function addHistoryCommands(program: Command, run: Run): void {
  common(program.command('history [generation]').description('list past runs, or show the changes of one'))
    .option('--limit <count>', 'only the newest (default 20)')
    .action(run(async () => (await import('./commands/stacks/history.ts')).history))
  applying(common(program.command('rollback [generation]').description('apply the state of an earlier generation')))
    .option('--stack <name>', 'only this stack (repeatable)', several)
    .action(run(async () => (await import('./commands/stacks/rollback.ts')).rollback))
  common(program.command('refresh').description('rebuild the records from the host')).action(
    run(async () => (await import('./commands/instances/refresh.ts')).refresh),
  )
  common(program.command('unlock').description('end the lease of a writer that no longer runs')).action(
    run(async () => (await import('./commands/instances/unlock.ts')).unlock),
  )
}

function addToolCommands(program: Command, run: Run): void {
  const pulumi = group(program, 'pulumi', 'Pulumi programs')
  common(pulumi.command('init [folder]').description('create a Pulumi project with two environments')).action(
    run(async () => (await import('./commands/tools/pulumi-init.ts')).pulumiInit),
  )
  common(program.command('doctor').description('check the requirements on this host')).action(
    run(async () => (await import('./commands/tools/doctor.ts')).doctor),
  )
  common(program.command('completion <shell>').description('print a script for bash, zsh or fish')).action(
    run(async () => {
      const { completion } = await import('./commands/tools/completion.ts')
      return (shell: string, options: CommonOptions) => completion(shell, options, program)
    }),
  )
}
