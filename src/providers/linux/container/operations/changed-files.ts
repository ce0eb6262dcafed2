import { join } from 'node:path'
import type { FileStat, HostReader } from '../../../../host/host.ts'
import { refusedError } from '../../../../model/errors.ts'
import type { ResourceAddress } from '../../../../model/resource-address.ts'
import type { ChangedFile } from '../../../container-verbs.ts'
import type { InstanceReader } from '../../../provider.ts'
import { rootfsOf } from '../../image/store.ts'
import { containerLayout } from '../layout.ts'
import { readConfig } from '../oci/read-config.ts'
import { readRecord } from '../record.ts'

/** The folders of an overlay. */
interface Layers {
  readonly host: HostReader
  readonly upper: string
  readonly lower: string
  /** The overlay itself: it hides the files of the image that were removed. */
  readonly root: string
  /** Places where something is mounted: the runtime makes an empty file or folder there. */
  readonly mounts: ReadonlySet<string>
}

/** The files below the root of a container that differ from its image, by path. Raises `needs-apply` (refused). */
export async function changedFiles(read: InstanceReader, container: ResourceAddress): Promise<readonly ChangedFile[]> {
  const { host, paths } = read
  const record = await readRecord(host, paths, container)
  if (record?.spec.image_digest === undefined)
    throw refusedError({
      code: 'needs-apply',
      message: `${container} has no valid record.`,
      hint: 'Run `heropods apply` on its stack.',
    })
  const { upper, root } = containerLayout(paths, container)
  const lower = rootfsOf(paths, record.spec.image_digest)
  const mounts = (await readConfig(read, container))?.mounts.map(({ destination }) => destination) ?? []
  return changesBelow({ host, upper, lower, root, mounts: new Set(mounts) }, '/')
}

/** The changes below a folder that the upper layer has. */
async function changesBelow(layers: Layers, folder: string): Promise<readonly ChangedFile[]> {
  const { host, upper, lower, root } = layers
  const [written, inImage, visible] = await Promise.all(
    [upper, lower, root].map((layer) => host.readDir(join(layer, folder))),
  )
  const visibleNames = new Set(visible)
  // A replaced folder of the image hides its old files without a mark for each, so the overlay decides.
  const deleted = (inImage ?? []).filter((name) => !visibleNames.has(name)).map((name) => join(folder, name))
  const parts = await Promise.all((written ?? []).map((name) => changesAt(layers, join(folder, name))))
  return [...deleted.map((path): ChangedFile => ({ kind: 'deleted', path })), ...parts.flat()].sort((left, right) =>
    left.path < right.path ? -1 : 1,
  )
}

/** The changes of one name in the upper layer, with those below it. */
async function changesAt(layers: Layers, path: string): Promise<readonly ChangedFile[]> {
  const { host, upper, lower, mounts } = layers
  const [now, before] = await Promise.all([host.stat(join(upper, path)), host.stat(join(lower, path))])
  if (now === undefined || isWhiteout(now) || mounts.has(path)) return []
  const below = now.kind === 'folder' ? await changesBelow(layers, path) : []
  if (before === undefined)
    return leadsToMount(mounts, path) && below.length === 0 ? [] : [{ kind: 'added', path }, ...below]
  const isSameFolder = now.kind === 'folder' && before.kind === 'folder' && hasSameOwner(now, before)
  return isSameFolder && below.length === 0 ? [] : [{ kind: 'changed', path }, ...below]
}

/** The overlay's mark of a removed file: a character device 0/0. Pure. */
const isWhiteout = ({ device }: FileStat): boolean => device?.type === 'c' && device.major === 0 && device.minor === 0

const hasSameOwner = (one: FileStat, other: FileStat): boolean =>
  one.mode === other.mode && one.uid === other.uid && one.gid === other.gid

/** True for a folder that the runtime made on the way to a mount. */
const leadsToMount = (mounts: ReadonlySet<string>, path: string): boolean =>
  [...mounts].some((target) => target.startsWith(`${path}/`))
