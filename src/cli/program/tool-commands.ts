import type { Command } from 'commander'
import type { CommonOptions } from '../terminal.ts'
import { common, group, type Run } from './options.ts'

/** Adds the commands that concern no stack. */
export function addToolCommands(program: Command, run: Run): void {
  const pulumi = group(program, 'pulumi', 'start a Pulumi project')
  common(pulumi.command('init [folder]').description('create a Pulumi project with two environments')).action(
    run(async () => (await import('../commands/tools/pulumi-init.ts')).pulumiInit),
  )
  common(program.command('doctor').description('check the requirements on this host')).action(
    run(async () => (await import('../commands/tools/doctor.ts')).doctor),
  )
  common(program.command('completion <shell>').description('print a script for bash, zsh or fish')).action(
    run(async () => {
      const { completion } = await import('../commands/tools/completion.ts')
      return (shell: string, options: CommonOptions) => completion(shell, options, program)
    }),
  )
}
