import { lstatSync } from 'node:fs'
import type { FileStat } from '../../../contract/files.ts'
import { fileStat, isAbsent } from '../stat.ts'
import { locate } from './pinned-folder.ts'

/** See `FileReader.statInRoot`. */
export function statInRoot(root: string, path: string): FileStat | undefined {
  try {
    const place = locate(root, path, { followsLast: true })
    try {
      return fileStat(lstatSync(place.folder.at(place.name)))
    } finally {
      place.close()
    }
  } catch (error) {
    if (isAbsent(error)) return undefined
    throw error
  }
}
