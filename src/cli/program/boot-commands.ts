import type { Command } from 'commander'
import { common, type Run } from './options.ts'

/** Adds `boot` and the commands of its service. */
export function addBootCommands(program: Command, run: Run): void {
  const boot = common(
    program
      .command('boot')
      .description('start the containers whose restart policy starts them after a reboot; does not ask'),
  )
    .option('--lock-timeout <time>', 'how long to wait for another run (default 10m)')
    .enablePositionalOptions()
    .action(run(async () => (await import('../commands/boot/boot.ts')).boot))
  const named = (command: Command): Command =>
    common(command).option(
      '--name <name>',
      'name of the systemd unit (default: heropods-boot, or heropods-boot-INSTANCE)',
    )
  const load = () => import('../commands/boot/install.ts')
  named(boot.command('install').description('run boot at each start of the host, as a systemd service'))
    .option('--print', 'print the unit and install nothing')
    .action(run(async () => (await load()).install))
  named(boot.command('uninstall').description('remove the service; containers keep running')).action(
    run(async () => (await load()).uninstall),
  )
  named(boot.command('status').description('show the service, and which containers start after a reboot')).action(
    run(async () => (await import('../commands/boot/status.ts')).status),
  )
}
