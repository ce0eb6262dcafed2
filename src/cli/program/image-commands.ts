import type { Command } from 'commander'
import { common, group, type Run, several } from './options.ts'

/** Adds the commands of images. */
export function addImageCommands(program: Command, run: Run): void {
  const image = group(program, 'image', 'list, pull, build, import, export and remove images')
  common(image.command('ls').description('list unpacked images')).action(
    run(async () => (await import('../commands/instances/image.ts')).imageList),
  )
  common(image.command('catalog').description('list common images of Docker Hub by the names to use')).action(
    run(async () => (await import('../commands/images/catalog.ts')).imageCatalogList),
  )
  common(image.command('pull <names...>').description('download images and unpack them'))
    .option('--platform <platform>', 'platform of the images, e.g. linux/arm64 (default: that of this host)')
    .action(run(async () => (await import('../commands/images/pull.ts')).imagePull))
  common(image.command('build [folder]').description('build an image with podman from a Containerfile'))
    .requiredOption('-t, --tag <name>', 'name of the image, for `image:` of a container')
    .option('-f, --file <file>', 'the Containerfile (default: Containerfile or Dockerfile in the folder)')
    .option('--build-arg <name=value>', 'set a variable of an ARG instruction (repeatable)', several)
    .action(run(async () => (await import('../commands/images/build.ts')).imageBuild))
  common(image.command('info <name>').description('print all data of an unpacked image')).action(
    run(async () => (await import('../commands/images/info.ts')).imageInfo),
  )
  common(image.command('import <file>').description('unpack an archive and give the image a name that stacks can use'))
    .option('--name <name>', 'name of the image (default: from the name of the file)')
    .option('--replace', 'take the name from another image')
    .action(run(async () => (await import('../commands/images/import.ts')).imageImport))
  common(image.command('export <name> <file>').description('write an unpacked image as a compressed archive'))
    .option('--compress <level>', 'compression from 1 (fast) to 9 (small) (default: 6)')
    .action(run(async () => (await import('../commands/images/export.ts')).imageExport))
  common(image.command('rm [names...]').description('remove unused unpacked images'))
    .option(
      '--unused',
      'remove all unused images, except those that a rollback to one of the last ten good generations needs',
    )
    .option('--all', 'with --unused: also remove images that a rollback needs')
    .action(run(async () => (await import('../commands/instances/image.ts')).imageRemove))
  common(image.command('prune').description('remove the unpacked images that nothing needs; does not ask'))
    .option('--all', 'also remove images that a rollback needs')
    .option('-y, --yes', 'accepted for scripts: this command does not ask')
    .action(run(async () => (await import('../commands/images/prune.ts')).imagePrune))
}
