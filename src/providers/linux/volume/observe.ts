import { join } from 'node:path'
import { type MountEntry, readMounts } from '../../../host/files/mounts.ts'
import type { VolumeActual, VolumeSpec } from '../../../model/kinds/volume.ts'
import type { ObservationOf } from '../../../model/observation.ts'
import { type ResourceAddress, resourceAddress } from '../../../model/resource-address.ts'
import type { InstanceReader, ReadContext } from '../../provider.ts'
import { mountFault } from './mount-text.ts'
import { volumePath } from './paths.ts'
import { lostSpec, readVolumeRecord } from './record.ts'

type ListedVolume = VolumeActual & { readonly spec: VolumeSpec }

/** Every volume of this instance, released ones included. */
export async function listVolumes({
  host,
  paths,
}: InstanceReader): Promise<ReadonlyMap<ResourceAddress, ListedVolume>> {
  const folder = join(paths.data, 'volumes')
  const found = new Map<ResourceAddress, ListedVolume>()
  let mounts: ReadonlyMap<string, MountEntry> | undefined
  for (const stack of await host.readDir(folder)) {
    for (const file of await host.readDir(join(folder, stack))) {
      const name = /^\.(.+)\.json$/.exec(file)?.[1]
      if (name === undefined) continue
      const address = resourceAddress(stack, 'volume', name)
      const record = await readVolumeRecord(host, join(folder, stack, file))
      const path = volumePath(paths, address)
      const { driver_opts } = record?.spec ?? lostSpec
      if (driver_opts !== undefined) mounts ??= new Map((await readMounts(host)).map((entry) => [entry.target, entry]))
      const fault = driver_opts && mountFault(driver_opts, mounts?.get(path))
      const isMounted = driver_opts !== undefined && fault === undefined
      found.set(address, {
        path,
        released: record?.released ?? false,
        // A server that does not answer would block the call.
        missing: !isMounted && (await host.stat(path)) === undefined,
        unrecorded: record === undefined,
        spec: record?.spec ?? lostSpec,
        ...(fault !== undefined && { mountFault: fault }),
      })
    }
  }
  return found
}

/** The volumes that no stack uses and whose data exists. */
export async function releasedVolumes(read: InstanceReader): Promise<ReadonlySet<ResourceAddress>> {
  const all = [...(await listVolumes(read))]
  return new Set(all.flatMap(([address, { released, missing }]) => (released && !missing ? [address] : [])))
}

/** The volumes that stacks use. */
export async function observeVolumes(
  read: ReadContext,
): Promise<ReadonlyMap<ResourceAddress, ObservationOf<'volume'>>> {
  const used = [...(await listVolumes(read))].filter(([, volume]) => !volume.released)
  return new Map(
    used.map(([address, { spec, ...actual }]) => [address, { kind: 'volume', presence: 'owned', spec, actual }]),
  )
}
