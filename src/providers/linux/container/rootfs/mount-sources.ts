import type { Diagnostic } from '../../../../model/errors.ts'
import type { ContainerSpec, Mount } from '../../../../model/kinds/container.ts'
import { mountTargets, nameFiles } from '../../../../model/kinds/mount-targets.ts'
import { parseResourceAddress, type ResourceAddress } from '../../../../model/resource-address.ts'
import type { ReadContext } from '../../../provider.ts'
import { volumePath } from '../../volume/paths.ts'
import type { MountPoint } from './mount-points.ts'
import { mountPointMissing } from './place-problems.ts'

/** First version of Linux that can make a tree of mounts read-only (mount_setattr(2)). */
const firstThatReachesBelow = [5, 12] as const

/** True if this kernel can make a tree of mounts read-only. Pure. */
export function reachesBelow(kernel: string): boolean {
  const [major = 0, minor = 0] = kernel.split(/[.-]/).map(Number)
  const [wantedMajor, wantedMinor] = firstThatReachesBelow
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)
}

/** True also for a link to a folder, since the folder is mounted. */
export const isFolder = async (read: ReadContext, path: string): Promise<boolean> =>
  (await read.host.stat(`${path}/.`)) !== undefined

/** All places of a container's root on which something is mounted. `anonymous`: targets of anonymous volumes. */
export async function placesOf(
  read: ReadContext,
  spec: ContainerSpec,
  anonymous: readonly string[],
): Promise<readonly MountPoint[]> {
  const mounts = spec.mounts.map(async (mount): Promise<MountPoint> => {
    const { target } = mount
    if (mount.type !== 'bind') return { target, kind: 'folder' }
    const { source } = mount
    const isFile = (await read.host.stat(source)) !== undefined && !(await isFolder(read, source))
    return { target, kind: isFile ? 'file' : 'folder', source }
  })
  return [
    ...(await Promise.all(mounts)),
    ...anonymous.map((target): MountPoint => ({ target, kind: 'folder' })),
    ...[...nameFiles, ...spec.files.map((file) => file.target)].map((target): MountPoint => ({ target, kind: 'file' })),
  ]
}

const isBelow = (path: string, folder: string): boolean => path.startsWith(`${folder}/`)

/**
 * Finds the sources that can be made read-only together with the mounts below them. These are folders. A volume with another mount inside
 * it is excluded, since the mount point of that mount may have to be made in it.
 */
export async function deepSources(read: ReadContext, spec: ContainerSpec): Promise<(source: string) => boolean> {
  const deep = new Set<string>()
  for (const mount of reachesBelow(read.host.system.kernel) ? spec.mounts : []) {
    if (mount.type === 'bind' && (await isFolder(read, mount.source))) deep.add(mount.source)
    if (mount.type === 'volume' && !mountTargets(spec).some((target) => isBelow(target, mount.target)))
      deep.add(volumePath(read.paths, mount.volume))
  }
  return (source) => deep.has(source)
}

/** Problems of read-only binds that cannot include the mounts below them. Reads only. */
export async function readOnlyProblems(
  read: ReadContext,
  address: ResourceAddress,
  spec: ContainerSpec,
): Promise<readonly Diagnostic[]> {
  const { name } = parseResourceAddress(address)
  const problems: Diagnostic[] = []
  for (const mount of spec.mounts) {
    if (mount.type === 'bind' && mount.recursive === 'readonly' && !reachesBelow(read.host.system.kernel))
      problems.push({
        code: 'kernel-too-old',
        message: `${name} mounts ${mount.source} with \`recursive: readonly\`, which needs Linux ${firstThatReachesBelow.join('.')}; this is ${read.host.system.kernel}.`,
        hint: 'Remove `recursive`: only the top of the mount is then read-only.',
        address,
      })
  }
  for (const target of mountTargets(spec)) {
    const around = innermost(spec, target)
    if (around?.type !== 'bind' || !around.read_only || (around.recursive ?? 'readonly') !== 'readonly') continue
    if (!reachesBelow(read.host.system.kernel) || !(await isFolder(read, around.source))) continue
    const inside = target.slice(around.target.length)
    if ((await read.host.stat(await read.host.resolveInRoot(around.source, inside))) === undefined)
      problems.push(mountPointMissing(address, { target, source: around.source, inside }))
  }
  return problems
}

/** The mount that a path lies in. */
const innermost = (spec: ContainerSpec, path: string): Mount | undefined =>
  spec.mounts
    .filter((mount) => isBelow(path, mount.target))
    .sort((left, right) => right.target.length - left.target.length)[0]
