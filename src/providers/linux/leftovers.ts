import { join } from 'node:path'
import { removeAbandoned } from '../../host/files/temporary.ts'
import type { InstanceWriter } from '../provider.ts'

/** Folders with records, and the number of levels below them that also hold records. Users' data is deeper, or in roots of containers. */
const records = [
  ['.', 0],
  ['containers', 2],
  ['networks', 1],
  ['volumes', 1],
  ['images', 0],
  ['images/claims', 1],
  ['records', 1],
] as const
const runtime = [
  ['.', 0],
  ['containers', 3],
  ['health', 1],
  ['hosts', 0],
] as const

/** Removes half-written files of killed runs. The caller must hold the lock of the instance. */
export async function removeHalfWritten({ host, paths: { data, run } }: InstanceWriter): Promise<void> {
  for (const [folder, depth] of records) await removeAbandoned(host, join(data, folder), depth)
  for (const [folder, depth] of runtime) await removeAbandoned(host, join(run, folder), depth, 'root')
}
