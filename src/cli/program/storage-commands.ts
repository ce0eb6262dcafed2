import type { Command } from 'commander'
import { applying, common, group, type Run, several } from './options.ts'

const yes = 'erase without asking (HEROPODS_YES); without a terminal nothing is asked'

/** Adds the commands of networks, volumes and instances. */
export function addStorageCommands(program: Command, run: Run): void {
  const network = group(program, 'network', 'list networks')
  common(network.command('ls').description('list networks')).action(
    run(async () => (await import('../commands/instances/network.ts')).networkList),
  )
  const volume = group(program, 'volume', 'list and erase volumes')
  common(volume.command('ls').description('list volumes, including released ones')).action(
    run(async () => (await import('../commands/instances/volume.ts')).volumeList),
  )
  common(volume.command('rm <names...>').description('erase the data of released volumes'))
    .option('-y, --yes', yes)
    .action(run(async () => (await import('../commands/instances/volume.ts')).volumeRemove))
  const instance = group(program, 'instance', 'make, choose, list and remove instances')
  addInstanceSettings(instance, run)
  common(instance.command('ls').description('list instances')).action(
    run(async () => (await import('../commands/instances/instance.ts')).instanceList),
  )
  common(instance.command('rm <name>').description('remove an empty instance'))
    .option('-y, --yes', yes)
    .option('--delete-data', 'also delete its images, released volumes and records')
    .action(run(async () => (await import('../commands/instances/instance.ts')).instanceRemove))
}

const settings = (command: Command): Command =>
  common(command)
    .option('--bridge <name>', 'bridge of its default network: heropods0, or hp and letters')
    .option('--subnet <subnet>', 'subnet of its default network, e.g. 10.50.0.0/24')
    .option('--gateway <address>', 'address of the bridge; default: the first of the subnet')
    .option('--dns <address>', 'name server of its containers (repeatable)', several)

function addInstanceSettings(instance: Command, run: Run): void {
  const load = () => import('../commands/instances/instance-settings.ts')
  settings(instance.command('new <name>').description('make an instance with its own network settings'))
    .option('--no-podman', 'refuse images that need podman')
    .action(run(async () => (await load()).instanceNew))
  settings(instance.command('set <name>').description('change the settings of an instance'))
    .option('--podman', 'use podman for images')
    .option('--no-podman', 'refuse images that need podman')
    .option('--lock-timeout <time>', 'how long to wait for another run, e.g. 30s')
    .action(run(async () => (await load()).instanceSet))
  applying(
    common(instance.command('reset <name>').description('destroy all objects of an instance; its settings stay')),
  )
    .option('--delete-data', 'also erase volumes, except protected ones')
    .action(run(async () => (await import('../commands/instances/reset.ts')).instanceReset))
  addBackups(instance, run)
  common(instance.command('use <name>').description('make an instance the default of your commands')).action(
    run(async () => (await load()).instanceUse),
  )
  common(instance.command('exists <name>').description('exit with 0 if an instance exists, else with 1')).action(
    run(async () => (await load()).instanceExistsCommand),
  )
}

const passphrase = (command: Command): Command =>
  common(command).option('--passphrase-file <file>', 'file whose first line is the passphrase (HEROPODS_PASSPHRASE)')

function addBackups(instance: Command, run: Run): void {
  const description = 'write the history, settings and secrets of an instance to an encrypted file'
  passphrase(instance.command('export [name]').description(description))
    .requiredOption('-o, --output <file>', 'file to write')
    .option('--lock-timeout <time>', 'how long to wait for another run, e.g. 30s')
    .action(run(async () => (await import('../commands/instances/export.ts')).instanceExport))
  passphrase(instance.command('import <file>').description('make an instance from the file of an export'))
    .option('--as <name>', 'name of the instance; default: the name at its export')
    .action(run(async () => (await import('../commands/instances/import.ts')).instanceImport))
}
