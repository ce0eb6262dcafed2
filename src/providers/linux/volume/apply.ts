import { refusedError } from '../../../model/errors.ts'
import { isTemporary, type VolumeSpec } from '../../../model/kinds/volume.ts'
import { parseResourceAddress, type ResourceAddress } from '../../../model/resource-address.ts'
import type { ApplyItem, OnItemFinished, RemoveItem, WriteContext } from '../../provider.ts'
import { each } from '../each.ts'
import { mountVolume, unmountVolume } from './mount.ts'
import { volumePath, volumeRecordPath } from './paths.ts'
import { lostSpec, readVolumeRecord, writeVolumeRecord } from './record.ts'

/** Makes volumes. Released volumes get an owner again, with their data. */
export const ensureVolumes = (
  write: WriteContext,
  items: readonly ApplyItem<'volume'>[],
  done: OnItemFinished,
): Promise<void> =>
  each(items, done, async ({ address, spec, changes }) => {
    // Before the record: after a kill the next run still sees the change.
    if (changes.some(({ path }) => path.startsWith('/driver_opts'))) await unmountVolume(write, address)
    await write.host.makeDir(volumePath(write.paths, address), 0o755)
    await writeVolumeRecord(write, address, { spec, released: false })
    if (spec.driver_opts !== undefined) await mountVolume(write, address, spec.driver_opts)
  })

/** Releases volumes, or erases their data if the plan erases it and they are not protected. */
export const removeVolumes = (
  write: WriteContext,
  items: readonly RemoveItem<'volume'>[],
  { deleteData }: { readonly deleteData: boolean },
  done: OnItemFinished,
): Promise<void> =>
  each(items, done, async ({ address, spec = lostSpec }) => {
    if (isTemporary(spec) || (deleteData && !spec.protect)) return eraseVolume(write, address)
    await unmountVolume(write, address)
    await writeVolumeRecord(write, address, { spec, released: true })
  })

/**
 * Writes the lost record of a volume. Data that is not in the history becomes a released volume, so that only a user can erase it.
 * Returns true if the record was written.
 */
export async function rebuildVolume(
  write: WriteContext,
  address: ResourceAddress,
  spec: VolumeSpec | undefined,
): Promise<boolean> {
  if ((await readVolumeRecord(write.host, volumeRecordPath(write.paths, address))) !== undefined) return false
  await writeVolumeRecord(write, address, { spec: spec ?? lostSpec, released: spec === undefined })
  return true
}

/** Erases a volume's data. Raises `volume-protected` (refused). */
export async function eraseVolume(
  write: Pick<WriteContext, 'host' | 'paths'>,
  address: ResourceAddress,
): Promise<void> {
  const { host, paths } = write
  if ((await readVolumeRecord(host, volumeRecordPath(paths, address)))?.spec.protect) {
    const { stack, name } = parseResourceAddress(address)
    throw refusedError({
      code: 'volume-protected',
      message: `${address} is protected.`,
      hint: `Declare \`volumes: { ${name}: { protect: false } }\` in the stack ${stack} and apply it; if no file declares the stack any more, write one with that name. Then remove the volume again.`,
      address,
    })
  }
  // The data on another host stays there.
  await unmountVolume(write, address)
  await host.removeTree(volumePath(paths, address))
  await host.removeTree(volumeRecordPath(paths, address))
}
