import { type MountEntry, readMounts } from '../../../host/files/mounts.ts'
import type { HostReader } from '../../../host/host.ts'
import { HeroPodsError } from '../../../model/errors.ts'
import type { ContainerSpec } from '../../../model/kinds/container.ts'
import type { VolumeMount } from '../../../model/kinds/volume.ts'
import type { ResourceAddress } from '../../../model/resource-address.ts'
import type { InstanceWriter, WriteContext } from '../../provider.ts'
import { isNfs, mountArguments, mountFault } from './mount-text.ts'
import { volumePath } from './paths.ts'

/** Time limits of mount(8) and umount(8), milliseconds: a server may never answer. */
const [mountTimeoutMs, unmountTimeoutMs] = [60_000, 20_000]

/** The mount at a path; undefined: there is none. */
export const mountedAt = async (host: HostReader, path: string): Promise<MountEntry | undefined> =>
  (await readMounts(host)).findLast(({ target }) => target === path)

/** Mounts the file system of a volume, unless it is mounted. Raises `volume-not-mounted`. */
export async function mountVolume(write: WriteContext, volume: ResourceAddress, mount: VolumeMount): Promise<void> {
  const path = volumePath(write.paths, volume)
  const found = await mountedAt(write.host, path)
  if (mountFault(mount, found) === undefined) return
  if (found !== undefined) await unmountVolume(write, volume)
  await write.host.makeDir(path, 0o755)
  const { exitCode, stderr } = await write.host.attempt(
    { program: 'mount', args: [...mountArguments(mount, path)], timeoutMs: mountTimeoutMs },
    write.abortSignal,
  )
  const fault = mountFault(mount, await mountedAt(write.host, path))
  if (fault === undefined) return
  const reason = stderr.trim().split('\n').at(-1) || (exitCode === undefined ? 'no answer in time' : fault)
  throw new HeroPodsError({
    code: 'volume-not-mounted',
    message: `${volume} is not mounted from ${mount.device}: ${reason}.`,
    hint: isNfs(mount.type)
      ? 'Check that the server answers and exports this path to this host: `showmount -e HOST`. The kernel needs NFS, and the package nfs-common (nfs-utils) its program.'
      : 'Check `device` and `o` with the same command by hand: `mount -t TYPE -o OPTIONS DEVICE /mnt`.',
    retryable: true,
    address: volume,
  })
}

/** Mounts the file systems of the volumes of a container. Returns these volumes. Raises `volume-not-mounted`. */
export async function mountVolumesOf(
  write: WriteContext,
  { mounts }: Pick<ContainerSpec, 'mounts'>,
): Promise<ReadonlySet<ResourceAddress>> {
  const mounted = new Set<ResourceAddress>()
  for (const one of mounts) {
    if (one.type !== 'volume' || one.driver_opts === undefined) continue
    await mountVolume(write, one.volume, one.driver_opts)
    mounted.add(one.volume)
  }
  return mounted
}

/** Unmounts the file system of a volume. A server that does not answer does not prevent it. Raises `volume-not-mounted`. */
export async function unmountVolume(
  write: Pick<WriteContext, 'host' | 'paths'>,
  volume: ResourceAddress,
): Promise<void> {
  await unmount(write, volumePath(write.paths, volume))
}

async function unmount({ host }: Pick<WriteContext, 'host'>, path: string): Promise<void> {
  if ((await mountedAt(host, path)) === undefined) return
  const { exitCode } = await host.attempt({ program: 'umount', args: ['--', path], timeoutMs: unmountTimeoutMs })
  if (exitCode === 0 && (await mountedAt(host, path)) === undefined) return
  await host.run({ program: 'umount', args: ['--force', '--lazy', '--', path], timeoutMs: unmountTimeoutMs })
}

/** Unmounts all volumes of an instance, before its folder is removed. */
export async function unmountVolumes({ host, paths }: InstanceWriter): Promise<void> {
  const below = `${paths.data}/volumes/`
  for (const { target } of (await readMounts(host)).toReversed())
    if (target.startsWith(below)) await unmount({ host }, target)
}
