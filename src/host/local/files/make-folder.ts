import { mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { codeOf } from '../../error-code.ts'

/**
 * Makes a folder and its parents. Node's recursive mkdir never ends where the kernel refuses new folders, such as below /proc: it takes the
 * error for a missing parent.
 */
export async function makeFolder(path: string, mode: number): Promise<void> {
  try {
    mkdirSync(path, { mode })
  } catch (error) {
    const code = codeOf(error)
    if (code === 'EEXIST' && isFolder(path)) return
    const parent = dirname(path)
    if (code !== 'ENOENT' || parent === path) throw error
    await makeFolder(parent, mode)
    // Another process may make the same folders at the same time.
    try {
      mkdirSync(path, { mode })
    } catch (again) {
      if (codeOf(again) !== 'EEXIST' || !isFolder(path)) throw again
    }
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}
