import type { Command } from 'commander'
import { common, type Run } from './options.ts'

/** Adds the commands that read a HeroScript. */
export function addScriptCommands(program: Command, run: Run): void {
  common(
    program
      .command('import <file>')
      .description('print the stack that is equivalent to a HeroScript; `-` reads standard input'),
  ).action(run(async () => (await import('../commands/scripts/import.ts')).importScript))
  common(program.command('play <file>').description('run a HeroScript; `-` reads standard input'))
    .option('--dry-run', 'print the effect of each action, and change nothing')
    .option('--lock-timeout <time>', 'how long each action waits for another run, e.g. 30s (default: 10m)')
    .action(run(async () => (await import('../commands/scripts/play.ts')).play))
}
