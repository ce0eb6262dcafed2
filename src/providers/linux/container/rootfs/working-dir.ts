import { posix } from 'node:path'
import type { Host, HostReader } from '../../../../host/host.ts'
import { type Diagnostic, HeroPodsError } from '../../../../model/errors.ts'
import type { ContainerSpec } from '../../../../model/kinds/container.ts'
import { pathInRoot, placeFaultInRoot } from './place.ts'
import { workingDirProblem } from './place-problems.ts'

/** The reason why a folder of the root cannot be the working folder; undefined: it exists, or can be made. Reads only. */
export async function workingDirFault(host: HostReader, root: string, folder: string): Promise<Diagnostic | undefined> {
  const fault = await placeFaultInRoot(host, root, folder, 'folder')
  return fault && workingDirProblem(folder, (await pathInRoot(host, root, folder)) ?? '', fault)
}

/** True if a mount covers the folder of the root. Pure. */
export const isMounted = ({ mounts }: Pick<ContainerSpec, 'mounts'>, folder: string): boolean => {
  const plain = `${posix.normalize(folder)}/`
  return mounts.some((mount) => plain.startsWith(`${mount.target}/`))
}

/** Makes the working folder inside the root, as Docker does. Links of the image are followed inside it only. Raises `working-dir-unusable`. */
export async function makeWorkingDir(
  host: Host,
  root: string,
  spec: Pick<ContainerSpec, 'mounts'>,
  folder: string,
): Promise<void> {
  if (isMounted(spec, folder)) return
  const fault = await workingDirFault(host, root, folder)
  if (fault !== undefined) throw new HeroPodsError(fault)
  await host.makeDir(await host.resolveInRoot(root, folder), 0o755)
}
