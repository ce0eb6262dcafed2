import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { codeOf } from '../../error-code.ts'

/**
 * Makes a folder and its parents. Node's recursive mkdir never ends where the kernel refuses new folders, such as below /proc: it takes the
 * error for a missing parent.
 */
export async function makeFolder(path: string, mode: number): Promise<void> {
  try {
    await mkdir(path, { mode })
  } catch (error) {
    const code = codeOf(error)
    if (code === 'EEXIST' && (await isFolder(path))) return
    const parent = dirname(path)
    if (code !== 'ENOENT' || parent === path) throw error
    await makeFolder(parent, mode)
    // Another process may make the same folders at the same time.
    await mkdir(path, { mode }).catch(async (again: unknown) => {
      if (codeOf(again) !== 'EEXIST' || !(await isFolder(path))) throw again
    })
  }
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
