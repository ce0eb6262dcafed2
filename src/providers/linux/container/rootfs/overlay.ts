import { type MountEntry, readMounts } from '../../../../host/files/mounts.ts'
import type { HostReader } from '../../../../host/host.ts'
import { HeroPodsError } from '../../../../model/errors.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import type { WriteContext } from '../../../provider.ts'
import { containerLayout } from '../layout.ts'

/** The root of a container: its image as the lower layer, its own layer on top. */
export interface Overlay {
  readonly container: ResourceAddress
  /** Folder of the unpacked image. */
  readonly lower: string
}

/** Without redirect_dir, renaming a folder of the image fails with EXDEV. index and metacopy would tie layers to the inodes of one host. */
const options = 'index=off,metacopy=off,redirect_dir=on'
const escapeBlanks = (path: string): string => path.replaceAll(' ', '\\040').replaceAll('\t', '\\011')

/** How an overlay differs from the desired one; undefined: it does not. `mounts`: all mounts of the host, by target. Pure. */
export function overlayDrift(root: string, lower: string, mounts: ReadonlyMap<string, MountEntry>): string | undefined {
  const found = mounts.get(root)
  if (found === undefined) return 'its root is not mounted'
  return found.superOptions.includes(`lowerdir=${lower}`) ? undefined : 'its root is mounted from another image'
}

/** Mounts by target; of several on one target the top one. */
export const mountsByTarget = async (host: HostReader): Promise<ReadonlyMap<string, MountEntry>> =>
  new Map((await readMounts(host)).map((entry) => [entry.target, entry]))

/** Mounts many roots with one command, and reads from the kernel which are mounted. Returns the errors. */
export async function mountOverlays(
  write: WriteContext,
  overlays: readonly Overlay[],
): Promise<ReadonlyMap<ResourceAddress, HeroPodsError>> {
  if (overlays.length === 0) return new Map()
  const before = await mountsByTarget(write.host)
  const lines: string[] = []
  for (const { container, lower } of overlays) {
    const { root, upper, work } = containerLayout(write.paths, container)
    if (overlayDrift(root, lower, before) === undefined) continue
    if (before.has(root)) await unmountRoots(write, [container])
    for (const folder of [root, upper]) await write.host.makeDir(folder, 0o755)
    await write.host.makeDir(work)
    const layers = `lowerdir=${lower},upperdir=${upper},workdir=${work}`
    lines.push(`overlay ${escapeBlanks(root)} overlay ${escapeBlanks(layers)},${options} 0 0`)
  }
  const complaint = lines.length > 0 ? await mountAll(write, lines) : ''
  const after = await mountsByTarget(write.host)
  const errors = new Map<ResourceAddress, HeroPodsError>()
  for (const { container, lower } of overlays) {
    const drift = overlayDrift(containerLayout(write.paths, container).root, lower, after)
    if (drift === undefined) continue
    errors.set(
      container,
      new HeroPodsError({
        code: 'overlay-not-mounted',
        message: `${container} has no root file system: ${drift}${complaint && ` (${complaint.split('\n').at(-1)})`}.`,
        hint: 'The folder of HEROPODS_DIR must be on a file system that overlayfs can use (ext4, xfs, btrfs).',
        retryable: true,
        address: container,
      }),
    )
  }
  return errors
}

/** Mounts as many as it can; the exit code does not show which. Returns the errors of mount(8). */
async function mountAll(write: WriteContext, lines: readonly string[]): Promise<string> {
  const table = await write.host.unnamedFile(write.paths.run, `${lines.join('\n')}\n`)
  try {
    const args = ['--all', '--fstab', '/proc/self/fd/3']
    const { stderr } = await write.host.attempt(
      { program: 'mount', args, descriptors: [table.descriptor] },
      write.abortSignal,
    )
    return stderr.trim()
  } finally {
    table.close()
  }
}

/** Unmounts roots. One that is not mounted is ignored. */
export async function unmountRoots(write: WriteContext, containers: readonly ResourceAddress[]): Promise<void> {
  const mounted = await mountsByTarget(write.host)
  const roots = containers
    .map((container) => containerLayout(write.paths, container).root)
    .filter((root) => mounted.has(root))
  if (roots.length > 0) await write.host.run({ program: 'umount', args: ['--', ...roots] }, write.abortSignal)
}
