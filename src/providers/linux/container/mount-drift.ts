import { type MountEntry, parseMountinfo } from '../../../host/files/mounts.ts'
import type { Mount } from '../../../model/kinds/container.ts'

/** True if the mounts of a running container must be read to find their drift. Pure. */
export const hasMountsToCheck = (mounts: readonly Mount[]): boolean =>
  mounts.some((mount) => mount.type === 'volume' || flagsOf(mount).length > 0)

/** How the mounts of a running container differ from its spec. `mountinfo`: that of its process. Pure. */
export function mountDrift(mounts: readonly Mount[], mountinfo: string): readonly string[] {
  const found = new Map(parseMountinfo(mountinfo).map((entry) => [entry.target, entry]))
  return mounts.flatMap((mount) => {
    const entry = found.get(mount.target)
    if (entry === undefined) return []
    if (mount.type === 'volume' && isDeleted(entry)) return [`the folder behind ${mount.target} was deleted`]
    const lost = flagsOf(mount).filter((flag) => !hasFlag(entry, flag))
    return lost.length > 0 ? [`the mount at ${mount.target} is no longer ${lost.join(' and ')}`] : []
  })
}

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
