import type { Command } from 'commander'
import { applying, common, planning, type Run, several, showing, stacks } from './options.ts'

/** Adds the commands that plan, apply and check stacks. */
export function addStackCommands(program: Command, run: Run): void {
  const diff = planning(
    program
      .command('diff [files...]')
      .description('show the changes that apply would make (read-only); @12 @15 compares generations'),
  )
  showing(diff)
    .option('--exit-code', 'exit with 2 if there are changes')
    .option('--out <file>', 'save the plan for apply')
    .option('--format <name>', 'text, or markdown for a comment on a pull request (default text)')
    .action(run(async () => (await import('../commands/stacks/diff.ts')).diff))
  applying(
    planning(
      program
        .command('apply [files...]')
        .description('create, update and remove objects until the host matches the stacks (or a saved plan)'),
    ),
  )
    .option('--delete-data', 'erase the data of volumes that are no longer declared')
    .option('--allow-mass-delete', 'also remove the stacks whose removal watch holds back')
    .option('--no-verify', 'do not wait to see that started containers stay up')
    .option('--wait', 'wait until containers run, and are healthy if they have a check')
    .option('--wait-timeout <time>', 'how long --wait may take (default 5m)')
    .action(run(async () => (await import('../commands/stacks/apply.ts')).apply))
  applying(
    common(program.command('destroy [stack]').description('remove the objects of a stack; the data of volumes stays')),
  )
    .option('-f, --file <file>', 'take the name of the stack from this file (repeatable)', several)
    .option('--target <name>', 'remove only this object (repeatable)', several)
    .option('--all', 'remove every stack of the instance')
    .option('--delete-data', 'also erase volumes, except protected ones')
    .action(run(async () => (await import('../commands/stacks/destroy.ts')).destroy))
  stacks(program.command('validate [files...]').description('check stacks without reading the host')).action(
    run(async () => (await import('../commands/stacks/validate.ts')).validate),
  )
  stacks(program.command('config [files...]').description('print the stack with all defaults filled in')).action(
    run(async () => (await import('../commands/stacks/config.ts')).config),
  )
  common(
    program.command('explain [name]').description('explain a field, an error code, or a reason in a status'),
  ).action(run(async () => (await import('../commands/tools/explain.ts')).explain))
}
