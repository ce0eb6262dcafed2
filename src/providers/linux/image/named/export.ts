import { randomBytes } from 'node:crypto'
import { dirname, join } from 'node:path'
import type { Command, HostReader } from '../../../../host/host.ts'
import { refusedError } from '../../../../model/errors.ts'
import type { ImageToExport } from '../../../image-operations.ts'
import type { WriteContext } from '../../../provider.ts'
import { isHarmlessDevice } from '../archive-entries.ts'
import { readImageConfig, rootfsOf } from '../store.ts'
import { metadataName, metadataText } from './metadata.ts'

const packingTimeoutMs = 3_600_000

/**
 * Writes an unpacked image with its configuration as a compressed tar archive (mode 0600). The same image always gives the same bytes.
 * Raises `export-refused` (refused).
 */
export async function exportImage(write: WriteContext, { digest, path, level }: ImageToExport): Promise<void> {
  const { host, paths, abortSignal } = write
  await requirePlace(host, path)
  const root = rootfsOf(paths, digest)
  await requireNoDevices(host, root)
  const suffix = randomBytes(6).toString('hex')
  const [folder, partial] = [join(paths.data, 'images', `.exporting-${suffix}`), `${path}.partial-${suffix}`]
  try {
    await host.writeFile(join(folder, metadataName), metadataText(await readImageConfig(host, paths, digest)), {
      mode: 0o644,
    })
    await host.run({ program: 'touch', args: ['--date=@0', join(folder, metadataName)] }, abortSignal)
    await host.run(packing({ partial, folder, root, level }), abortSignal)
    await host.setMode(partial, 0o600)
    await host.rename(partial, path)
  } finally {
    await host.removeTree(folder)
    await host.removeFile(partial)
  }
}

interface Packing {
  readonly partial: string
  readonly folder: string
  readonly root: string
  readonly level: number
}

/** Sorted by name, and without the times that reading changes: equal files give equal bytes. */
const packing = ({ partial, folder, root, level }: Packing): Command => ({
  program: 'tar',
  args: [
    ...['--create', '--file', partial, `--use-compress-program=gzip -n -${level}`],
    ...['--format=posix', '--sort=name', '--numeric-owner', '--pax-option=exthdr.name=%d/PaxHeaders/%f'],
    '--pax-option=delete=atime,delete=ctime',
    ...['--acls', '--xattrs', '--xattrs-include=user.*', '--xattrs-include=security.capability'],
    ...['--directory', folder, metadataName, '--directory', root],
    // A container has its own /dev.
    ...['--anchored', '--exclude=./dev/*', `--exclude=./${metadataName}`, '.'],
  ],
  timeoutMs: packingTimeoutMs,
})

async function requirePlace(host: HostReader, path: string): Promise<void> {
  const [folder, target] = [await host.statTarget(dirname(path)), await host.statTarget(path)]
  const fault =
    folder?.kind !== 'folder'
      ? `there is no folder ${dirname(path)}`
      : target !== undefined && target.kind !== 'file'
        ? 'it is not a regular file'
        : undefined
  if (fault !== undefined)
    throw refusedError({
      code: 'export-refused',
      message: `The image cannot be written to ${path}: ${fault}.`,
      hint: 'Name a file in an existing folder, e.g. `web.tgz`.',
    })
}

/** Raises if the image has a device that an import would refuse. */
async function requireNoDevices(host: HostReader, root: string): Promise<void> {
  const { stdout } = await host.query({
    program: 'find',
    args: [root, '-path', join(root, 'dev'), '-prune', '-o', '(', '-type', 'b', '-o', '-type', 'c', ')', '-print0'],
    timeoutMs: packingTimeoutMs,
  })
  for (const path of stdout.split('\0').filter(Boolean)) {
    const { device } = (await host.stat(path)) ?? {}
    if (device === undefined || isHarmlessDevice(device)) continue
    throw refusedError({
      code: 'export-refused',
      message: `The image has the device ${path.slice(root.length)} (${device.type} ${device.major},${device.minor}), which no import accepts.`,
      hint: 'Build the image without it.',
    })
  }
}
