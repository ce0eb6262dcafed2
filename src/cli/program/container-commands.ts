import type { Command } from 'commander'
import { common, type Run, several } from './options.ts'

/** Adds the commands that read or change single containers. */
export function addContainerCommands(program: Command, run: Run): void {
  common(program.command('ps [stacks...]').description('list containers, including stopped ones'))
    .option('-q, --quiet', 'print only the names')
    .option('-a, --all', 'include stopped containers; this is the default')
    .action(run(async () => (await import('../commands/containers/ps.ts')).ps))
  common(program.command('inspect <names...>').description('print all data of containers as JSON'))
    .option('--show-values', 'print the values of environment variables, except sensitive ones')
    .option('--oci', 'print config.json, which the OCI runtime reads')
    .action(run(async () => (await import('../commands/containers/inspect.ts')).inspect))
  common(program.command('changes <name>').description('list files that differ from the image of a container')).action(
    run(async () => (await import('../commands/containers/changes.ts')).changes),
  )
  common(program.command('logs [names...]').description('print the output of containers or stacks'))
    .option('-f, --follow', 'follow new lines')
    .option('-n, --tail <lines>', 'print only the last lines')
    .option('-t, --timestamps', 'print the time of each line')
    .option('--since <time>', 'print only lines since then, e.g. 10m, 2d, 2026-11-27T10:00')
    .option('--until <time>', 'print only lines until then, e.g. 10m, 2026-11-27T10:00')
    .option('-p, --previous', 'print only the lines of the run before the last one')
    .option('--raw', 'do not escape control characters on a terminal')
    .action(run(async () => (await import('../commands/containers/logs.ts')).logs))
  common(program.command('stats [names...]').description('show CPU, memory and I/O of running containers'))
    .option('--stream', 'print readings until Ctrl-C (default on a terminal and with --json)')
    .option('--no-stream', 'print one reading and exit (default in a pipe)')
    .option('--interval <time>', 'time between two readings, e.g. 500ms (default: 1s)')
    .action(run(async () => (await import('../commands/containers/stats.ts')).stats))
  common(program.command('top <name>').description('list the processes of a container')).action(
    run(async () => (await import('../commands/containers/top.ts')).top),
  )
  common(program.command('port <name> [port]').description('print the published ports of a container')).action(
    run(async () => (await import('../commands/containers/port.ts')).port),
  )
  common(
    program.command('wait <names...>').description('wait until containers exit, and print their exit codes'),
  ).action(run(async () => (await import('../commands/containers/wait.ts')).wait))
  common(program.command('start <names...>').description('start stopped containers'))
    .option('--keep-alive', 'hold them open after their command has ended with 0')
    .action(run(async () => (await import('../commands/containers/start.ts')).start))
  common(program.command('stop <names...>').description('stop containers; the next apply starts them'))
    .option('-t, --time <seconds>', 'seconds before SIGKILL (default: the stop_grace_period of the container)')
    .action(run(async () => (await import('../commands/containers/stop.ts')).stop))
  common(program.command('restart <names...>').description('restart containers'))
    .option('-t, --time <seconds>', 'seconds before SIGKILL (default: the stop_grace_period of the container)')
    .action(run(async () => (await import('../commands/containers/restart.ts')).restart))
  common(program.command('pause <names...>').description('freeze the processes of containers until `unpause`')).action(
    run(async () => (await import('../commands/containers/pause.ts')).pause),
  )
  common(program.command('unpause <names...>').description('let paused containers continue')).action(
    run(async () => (await import('../commands/containers/pause.ts')).unpause),
  )
  common(program.command('rm <names...>').description('remove containers; the next apply creates them again'))
    .option('--force', 'also remove running containers')
    .action(run(async () => (await import('../commands/containers/rm.ts')).rm))
  common(program.command('cp <from> <to>').description('copy files into or out of a container: NAME:PATH is its path'))
    .option('-a, --archive', 'keep owners and set-user-ID bits')
    .option('-L, --follow-link', 'follow a link as the source')
    .action(run(async () => (await import('../commands/containers/cp.ts')).cp))
  common(program.command('exec <name> <argv...>').description('run a command inside a container'))
    .option('-i, --interactive', 'pass standard input to the command')
    .option('-t, --tty', 'allocate a terminal')
    .option('-e, --env <name=value>', 'set an environment variable (repeatable)', several)
    .option('-u, --user <user>', 'user or user:group, by name or number')
    .option('-w, --workdir <folder>', 'working folder of the command')
    .passThroughOptions()
    .action(run(async () => (await import('../commands/containers/exec.ts')).exec))
  common(program.command('tmux <name> [argv...]').description('run a command in a container in a pane of tmux'))
    .option('--window <name>', 'window of the session (default: the name of the container)')
    .option('--pane <number>', 'number of the pane in the window (default: 0)')
    .option('--title <text>', 'title of the pane')
    .option('--reset', 'end the command of a pane that exists, and run this one')
    .option('-e, --env <name=value>', 'set an environment variable (repeatable)', several)
    .option('-d, --detach', 'do not show the session')
    .passThroughOptions()
    .action(run(async () => (await import('../commands/containers/tmux.ts')).tmux))
}
