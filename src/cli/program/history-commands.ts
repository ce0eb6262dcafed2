import type { Command } from 'commander'
import { applying, common, type Run, several, showing } from './options.ts'

/** Adds the commands that read past runs, return to one of them, or repair records. */
export function addHistoryCommands(program: Command, run: Run): void {
  showing(
    common(program.command('history [generation|stack]').description('list past runs, or show the changes of one')),
  )
    .option('--limit <count>', 'show only the newest runs (default 20)')
    .action(run(async () => (await import('../commands/stacks/history.ts')).history))
  common(
    program
      .command('why <name>')
      .description('explain an object, config or secret: its file and line, last change, drift and dependencies'),
  ).action(run(async () => (await import('../commands/stacks/why.ts')).why))
  applying(common(program.command('rollback [generation]').description('apply the state of an earlier generation')))
    .option('--stack <name>', 'roll back only this stack (repeatable)', several)
    .action(run(async () => (await import('../commands/stacks/rollback.ts')).rollback))
  common(program.command('refresh').description('rebuild the records from the host')).action(
    run(async () => (await import('../commands/instances/refresh.ts')).refresh),
  )
  common(program.command('unlock').description('remove the stale lock of a crashed run')).action(
    run(async () => (await import('../commands/instances/unlock.ts')).unlock),
  )
}
