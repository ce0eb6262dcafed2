import { type MountEntry, parseMountinfo } from '../../../host/files/mounts.ts'
import type { Mount } from '../../../model/kinds/container.ts'
import type { ResourceAddress } from '../../../model/resource-address.ts'

/** True if the mounts of a running container must be read to find their drift. Pure. */
export const hasMountsToCheck = (mounts: readonly Mount[]): boolean =>
  mounts.some((mount) => mount.type === 'volume' || flagsOf(mount).length > 0)

/**
 * How the mounts of a running container differ from its spec. `mountinfo`: that of its process. `onHost`: the mount of the file system of a
 * volume on the host. Pure.
 */
export function mountDrift(
  mounts: readonly Mount[],
  mountinfo: string,
  onHost: (volume: ResourceAddress) => MountEntry | undefined = () => undefined,
): readonly string[] {
  const found = new Map(parseMountinfo(mountinfo).map((entry) => [entry.target, entry]))
  return mounts.flatMap((mount) => {
    const entry = found.get(mount.target)
    if (entry === undefined) return []
    if (mount.type === 'volume' && isDeleted(entry)) return [`the folder behind ${mount.target} was deleted`]
    if (isOldMemory(mount, entry, onHost)) return [`the memory at ${mount.target} is no longer that of its volume`]
    const lost = flagsOf(mount).filter((flag) => !hasFlag(entry, flag))
    return lost.length > 0 ? [`the mount at ${mount.target} is no longer ${lost.join(' and ')}`] : []
  })
}

/** A tmpfs that was mounted again is another one, and is empty. A server has the same files. */
const isOldMemory = (mount: Mount, inside: MountEntry, onHost: (volume: ResourceAddress) => MountEntry | undefined) =>
  mount.type === 'volume' && mount.driver_opts?.type === 'tmpfs' && onHost(mount.volume)?.device !== inside.device

/** The kernel marks a source that was deleted (proc(5)). */
const isDeleted = ({ root }: MountEntry): boolean => root.endsWith('//deleted')

/** The flags that the kernel shows for a mount. Those of a tmpfs belong to its file system. */
function flagsOf(mount: Mount): readonly string[] {
  if (mount.type === 'tmpfs') return []
  const readOnly = mount.type !== 'anonymous' && mount.read_only
  return [...(readOnly ? ['ro'] : []), ...(mount.options ?? [])]
}

/** mountinfo shows `strictatime` as the absence of the other two. */
const hasFlag = ({ options }: MountEntry, flag: string): boolean =>
  flag === 'strictatime' ? !options.includes('noatime') && !options.includes('relatime') : options.includes(flag)
