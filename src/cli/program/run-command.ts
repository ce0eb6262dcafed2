import type { Command } from 'commander'
import { type Run, several, stacks } from './options.ts'

/** Adds `run`, with the options of `docker run` that have a field in a stack file. */
export function addRunCommand(program: Command, run: Run): void {
  const command = stacks(
    program
      .command('run <target> [command...]')
      .description('run a command in a new container: of an image, or as a container of a stack'),
  )
    .option('--rm', 'remove the container when it has ended')
    .option('-d, --detach', 'do not wait for it; print its name')
    .option('-i, --interactive', 'pass standard input to the command')
    .option('-t, --tty', 'allocate a terminal')
    .option('--name <name>', 'name of the container (default: a random one)')
    .option('--service-ports', 'also publish the ports of the container of the stack')
    .option('--lock-timeout <time>', 'how long to wait for another run (default: 10m)')
  addProcessOptions(command)
  addPlaceOptions(command)
  addRightsOptions(command)
  command.passThroughOptions().action(run(async () => (await import('../commands/containers/run/run.ts')).run))
}

const addProcessOptions = (command: Command): Command =>
  command
    .option('-e, --env <name=value>', 'set a variable; without =value: as in this environment (repeatable)', several)
    .option('--env-file <file>', 'read variables from a file (repeatable)', several)
    .option('-w, --workdir <folder>', 'working folder of the command')
    .option('-u, --user <user>', 'user or user:group, by name or number')
    .option('--group-add <group>', 'add a group (repeatable)', several)
    .option('--entrypoint <program>', 'replace the entrypoint; the command of the image is then not used')
    .option('--init', 'run an init process that passes signals on')
    .option('--restart <policy>', 'restart policy, with -d: no, on-failure, always, unless-stopped')
    .option('--stop-signal <signal>', 'signal that stops it')
    .option('--stop-timeout <seconds>', 'seconds between the stop signal and SIGKILL')
    .option('-l, --label <name=value>', 'set a label (repeatable)', several)

const addPlaceOptions = (command: Command): Command =>
  command
    .option(
      '-v, --volume <volume>',
      'mount SOURCE:TARGET[:OPTIONS], e.g. ./data:/data:ro,noexec; a path or a volume (repeatable)',
      several,
    )
    .option('--tmpfs <folder>', 'mount a file system in memory (repeatable)', several)
    .option('-p, --publish <port>', 'publish HOST:CONTAINER on 127.0.0.1 (repeatable)', several)
    .option('--network <network>', 'a network, none, host or container:NAME (repeatable)', several)
    .option('--hostname <name>', 'host name inside')
    .option('--add-host <host:address>', 'add a host name (repeatable)', several)
    .option('--dns <address>', 'name server (repeatable)', several)
    .option('--pull <policy>', 'always, missing or never (default: missing)')

const addRightsOptions = (command: Command): Command =>
  command
    .option('-m, --memory <size>', 'limit of memory, e.g. 512m')
    .option('--memory-swap <size>', 'limit of memory and swap together')
    .option('--cpus <number>', 'limit of CPUs, e.g. 1.5')
    .option('--cpu-shares <number>', 'weight of CPU time')
    .option('--cpuset-cpus <list>', 'CPUs to use, e.g. 0-1')
    .option('--pids-limit <number>', 'limit of processes')
    .option('--shm-size <size>', 'size of /dev/shm')
    .option('--ulimit <name=soft:hard>', 'set a limit of the process (repeatable)', several)
    .option('--sysctl <name=value>', 'set a kernel parameter of its network (repeatable)', several)
    .option('--cap-add <capability>', 'add a capability (repeatable)', several)
    .option('--cap-drop <capability>', 'drop a capability (repeatable)', several)
    .option('--security-opt <option>', 'a security option (repeatable)', several)
    .option('--device <device>', 'make a device of the host available (repeatable)', several)
    .option('--privileged', 'all capabilities and devices')
    .option('--read-only', 'make the root file system read-only')
