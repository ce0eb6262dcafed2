import { join } from 'node:path'
import { readLines } from '../../../../host/process/read-lines.ts'
import { HeroPodsError } from '../../../../model/errors.ts'
import type { WriteContext } from '../../../provider.ts'
import { listOptions, parseEntry } from '../archive-entries.ts'

const tarTimeoutMs = 600_000

/**
 * Raises `archive-too-large` if the layers of an image would unpack to more than the disk has free: podman unpacks until it is full.
 * `archive`: an uncompressed archive of one image. `folder`: an existing folder for one layer at a time.
 */
export async function requireRoomForLayers(write: WriteContext, archive: string, folder: string): Promise<void> {
  const { host, abortSignal } = write
  const free = (await host.fileSystem(folder))?.freeBytes ?? Number.POSITIVE_INFINITY
  let bytes = 0
  const count = (line: string): boolean => {
    bytes += parseEntry(line)?.size ?? 0
    return bytes <= free
  }
  for (const name of await filesIn(write, archive)) {
    const layers = join(folder, 'layers')
    await host.makeDir(layers)
    await host.run(
      {
        program: 'tar',
        args: ['--extract', '--file', archive, '--directory', layers, '--', name],
        timeoutMs: tarTimeoutMs,
      },
      abortSignal,
    )
    // A file that is not an archive, such as the configuration, has no entries.
    await readLines(
      host,
      { program: 'tar', args: [...listOptions, '--file', join(layers, name)], timeoutMs: tarTimeoutMs },
      count,
    )
    await host.removeTree(layers)
    if (bytes > free) throw tooLargeError(bytes, free)
  }
}

async function filesIn({ host }: WriteContext, archive: string): Promise<readonly string[]> {
  const names = new Set<string>()
  const command = { program: 'tar', args: [...listOptions, '--file', archive], timeoutMs: tarTimeoutMs }
  await readLines(host, command, (line) => {
    const entry = parseEntry(line)
    if (entry?.type === '-') names.add(entry.rawName)
    return true
  })
  return [...names]
}

const mebibytes = (bytes: number): number => Math.floor(bytes / 2 ** 20)

const tooLargeError = (bytes: number, free: number): HeroPodsError =>
  new HeroPodsError({
    code: 'archive-too-large',
    message: `The layers of the image unpack to more than ${mebibytes(bytes)} MiB, and ${mebibytes(free)} MiB are free.`,
    hint: 'Free space (`heropods image prune`), or set HEROPODS_DIR to a larger disk.',
  })
