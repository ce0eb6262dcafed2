import { join } from 'node:path'
import type { Paths } from '../../../host/files/paths.ts'
import { parseResourceAddress, type ResourceAddress } from '../../../model/resource-address.ts'

/** Folder of a volume's data. */
export function volumePath(paths: Paths, volume: ResourceAddress): string {
  const { stack, name } = parseResourceAddress(volume)
  return join(paths.data, 'volumes', stack, name)
}

/** The record beside the data: its owner, and whether it was released. */
export function volumeRecordPath(paths: Paths, volume: ResourceAddress): string {
  const { stack, name } = parseResourceAddress(volume)
  return join(paths.data, 'volumes', stack, `.${name}.json`)
}
