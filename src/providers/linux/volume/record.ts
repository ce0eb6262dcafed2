import { readJson } from '../../../host/files/json.ts'
import type { HostReader } from '../../../host/host.ts'
import type { VolumeSpec } from '../../../model/kinds/volume.ts'
import type { ResourceAddress } from '../../../model/resource-address.ts'
import { flag, mapOf, object, optional, type Shape, text } from '../../../model/values/shape.ts'
import type { WriteContext } from '../../provider.ts'
import { volumeRecordPath } from './paths.ts'

/** The record beside a volume's data. */
export interface VolumeRecord {
  readonly owner: string
  readonly spec: VolumeSpec
  /** Its stack no longer declares it. */
  readonly released: boolean
}

const shape: Shape<VolumeRecord> = object({
  spec: object({
    protect: flag,
    labels: mapOf(text),
    driver_opts: optional(object({ type: text, device: text, o: text })),
  }),
  released: flag,
})

/** The spec of data without a readable record. It is protected, since no user agreed to erase it. */
export const lostSpec: VolumeSpec = { protect: true, labels: {} }

/** Reads the record of a volume; undefined: there is none, or it is damaged. */
export const readVolumeRecord = (host: HostReader, path: string): Promise<VolumeRecord | undefined> =>
  readJson<VolumeRecord>(host, path, shape)

export const writeVolumeRecord = (
  { host, paths }: Pick<WriteContext, 'host' | 'paths'>,
  address: ResourceAddress,
  { spec, released }: Omit<VolumeRecord, 'owner'>,
): Promise<void> =>
  host.writeFile(
    volumeRecordPath(paths, address),
    JSON.stringify({ owner: address, spec, released } satisfies VolumeRecord),
  )
