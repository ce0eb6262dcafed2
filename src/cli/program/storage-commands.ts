import type { Command } from 'commander'
import { common, group, type Run } from './options.ts'

/** A script may pass `--yes` to every command that removes something. */
const neverAsks = 'accepted for scripts: this command never asks'

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
  common(volume.command('rm <names...>').description('erase released volumes; does not ask'))
    .option('-y, --yes', neverAsks)
    .action(run(async () => (await import('../commands/instances/volume.ts')).volumeRemove))
  const instance = group(program, 'instance', 'list and remove instances')
  common(instance.command('ls').description('list instances')).action(
    run(async () => (await import('../commands/instances/instance.ts')).instanceList),
  )
  common(instance.command('rm <name>').description('remove an empty instance; does not ask'))
    .option('-y, --yes', neverAsks)
    .option('--delete-data', 'also delete its images, released volumes and records')
    .action(run(async () => (await import('../commands/instances/instance.ts')).instanceRemove))
}
