import { existsSync, statSync } from 'node:fs'
import { rmdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { refuse } from '../../model/errors.ts'
import { systemFault } from '../../model/system-fault.ts'
import { makeFolder } from './make-folder.ts'
import { instancePaths, type Paths } from './paths.ts'

/** The folders of an instance, which are folders or can be. Touches nothing. Raises what `instancePaths` does, and `not-a-folder` and the like (all refused). */
export function instanceFolders(environment: NodeJS.ProcessEnv, instance?: string): Paths {
  const paths = instancePaths(environment, instance)
  for (const folder of foldersOf(paths)) refusing(folder, () => requireFolder(folder.path))
  return paths
}

/** Makes the folders of an instance. Raises (refused) what the kernel has against it, having left nothing. */
export async function makeFolders(paths: Paths): Promise<void> {
  const missing = foldersOf(paths).flatMap(({ path }) => missingOf(path))
  for (const folder of foldersOf(paths)) {
    try {
      await makeFolder(folder.path, 0o700)
    } catch (error) {
      for (const one of missing) await rmdir(one).catch(() => undefined)
      throw unusable(folder, error)
    }
  }
}

interface BaseFolder {
  readonly what: string
  readonly path: string
  readonly variable: string
}

const foldersOf = ({ data, run }: Paths): readonly BaseFolder[] => [
  { what: 'data folder', path: data, variable: 'HEROPODS_DIR' },
  { what: 'run folder', path: run, variable: 'HEROPODS_RUN_DIR' },
]

function refusing(folder: BaseFolder, check: () => void): void {
  try {
    check()
  } catch (error) {
    throw unusable(folder, error)
  }
}

/** Raises the kernel's error where a path, as far as it is there, is not one of folders. */
function requireFolder(path: string): void {
  // The last `/` asks for a folder.
  if (statSync(`${path}/`, { throwIfNoEntry: false }) === undefined && dirname(path) !== path)
    requireFolder(dirname(path))
}

const missingOf = (path: string): readonly string[] => (existsSync(path) ? [] : [path, ...missingOf(dirname(path))])

function unusable({ what, path, variable }: BaseFolder, error: unknown): unknown {
  const fault = systemFault(error)
  return fault === undefined
    ? error
    : refuse({
        code: fault.code,
        message: `The ${what} ${path} cannot be used: ${fault.message}`,
        hint: `Set ${variable} to another folder. Or: ${fault.hint}`,
      })
}
