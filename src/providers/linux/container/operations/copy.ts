import type { Readable } from 'node:stream'
import type { FileStat, PackOptions } from '../../../../host/contract/files.ts'
import { codeOf } from '../../../../host/error-code.ts'
import { HeroPodsError, messageOf, refusedError } from '../../../../model/errors.ts'
import { hasProcess } from '../../../../model/kinds/container.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import type { UnpackRequest } from '../../../container-verbs.ts'
import type { InstanceReader, InstanceWriter } from '../../../provider.ts'
import { containerLayout } from '../layout.ts'
import { readConfig } from '../oci/read-config.ts'
import { inspect } from '../process/container-state.ts'

/** The file or folder at a path of a container, links followed; undefined if absent. */
export const statFile = async (
  read: InstanceReader,
  container: ResourceAddress,
  path: string,
): Promise<FileStat | undefined> => read.host.statInRoot(await rootOf(read, container, path), path)

/** A tar archive of a file or folder of a container. Raises `not-copied`. */
export const archive = (
  read: InstanceReader,
  container: ResourceAddress,
  path: string,
  options: PackOptions,
): Promise<Readable> =>
  named(container, path, async () => read.host.packTree(await rootOf(read, container, path), path, options))

/** Unpacks a tar archive into a folder of a container. Raises `not-copied`. */
export const unpack = (
  write: InstanceWriter,
  container: ResourceAddress,
  folder: string,
  { archive: bytes, owner }: UnpackRequest,
): Promise<void> =>
  named(container, folder, async () =>
    write.host.unpackTree(await rootOf(write, container, folder), folder, bytes, { owner }),
  )

/**
 * The root of a container as its processes see it, with its volumes; of one that does not run, its own files alone. Raises `not-running`
 * (refused) where a volume or a bind would be mounted.
 */
async function rootOf(read: InstanceReader, container: ResourceAddress, path: string): Promise<string> {
  const { state = 'absent', running } = (await inspect(read, container)) ?? {}
  if (hasProcess(state) && running?.process !== undefined) return `/proc/${running.process.pid}/root`
  const mounts = (await readConfig(read, container))?.mounts ?? []
  const mount = mounts.find(({ destination }) => `${path}/`.startsWith(`${destination}/`))
  if (mount !== undefined)
    throw refusedError({
      code: 'not-running',
      message: `${container} is not running (${state}), so ${mount.destination} is not mounted.`,
      hint: '`heropods start` or `heropods apply` starts it.',
    })
  return containerLayout(read.paths, container).root
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  ENOTDIR: 'it is not a folder, or a part of its path is not',
  EISDIR: 'it is a folder',
  ENOTEMPTY: 'it is a folder that is not empty',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EBUSY: 'something is mounted there',
}

async function named<T>(container: ResourceAddress, path: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    if (error instanceof HeroPodsError) throw error
    const reason = reasons[codeOf(error) ?? ''] ?? messageOf(error)
    throw new HeroPodsError({
      code: 'not-copied',
      message: `${container}:${path}: ${reason}.`,
      hint: `\`heropods exec ${container} ls -la ${path}\` shows it.`,
    })
  }
}
