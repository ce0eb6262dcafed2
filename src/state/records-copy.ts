import { mapOf, number, object, type Shape, text } from '../model/values/shape.ts'
import type { Fields } from './record-reader.ts'

/** The hashes of Redis that are copied to disk. Sensitive values stay sealed. */
export const copiedHashes = ['generations', 'document', 'patches', 'sealed', 'leases'] as const
type CopiedHash = (typeof copiedHashes)[number]

/**
 * The copy of records on disk, written at the end of each generation. It restores records that Redis has lost, and readers use it while
 * the instance's own server does not run.
 */
export interface RecordsCopy {
  readonly version: 1
  readonly generation: number
  readonly fields: Readonly<Record<CopiedHash, Fields>>
}

/** The shape of a copy, also of one that comes from another host. */
export const copyShape: Shape<RecordsCopy> = object({
  version: number,
  generation: number,
  fields: object(Object.fromEntries(copiedHashes.map((name) => [name, mapOf(text)]))),
})
