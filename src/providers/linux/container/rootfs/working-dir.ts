import { join, posix, relative } from 'node:path'
import type { Host, HostReader } from '../../../../host/host.ts'
import { HeroPodsError } from '../../../../model/errors.ts'
import type { ContainerSpec } from '../../../../model/kinds/container.ts'

/** Why a container cannot work in a folder of its root, as the end of a sentence; undefined: it is there, or can be made. */
export async function workingDirFault(host: HostReader, root: string, folder: string): Promise<string | undefined> {
  const inside = relative(root, await host.resolveInRoot(root, folder))
  const [first = '', ...parts] = inside.split('/')
  // A link below /proc leads to whatever the runtime has open while it starts the process.
  if (['proc', 'sys', 'dev'].includes(first)) return 'lies in /proc, /sys or /dev'
  let path = root
  for (const part of [first, ...parts].filter(Boolean)) {
    path = join(path, part)
    const stat = await host.stat(path)
    if (stat === undefined) return undefined
    if (stat.kind !== 'folder')
      return path === join(root, inside) ? 'is a file' : `lies below ${relative(root, path)}, a file`
  }
  return undefined
}

/** Whether a mount puts other files there than the root has. */
export const isMounted = ({ mounts }: Pick<ContainerSpec, 'mounts'>, folder: string): boolean => {
  const plain = `${posix.normalize(folder)}/`
  return mounts.some((mount) => plain.startsWith(`${mount.target}/`))
}

/**
 * Makes the working folder inside the root, as Docker does; links of the image are followed inside it only. Raises
 * `working-dir-unusable`.
 */
export async function makeWorkingDir(
  host: Host,
  root: string,
  spec: Pick<ContainerSpec, 'mounts'>,
  folder: string,
): Promise<void> {
  if (isMounted(spec, folder)) return
  const fault = await workingDirFault(host, root, folder)
  if (fault !== undefined) throw workingDirUnusable(folder, fault)
  await host.makeDir(await host.resolveInRoot(root, folder), 0o755)
}

export const workingDirUnusable = (folder: string, fault: string): HeroPodsError =>
  new HeroPodsError({
    code: 'working-dir-unusable',
    message: `Its working folder ${folder} ${fault}.`,
    hint: 'Set another `working_dir`.',
  })
