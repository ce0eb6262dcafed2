import { rename } from 'node:fs/promises'
import { codeOf } from '../../error-code.ts'
import { damagedName } from '../../files/set-aside.ts'

/** Writes a file of ours; a folder in its place is renamed first. */
export async function replacing<T>(path: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (codeOf(error) !== 'EISDIR') throw error
    await rename(path, damagedName(path))
    return write()
  }
}
