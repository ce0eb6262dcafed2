import { dirname } from 'node:path'
import type { Host, HostReader } from '../../../../host/host.ts'
import { isWithin, pathInRoot, placeFaultInRoot, runtimeFolders, statIn } from './place.ts'
import { rootFaultText } from './place-problems.ts'

/** Makes the missing folders to which links in the paths of mount points lead. crun makes only those of paths without links. */
export async function makeLinkedFolders(host: Host, root: string, mountPoints: readonly MountPoint[]): Promise<void> {
  for (const { target } of mountPoints) {
    const folder = dirname(await host.resolveInRoot(root, target))
    if (folder !== dirname(root + target)) await host.makeDir(folder, 0o755)
  }
}

/**
 * Removes the empty files and folders that the runtime made for mounts of an earlier run, where the new run mounts the other kind.
 * Those of the image stay.
 */
export async function removeStaleMountPoints(
  host: Host,
  root: string,
  image: string,
  mountPoints: readonly MountPoint[],
): Promise<void> {
  for (const { target, kind } of mountPoints) {
    const path = await pathOfMountPoint(host, root, target)
    if (path === undefined || (await statIn(host, image, path)) !== undefined) continue
    const stat = await statIn(host, root, path)
    if (stat?.kind === 'file' && stat.size === 0 && kind === 'folder') await host.removeFile(root + path)
    if (stat?.kind === 'folder' && kind === 'file') await host.removeEmptyDir(root + path)
  }
}

/** The resolved path of a mount point, relative to the root; undefined: it cannot be resolved, or is in a folder that the runtime mounts. */
async function pathOfMountPoint(host: HostReader, root: string, target: string): Promise<string | undefined> {
  const path = await pathInRoot(host, root, target)
  return path === undefined || path === '' || runtimeFolders.some((folder) => isWithin(path, folder)) ? undefined : path
}

/** A path of a container on which something is mounted. */
export interface MountPoint {
  readonly target: string
  readonly kind: 'file' | 'folder'
  /** Path of the host that is mounted there. */
  readonly source?: string
}

/**
 * The reason why a root cannot have the mounts of its container, as the end of a sentence; undefined: it can. Mount points inside other mounts
 * are not checked. Reads only.
 */
export async function rootProblem(
  host: HostReader,
  root: string,
  mountPoints: readonly MountPoint[],
): Promise<string | undefined> {
  for (const path of runtimeFolders) {
    const found = (await statIn(host, root, path))?.kind
    if (found !== undefined && found !== 'folder')
      return rootFaultText(path, 'folder', { fault: 'wrong-kind', path, found })
  }
  for (const mountPoint of mountPoints) {
    const problem = await mountPointProblem(host, root, mountPoint, mountPoints)
    if (problem !== undefined) return problem
  }
  return undefined
}

/**
 * The first bind whose source has become a file where the last run mounted a folder, or the other way round. For a root that a container
 * has run in. Reads only.
 */
export async function changedBind(
  host: HostReader,
  root: string,
  mountPoints: readonly MountPoint[],
): Promise<Required<MountPoint> | undefined> {
  for (const { target, kind, source } of mountPoints) {
    const path = await pathOfMountPoint(host, root, target)
    const stat = source === undefined || path === undefined ? undefined : await statIn(host, root, path)
    if (source !== undefined && stat !== undefined && (stat.kind === 'folder') !== (kind === 'folder'))
      return { target, kind, source }
  }
  return undefined
}

async function mountPointProblem(
  host: HostReader,
  root: string,
  { target, kind }: MountPoint,
  mountPoints: readonly MountPoint[],
): Promise<string | undefined> {
  // The stack's own mounts there are checked where the stack is read.
  if (runtimeFolders.some((folder) => isWithin(target, folder))) return undefined
  const fault = await placeFaultInRoot(host, root, target, kind)
  if (fault === undefined) return undefined
  const inside = (await pathInRoot(host, root, target)) ?? ''
  const isBelowAnother = mountPoints.some((other) => other.target !== target && isWithin(inside, other.target))
  return fault.fault === 'wrong-kind' && isBelowAnother ? undefined : rootFaultText(target, kind, fault)
}
