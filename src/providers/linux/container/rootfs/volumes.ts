import { basename, dirname, join } from 'node:path'
import { shortHash } from '../../../../host/files/paths.ts'
import type { ContainerSpec } from '../../../../model/kinds/container.ts'
import type { AnonymousVolume } from '../../../../model/kinds/effective-config.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import type { ReadContext, WriteContext } from '../../../provider.ts'
import { volumePath } from '../../volume/paths.ts'
import { containerLayout } from '../layout.ts'

/** Folders of anonymous volumes: target -> folder. Pure. */
export const anonymousFolders = (
  read: Pick<ReadContext, 'paths'>,
  container: ResourceAddress,
  volumes: readonly AnonymousVolume[],
): Readonly<Record<string, string>> => {
  const { anonymous } = containerLayout(read.paths, container)
  return Object.fromEntries(volumes.map(({ text, target }) => [target, join(anonymous, shortHash(text))]))
}

/**
 * Copies into volumes that are still empty the files that the image has at their target, with owner and mode. `mounted`: volumes that are
 * file systems of their own, which other hosts may use: they are not filled.
 */
export async function fillVolumes(
  write: WriteContext,
  container: ResourceAddress,
  spec: ContainerSpec,
  anonymous: Readonly<Record<string, string>>,
  mounted: ReadonlySet<ResourceAddress>,
): Promise<void> {
  const { root } = containerLayout(write.paths, container)
  const named = spec.mounts.flatMap((mount) =>
    mount.type === 'volume' && !mount.nocopy && !mounted.has(mount.volume)
      ? [{ target: mount.target, folder: volumePath(write.paths, mount.volume) }]
      : [],
  )
  const unnamed = Object.entries(anonymous).map(([target, folder]) => ({ target, folder }))
  for (const { folder } of unnamed) await write.host.makeDir(folder, 0o755)
  for (const { target, folder } of [...named, ...unnamed]) {
    if ((await write.host.readDir(folder)).length === 0)
      await fill(write, await write.host.resolveInRoot(root, target), folder)
  }
}

/** Copies beside the volume and renames over the empty folder: after a kill the volume is still empty. */
async function fill({ host, abortSignal: signal }: WriteContext, source: string, folder: string): Promise<void> {
  const stat = await host.stat(source)
  if (stat?.kind !== 'folder') return
  if ((await host.readDir(source)).length === 0) {
    await host.setOwner(folder, stat.mode, stat.uid, stat.gid)
    return
  }
  const temporary = join(dirname(folder), `.fill-${basename(folder)}`)
  await host.removeTree(temporary)
  try {
    await host.run(
      { program: 'cp', args: ['--archive', '--no-target-directory', '--', source, temporary], timeoutMs: 600_000 },
      signal,
    )
    await host.rename(temporary, folder)
  } finally {
    await host.removeTree(temporary)
  }
}
