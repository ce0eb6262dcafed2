import { Command, CommanderError } from 'commander'
import packageJson from '../../package.json' with { type: 'json' }
import { ExitCode } from '../model/errors.ts'
import { visible } from '../model/values/visible.ts'
import { type CommonOptions, tellError } from './context.ts'

type Load = () => Promise<(...given: never[]) => Promise<number>>

/** Every command with its options: the one place to look up what there is. Each command's module is loaded when it runs. */
export async function runProgram(argv: readonly string[]): Promise<number> {
  let code: number = ExitCode.done
  /** Loads and runs an action, and turns what it throws into a message and an exit code. */
  const run =
    (load: Load) =>
    async (...given: unknown[]): Promise<void> => {
      const options = (given.at(-2) ?? {}) as { json?: boolean }
      try {
        const action = (await load()) as (...all: unknown[]) => Promise<number>
        code = await action(...given.slice(0, -1))
      } catch (error) {
        code = tellError(error, options)
      }
    }
  const program = buildProgram(run)
  try {
    await program.parseAsync([...argv], { from: 'user' })
    return code
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    // Help and version were asked for; everything else is a wrong command line.
    return error.exitCode === 0 ? ExitCode.done : ExitCode.refused
  }
}

const several = (value: string, earlier: readonly string[] = []): readonly string[] => [...earlier, value]

/** The commands; `run` makes an action of a module that is loaded when it is called. */
export function buildProgram(run: (load: Load) => (...given: unknown[]) => Promise<void>): Command {
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
  const common = (command: Command): Command =>
    command
      .exitOverride()
      .option('--json', 'one JSON document, or one object a line for long work')
      .option('--instance <name>', 'instance to work on (HEROPODS_INSTANCE)')
  const stacks = (command: Command): Command =>
    common(command)
      .option('-f, --file <file>', 'file to merge into one stack with the others (repeatable)', several)
      .option('--var <name=value>', 'value of a variable (repeatable)', several)
      .option('--var-file <file>', 'YAML file of variables (repeatable)', several)
      .option('--profile <name>', 'activate a profile (repeatable)', several)
  const planning = (command: Command): Command =>
    stacks(command).option('--target <name>', 'only this object and what it stands on (repeatable)', several)
  const applying = (command: Command): Command =>
    command
      .option('-y, --yes', 'do not ask (HEROPODS_YES)')
      .option('--lock-timeout <time>', 'wait this long for another run, as 30s')
  const group = (name: string, description: string): Command =>
    program.command(name).description(description).exitOverride()

  planning(
    program
      .command('diff [files...]')
      .description('show what apply would do, or with @12 @15 what differs between generations; touch nothing'),
  )
    .option('--exit-code', 'exit with 2 where there are changes')
    .option('--out <file>', 'save the plan for apply')
    .action(run(async () => (await import('./commands/plan.ts')).diff))
  applying(
    planning(program.command('apply [files...]').description('make the host equal to the stacks (or to a saved plan)')),
  )
    .option('--delete-data', 'erase the data of volumes that are no longer stated')
    .option(
      '--allow-mass-delete',
      'also remove the stacks that watch holds back, since the folder no longer states them',
    )
    .option('--wait', 'wait until containers run, and are healthy where they have a check')
    .option('--wait-timeout <time>', 'how long at most (default 5m)')
    .action(run(async () => (await import('./commands/plan.ts')).apply))
  applying(
    common(program.command('destroy [stack]').description('remove what a stack owns, in reverse order; data stays')),
  )
    .option('-f, --file <file>', 'file whose stack is meant (repeatable)', several)
    .option('--target <name>', 'only this object (repeatable)', several)
    .option('--all', 'every stack of the instance')
    .option('--delete-data', 'erase volumes too, but for protected ones')
    .action(run(async () => (await import('./commands/plan.ts')).destroy))
  stacks(program.command('validate [files...]').description('check stacks without looking at the host')).action(
    run(async () => (await import('./commands/stack.ts')).validate),
  )
  stacks(program.command('config [files...]').description('print the canonical form')).action(
    run(async () => (await import('./commands/stack.ts')).config),
  )
  common(
    program
      .command('explain [name]')
      .description('what a field means and what changing it costs, or what an error code means'),
  ).action(run(async () => (await import('./commands/explain.ts')).explain))

  common(program.command('ps [stack]').description('list containers'))
    .option('-q, --quiet', 'names only')
    .action(run(async () => (await import('./commands/look.ts')).ps))
  common(program.command('inspect <names...>').description('all that is known of containers, as JSON')).action(
    run(async () => (await import('./commands/look.ts')).inspect),
  )
  common(program.command('logs [names...]').description('what containers wrote'))
    .option('-f, --follow', 'go on as it comes')
    .option('-n, --tail <lines>', 'only the last lines')
    .option('-t, --timestamps', 'with the time of each line')
    .option('--since <time>', 'only of the last while, as 10m')
    .option('--raw', 'on a terminal too, as it was written: signs that steer the terminal are not escaped')
    .action(run(async () => (await import('./commands/logs.ts')).logs))

  common(program.command('start <names...>').description('start stopped containers as they were')).action(
    run(async () => (await import('./commands/act.ts')).start),
  )
  common(program.command('stop <names...>').description('stop containers; the next apply starts them'))
    .option('-t, --time <seconds>', 'grace before SIGKILL')
    .action(run(async () => (await import('./commands/act.ts')).stop))
  common(program.command('restart <names...>').description('give containers a new process'))
    .option('-t, --time <seconds>', 'grace before SIGKILL')
    .action(run(async () => (await import('./commands/act.ts')).restart))
  common(program.command('rm <names...>').description('remove containers; the next apply makes them anew'))
    .option('--force', 'running ones too')
    .action(run(async () => (await import('./commands/act.ts')).rm))
  common(program.command('exec <name> <argv...>').description('run a command inside a container'))
    .option('-i, --interactive', 'pass standard input on')
    .option('-t, --tty', 'allocate a terminal')
    .option('-e, --env <name=value>', 'environment variable (repeatable)', several)
    .option('-u, --user <user>', 'user or user:group, by name or number')
    .option('-w, --workdir <folder>', 'working folder')
    .passThroughOptions()
    .action(run(async () => (await import('./commands/exec.ts')).exec))

  const network = group('network', 'networks')
  common(network.command('ls').description('list networks')).action(
    run(async () => (await import('./commands/kind.ts')).networkList),
  )
  const volume = group('volume', 'volumes')
  common(volume.command('ls').description('list volumes, released ones too')).action(
    run(async () => (await import('./commands/kind.ts')).volumeList),
  )
  common(volume.command('rm <names...>').description('erase released volumes')).action(
    run(async () => (await import('./commands/kind.ts')).volumeRemove),
  )
  const image = group('image', 'images')
  common(image.command('ls').description('list unpacked images')).action(
    run(async () => (await import('./commands/kind.ts')).imageList),
  )
  common(image.command('rm [digests...]').description('remove unpacked images that nothing uses'))
    .option('--unused', 'all of them, but for those that a rollback to one of the last ten good generations needs')
    .option('--all', 'with --unused: those as well')
    .action(run(async () => (await import('./commands/kind.ts')).imageRemove))
  const instance = group('instance', 'instances')
  common(instance.command('ls').description('list instances')).action(
    run(async () => (await import('./commands/instance.ts')).instanceList),
  )
  common(instance.command('rm <name>').description('remove an instance without objects'))
    .option('--delete-data', 'its images, released volumes and records too')
    .action(run(async () => (await import('./commands/instance.ts')).instanceRemove))

  const watching = (command: Command): Command =>
    common(command)
      .option('--git <url>', 'follow a repository instead of a folder (HEROPODS_GIT_URL, where it holds a password)')
      .option('--branch <name>', 'branch to follow (default: the one its HEAD names)')
      .option('--path <folder>', 'folder of the stacks in the repository')
      .option('--poll <time>', 'how often the repository is asked (default 60s)')
      .option('--verify-signatures', 'take signed commits only')
      .option('--allowed-signers <file>', 'SSH keys that may sign')
      .option('--keyring <folder>', 'GPG home whose keys may sign')
      .option('--settle <time>', 'how long files must have been still (default 500ms)')
      .option('--listen <addr:port>', 'where page, metrics and health are served (default 127.0.0.1:9180)')
      .option('--no-listen', 'serve nothing')
      .option('--var <name=value>', 'value of a variable (repeatable)', several)
      .option('--var-file <file>', 'YAML file of variables (repeatable)', several)
      .option('--profile <name>', 'activate a profile (repeatable)', several)
  const watch = watching(
    program.command('watch [folder]').description('keep the host equal to a folder or a repository of stacks'),
  )
    .enablePositionalOptions()
    .action(run(async () => (await import('./commands/watch.ts')).watchCommand))
  watching(
    watch.command('install [folder]').description('run watch, with the options given here, as a systemd service'),
  )
    .option('--name <name>', 'name of the unit', 'heropods-watch')
    .option('--print', 'only print the unit')
    .option('--no-start', 'install it without starting it')
    .action(run(async () => (await import('./commands/watch-service.ts')).install))
  common(watch.command('uninstall').description('stop and remove the service; containers run on'))
    .option('--name <name>', 'name of the unit', 'heropods-watch')
    .action(run(async () => (await import('./commands/watch-service.ts')).uninstall))
  common(program.command('status [stack]').description('how stacks are: conditions, generations, drift'))
    .option('-w, --watch', 'go on as it changes')
    .action(run(async () => (await import('./commands/status.ts')).status))
  common(program.command('events [stack]').description('what happened, newest last'))
    .option('-f, --follow', 'go on as they come')
    .option('--limit <count>', 'how many of the past (default 50)')
    .option('--since <time>', 'only of the last while, as 10m')
    .option('--raw', 'on a terminal too, as it was written: signs that steer the terminal are not escaped')
    .action(run(async () => (await import('./commands/events.ts')).events))
  common(program.command('suspend <stacks...>').description('have watch leave stacks alone')).action(
    run(async () => (await import('./commands/suspend.ts')).suspend),
  )
  common(
    program.command('resume <stacks...>').description('have watch keep stacks again, and try what it rejected'),
  ).action(run(async () => (await import('./commands/suspend.ts')).resume))

  const pulumi = group('pulumi', 'Pulumi programs')
  common(pulumi.command('init [folder]').description('a Pulumi project with two environments, to start from')).action(
    run(async () => (await import('./commands/pulumi.ts')).pulumiInit),
  )

  common(program.command('history [generation]').description('runs that changed something, or what one of them did'))
    .option('--limit <count>', 'the newest only (default 20)')
    .action(run(async () => (await import('./commands/history.ts')).history))
  applying(common(program.command('rollback [generation]').description('bring back what an earlier generation had')))
    .option('--stack <name>', 'only this stack (repeatable)', several)
    .action(run(async () => (await import('./commands/rollback.ts')).rollback))
  common(program.command('refresh').description('make the records equal to the host')).action(
    run(async () => (await import('./commands/state.ts')).refresh),
  )
  common(program.command('unlock').description('end a lease that a dead writer left')).action(
    run(async () => (await import('./commands/state.ts')).unlock),
  )
  common(program.command('doctor').description('check what this host has and lacks')).action(
    run(async () => (await import('./commands/doctor.ts')).doctor),
  )
  common(program.command('completion <shell>').description('script for bash, zsh or fish')).action(
    run(async () => {
      const { completion } = await import('./commands/completion.ts')
      return (shell: string, options: CommonOptions) => completion(shell, options, program)
    }),
  )
  return program
}
