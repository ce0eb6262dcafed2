import { join } from 'node:path'
import { readJson } from '../../../host/files/json.ts'
import { type Address, address } from '../../../model/address.ts'
import type { Diff } from '../../../model/change.ts'
import { refuse } from '../../../model/errors.ts'
import type { VolumeActual, VolumeSpec } from '../../../model/kinds/volume.ts'
import type { ObservationOf } from '../../../model/observation.ts'
import { flag, mapOf, object, type Shape, text } from '../../../model/values/shape.ts'
import type { Provider, ReadContext, WriteContext } from '../../provider.ts'
import { each } from '../each.ts'
import { fieldChanges } from '../field-changes.ts'
import { volumePath, volumeRecordPath } from './paths.ts'

interface VolumeRecord {
  readonly owner: string
  readonly spec: VolumeSpec
  readonly released: boolean
}

const volumeRecord: Shape = object({ spec: object({ protect: flag, labels: mapOf(text) }), released: flag })

/** Data whose record is lost is nothing that anyone has agreed to erase. */
const lostRecord = (owner: Address): VolumeRecord => ({ owner, spec: { protect: true, labels: {} }, released: false })

/** Every volume this instance has, those released by their stack included. */
export async function listVolumes(
  read: ReadContext,
): Promise<ReadonlyMap<Address, VolumeActual & { spec: VolumeSpec }>> {
  const { host, paths } = read
  const folder = join(paths.data, 'volumes')
  const found = new Map<Address, VolumeActual & { spec: VolumeSpec }>()
  for (const stack of await host.readDir(folder)) {
    for (const file of await host.readDir(join(folder, stack))) {
      const name = /^\.(.+)\.json$/.exec(file)?.[1]
      if (name === undefined) continue
      const at = address(stack, 'volume', name)
      const known = await readJson<VolumeRecord>(host, join(folder, stack, file), volumeRecord)
      const record = known ?? lostRecord(at)
      const path = volumePath(paths, at)
      found.set(at, {
        path,
        released: record.released,
        missing: (await host.stat(path)) === undefined,
        unrecorded: known === undefined,
        spec: record.spec,
      })
    }
  }
  return found
}

const isUnreleased = ([, volume]: [Address, VolumeActual]): boolean => !volume.released

export const volumeProvider: Provider<'volume'> = {
  kind: 'volume',

  async observe(read) {
    const volumes = [...(await listVolumes(read))].filter(isUnreleased)
    return new Map(
      volumes.map(([at, { spec, ...actual }]): [Address, ObservationOf<'volume'>] => [
        at,
        { kind: 'volume', presence: 'owned', spec, actual },
      ]),
    )
  },

  references: () => [],

  diff(desired, { spec, actual }): Diff {
    const changes = [...fieldChanges(actual.unrecorded ? undefined : spec, desired, () => 'live' as const)]
    if (actual.missing)
      changes.push({ path: '/data', before: undefined, after: 'folder', class: 'live', drift: 'its folder is gone' })
    return changes.length === 0 ? { action: 'keep' } : { action: 'update', changes }
  },

  create: (write, items, done) => each(items, done, (item) => ensure(write, item.address, item.spec)),
  update: (write, items, done) => each(items, done, (item) => ensure(write, item.address, item.spec)),

  async rebuild(write, at, spec) {
    const known = await readJson<VolumeRecord>(write.host, volumeRecordPath(write.paths, at), volumeRecord)
    if (known !== undefined) return false
    const { protect } = lostRecord(at).spec
    // Data that no stack is known to want is kept, and erased by nobody but its user.
    await record(write, at, spec ?? { protect, labels: {} }, spec === undefined)
    return true
  },

  remove: (write, items, options, done) =>
    each(items, done, async (item) => {
      const spec = item.spec ?? lostRecord(item.address).spec
      if (options.deleteData && !spec.protect) await eraseVolume(write, item.address)
      else await record(write, item.address, spec, true)
    }),
}

async function ensure(write: WriteContext, at: Address, spec: VolumeSpec): Promise<void> {
  await write.host.makeDir(volumePath(write.paths, at), 0o755)
  await record(write, at, spec, false)
}

const record = (write: WriteContext, at: Address, spec: VolumeSpec, released: boolean): Promise<void> =>
  write.host.writeFile(
    volumeRecordPath(write.paths, at),
    JSON.stringify({ owner: at, spec, released } satisfies VolumeRecord),
  )

/** Erases a volume's data. Raises `volume-protected` (refused). */
export async function eraseVolume(write: Pick<WriteContext, 'host' | 'paths'>, at: Address): Promise<void> {
  if ((await readJson<VolumeRecord>(write.host, volumeRecordPath(write.paths, at), volumeRecord))?.spec.protect) {
    throw refuse({
      code: 'volume-protected',
      message: `${at} is protected.`,
      hint: 'Set `protect: false` in its stack and apply that first.',
      address: at,
    })
  }
  await write.host.removeTree(volumePath(write.paths, at))
  await write.host.removeTree(volumeRecordPath(write.paths, at))
}
