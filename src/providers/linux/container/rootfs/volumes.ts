import { basename, dirname, join, posix } from 'node:path'
import { resolveInRoot } from '../../../../host/files/in-root.ts'
import { shortHash } from '../../../../host/files/paths.ts'
import type { Address } from '../../../../model/address.ts'
import type { ContainerSpec } from '../../../../model/kinds/container.ts'
import type { ImageConfig } from '../../../../model/kinds/image.ts'
import type { ReadContext, WriteContext } from '../../../provider.ts'
import { volumePath } from '../../volume/paths.ts'
import { containerLayout } from '../layout.ts'
import { targetsOf } from './mount-sources.ts'

/** Folders for anonymous volumes: the user's, and the image's VOLUMEs that no mount covers. target -> folder. */
export function anonymousVolumes(
  read: ReadContext,
  container: Address,
  spec: ContainerSpec,
  image: ImageConfig,
): Readonly<Record<string, string>> {
  const { anonymous } = containerLayout(read.paths, container)
  const covered = new Set(targetsOf(spec))
  const stated = spec.mounts.flatMap((mount) => (mount.type === 'anonymous' ? [mount.target] : []))
  const own = (image.Volumes ?? []).map((text) => ({ text, target: plain(text) }))
  const targets = [
    ...stated.map((target) => ({ text: target, target })),
    ...own.filter(({ text, target }) => text.startsWith('/') && isData(target) && !covered.has(target)),
  ]
  // Its folder is called by the text, as in earlier versions: its data lies there.
  return Object.fromEntries(targets.map(({ text, target }) => [target, join(anonymous, shortHash(text))]))
}

/** An image's VOLUME is for data: none over the root, or what the kernel and the runtime put into a container. */
function isData(target: string): boolean {
  const [first] = target.split('/').filter(Boolean)
  return first !== undefined && !target.split('/').includes('..') && !kernels.includes(first)
}
const kernels = ['proc', 'sys', 'dev']
/** `..` stays, to be refused. */
const plain = (path: string): string => (path.includes('..') ? path : posix.normalize(path).replace(/(?<=.)\/$/, ''))

/** Fills volumes that are still empty from what the image has at their target, owner and mode included. */
export async function fillVolumes(
  write: WriteContext,
  container: Address,
  spec: ContainerSpec,
  image: ImageConfig,
): Promise<void> {
  const { root } = containerLayout(write.paths, container)
  const named = spec.mounts.flatMap((mount) =>
    mount.type === 'volume' && !mount.nocopy
      ? [{ target: mount.target, folder: volumePath(write.paths, mount.volume) }]
      : [],
  )
  const anonymous = Object.entries(anonymousVolumes(write, container, spec, image)).map(([target, folder]) => ({
    target,
    folder,
  }))
  for (const { folder } of anonymous) await write.host.makeDir(folder, 0o755)
  for (const { target, folder } of [...named, ...anonymous]) {
    if ((await write.host.readDir(folder)).length === 0) await fill(write, resolveInRoot(root, target), folder)
  }
}

/** Copies beside the volume and renames over the empty folder: a killed copy leaves it empty. */
async function fill({ host, signal }: WriteContext, source: string, folder: string): Promise<void> {
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
      { program: 'cp', args: ['--archive', '--no-target-directory', '--', source, temporary], timeout: 600_000 },
      signal,
    )
    await host.rename(temporary, folder)
  } finally {
    await host.removeTree(temporary)
  }
}
