import type { Command } from 'commander'
import { common, type Run, variables } from './options.ts'

const watching = (command: Command): Command =>
  variables(
    common(command)
      .option('--git <url>', 'follow a repository instead of a folder (use HEROPODS_GIT_URL for a URL with a password)')
      .option('--branch <name>', 'branch to follow (default: the branch of HEAD)')
      .option('--path <folder>', 'folder of the stacks in the repository')
      .option('--poll <time>', 'time between two fetches (default 60s)')
      .option('--verify-signatures', 'accept signed commits only')
      .option('--allowed-signers <file>', 'file of SSH keys that may sign commits')
      .option('--keyring <folder>', 'GPG home folder with the keys that may sign commits')
      .option('--forge <kind>', 'report commit status to github, gitlab, gitea or forgejo (known for common hosts)')
      .option('--forge-token-file <file>', 'file with the API token (or set HEROPODS_FORGE_TOKEN)')
      .option('--forge-url <url>', 'URL of the API, e.g. https://git.example.com/api/v1')
      .option('--forge-repository <name>', 'OWNER/NAME at the git server (default: from the URL of the repository)')
      .option('--settle <time>', 'how long files must be unchanged before they are read (default 500ms)')
      .option('--listen <addr:port>', 'address of page, metrics and health (default 127.0.0.1:9180)')
      .option('--listen-token-file <file>', 'file with the token of page, API and metrics (or set HEROPODS_PAGE_TOKEN)')
      .option('--no-listen', 'do not serve page, metrics and health'),
  )

/** Adds `watch` and the commands that read its status and events, or pause it. */
export function addWatchCommands(program: Command, run: Run): void {
  const watch = watching(
    program
      .command('watch [folder]')
      .description('apply the stacks in a folder or a repository continuously, and repair drift'),
  )
    .enablePositionalOptions()
    .action(run(async () => (await import('../commands/watch/watch.ts')).watchCommand))
  watching(watch.command('install [folder]').description('run watch with these options as a systemd service'))
    .option('--name <name>', 'name of the systemd unit', 'heropods-watch')
    .option('--print', 'print the unit and install nothing')
    .option('--no-start', 'install the unit without starting it')
    .action(run(async () => (await import('../commands/watch/install.ts')).install))
  common(watch.command('uninstall').description('stop and remove the service; containers keep running'))
    .option('--name <name>', 'name of the systemd unit', 'heropods-watch')
    .action(run(async () => (await import('../commands/watch/uninstall.ts')).uninstall))
  common(program.command('status [stack]').description('show stack status: conditions, generations, drift'))
    .option('-w, --watch', 'follow changes')
    .option('--exit-code', 'end with 2 if a stack is neither ready nor suspended, or is degraded')
    .action(run(async () => (await import('../commands/watch/status.ts')).status))
  common(program.command('events [stack]').description('show events, newest last'))
    .option('-f, --follow', 'follow new events')
    .option('--limit <count>', 'number of past events (default 50)')
    .option('--since <time>', 'show only events since then, e.g. 10m, 2d, 2026-11-27T10:00')
    .option('--until <time>', 'show only events until then, e.g. 10m, 2026-11-27T10:00')
    .option('--raw', 'do not escape control characters on a terminal')
    .action(run(async () => (await import('../commands/watch/events.ts')).events))
  common(program.command('suspend <stacks...>').description('pause watch for stacks'))
    .option('--reason <text>', 'why, for status, page and events')
    .action(run(async () => (await import('../commands/watch/suspend.ts')).suspend))
  common(
    program.command('resume <stacks...>').description('resume watch for stacks and retry rejected changes'),
  ).action(run(async () => (await import('../commands/watch/resume.ts')).resume))
}
