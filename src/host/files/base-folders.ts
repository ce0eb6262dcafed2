import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import { refusedError } from '../../model/errors.ts'
import { systemFault } from '../../model/system-fault.ts'
import type { Host } from '../host.ts'
import { instancePaths, type Paths } from './paths.ts'

/** Paths of an instance. Checks that the existing ones are folders. Reads only. Raises the errors of `instancePaths`, `not-a-folder` and similar (refused). */
export function instanceFolders(environment: Readonly<NodeJS.ProcessEnv>, instance?: string): Paths {
  const paths = instancePaths(environment, instance)
  for (const folder of foldersOf(paths)) orUnusable(folder, () => assertFolder(folder.path))
  return paths
}

/** Makes the folders of an instance. If the kernel refuses one, removes those it has made and raises the kernel's error (refused). */
export async function makeFolders(host: Host, paths: Paths): Promise<void> {
  const missing: string[] = []
  for (const { path } of foldersOf(paths)) missing.push(...(await missingOf(host, path)))
  for (const folder of foldersOf(paths)) {
    try {
      await host.makeDir(folder.path)
    } catch (error) {
      for (const one of missing) await host.removeEmptyDir(one).catch(() => false)
      throw folderUnusableError(folder, error)
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

/** Runs a check. An error of the kernel becomes one that names the folder and its variable. */
function orUnusable(folder: BaseFolder, check: () => void): void {
  try {
    check()
  } catch (error) {
    throw folderUnusableError(folder, error)
  }
}

/** Raises the kernel's error if a part of the path exists and is not a folder. */
function assertFolder(path: string): void {
  // With a `/` at the end the kernel refuses a path that is not a folder.
  if (statSync(`${path}/`, { throwIfNoEntry: false }) === undefined && dirname(path) !== path)
    assertFolder(dirname(path))
}

/** The folders of a path that do not exist, innermost first. */
const missingOf = async (host: Host, path: string): Promise<readonly string[]> =>
  (await host.statTarget(path).catch(() => undefined)) ? [] : [path, ...(await missingOf(host, dirname(path)))]

function folderUnusableError({ what, path, variable }: BaseFolder, error: unknown): unknown {
  const fault = systemFault(error)
  return fault === undefined
    ? error
    : refusedError({
        code: fault.code,
        message: `The ${what} ${path} cannot be used: ${fault.message}`,
        hint: `Set ${variable} to another folder. Or: ${fault.hint}`,
      })
}
