import { join } from 'node:path'
import { type Address, address } from '../../../model/address.ts'
import type { VolumeActual, VolumeSpec } from '../../../model/kinds/volume.ts'
import type { ObservationOf } from '../../../model/observation.ts'
import type { InstanceReader, ReadContext } from '../../provider.ts'
import { volumePath } from './paths.ts'
import { lostSpec, readVolumeRecord } from './record.ts'

type ListedVolume = VolumeActual & { readonly spec: VolumeSpec }

/** Every volume of this instance, released ones included. */
export async function listVolumes({ host, paths }: InstanceReader): Promise<ReadonlyMap<Address, ListedVolume>> {
  const folder = join(paths.data, 'volumes')
  const found = new Map<Address, ListedVolume>()
  for (const stack of await host.readDir(folder)) {
    for (const file of await host.readDir(join(folder, stack))) {
      const name = /^\.(.+)\.json$/.exec(file)?.[1]
      if (name === undefined) continue
      const at = address(stack, 'volume', name)
      const record = await readVolumeRecord(host, join(folder, stack, file))
      const path = volumePath(paths, at)
      found.set(at, {
        path,
        released: record?.released ?? false,
        missing: (await host.stat(path)) === undefined,
        unrecorded: record === undefined,
        spec: record?.spec ?? lostSpec,
      })
    }
  }
  return found
}

/** The volumes that no stack uses and whose data exists. */
export async function releasedVolumes(read: InstanceReader): Promise<ReadonlySet<Address>> {
  const all = [...(await listVolumes(read))]
  return new Set(all.flatMap(([at, { released, missing }]) => (released && !missing ? [at] : [])))
}

/** The volumes that stacks use. */
export async function observeVolumes(read: ReadContext): Promise<ReadonlyMap<Address, ObservationOf<'volume'>>> {
  const used = [...(await listVolumes(read))].filter(([, volume]) => !volume.released)
  return new Map(used.map(([at, { spec, ...actual }]) => [at, { kind: 'volume', presence: 'owned', spec, actual }]))
}
