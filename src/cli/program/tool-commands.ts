import type { Command } from 'commander'
import { common, group, type Run } from './options.ts'

/** Adds the commands that concern no stack. */
export function addToolCommands(program: Command, run: Run): void {
  const pulumi = group(program, 'pulumi', 'start a Pulumi project')
  common(pulumi.command('init [folder]').description('create a Pulumi project with two environments')).action(
    run(async () => (await import('../commands/tools/pulumi-init.ts')).pulumiInit),
  )
  common(program.command('schema').description('print the JSON schema of stack files for editors')).action(
    run(async () => (await import('../commands/tools/schema.ts')).printSchema),
  )
  common(
    program
      .command('fmt [files...]')
      .description('format stack files in place, with their keys in the usual order; `-` formats standard input'),
  )
    .option('--check', 'write nothing; print the files that are not formatted and exit with 1')
    .option('--diff', 'write nothing; print the changes and exit with 1 if there are any')
    .action(run(async () => (await import('../commands/tools/fmt.ts')).fmt))
  common(
    program
      .command('init [folder]')
      .description(
        'create a first stack from questions, a template or a Compose file; without a terminal it asks nothing and uses the defaults',
      ),
  )
    .option('--template <name>', 'start from a template (--list prints them)')
    .option('--list', 'list the templates')
    .option('--from <file>', 'convert a Compose file and print each change; keys get the order of `fmt`')
    .option('--name <name>', 'name of the stack (default: name in the Compose file, or of the folder)')
    .option('--image <image>', 'image of the container (default: busybox)')
    .option('--port <ports>', 'HOST_PORT:PORT to publish')
    .option('--volume <path>', 'path in the container to store in a volume')
    .option('--health <path>', 'path of the HTTP health check')
    .option('--replicas <count>', 'number of containers (default 1)')
    .action(run(async () => (await import('../commands/tools/init.ts')).init))
  common(program.command('doctor').description('check this host and the instance: problems, with their repair, first'))
    .option('-v, --all', 'also list the checks that passed')
    .option('--repair', 'repair network rules, records, IP forwarding and leftovers of killed runs')
    .option('-y, --yes', 'repair without asking (HEROPODS_YES)')
    .action(run(async () => (await import('../commands/doctor/doctor.ts')).doctor))
  common(program.command('completion <shell>').description('print the completion script for bash, zsh or fish')).action(
    run(async () => (await import('../commands/tools/completion.ts')).completion),
  )
}
