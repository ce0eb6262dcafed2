import { createHash } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, dirname, isAbsolute, join, resolve } from 'node:path'
import { refusedError } from '../../model/errors.ts'
import { codeOf } from '../error-code.ts'
import { usedInstance } from './used-instance.ts'

/** Folders of one instance. `data` survives a reboot, `run` does not. `id` (8 hex digits) marks the objects of the instance on the host. */
export interface Paths {
  readonly instance: string
  readonly id: string
  readonly data: string
  readonly run: string
}

/** Working folder of this process; undefined if it has been deleted. */
export function workingFolder(): string | undefined {
  try {
    return process.cwd()
  } catch {
    return undefined
  }
}

/** Folder that relative paths are resolved from. Raises `working-folder-gone` (refused) if it has been deleted and one of these paths is relative. */
export function startingFolder(paths: readonly string[]): string {
  const folder = workingFolder()
  if (folder !== undefined) return requireText(folder, 'The path of this folder')
  if (paths.length > 0 && paths.every((path) => isAbsolute(path))) return '/'
  throw refusedError({
    code: 'working-folder-gone',
    message: 'The folder this command was started in has been deleted, so nothing can be found from there.',
    hint: 'Go to another folder (`cd`), or use absolute paths.',
  })
}

function expand(path: string): string {
  const expanded = path.replace(/^~(?=\/|$)/, () => homedir())
  return resolve(startingFolder([expanded]), expanded)
}

/** The path with links resolved, as far as it exists. The kernel lists mounts by this path, and one folder must be one instance. */
function behindLinks(path: string): string {
  try {
    return realpathSync(path)
  } catch (error) {
    const parent = dirname(path)
    if (codeOf(error) !== 'ENOENT' || parent === path) return path
    return join(behindLinks(parent), basename(path))
  }
}

/** Node replaces bytes that are not UTF-8 by this character, so it cannot open such a path. */
const undecodable = '\uFFFD'

/** Hint for an absent file. Node cannot open a name that is not UTF-8, so the file may exist all the same. */
export const absentHint = (path: string, otherwise: string): string =>
  path.includes(undecodable) ? 'Rename it: its path contains bytes that are not UTF-8.' : otherwise

/** Returns the path. Raises `bad-folder` (refused) if it is not UTF-8. */
export function requireText(path: string, what: string): string {
  if (!path.includes(undecodable)) return path
  throw refusedError({
    code: 'bad-folder',
    message: `${what} contains bytes that are not UTF-8: ${path}.`,
    hint: 'Rename the folder, or use another one.',
  })
}

/** The folders of an instance from the environment (HEROPODS_DIR, CONTAINERS_DIR, HEROPODS_RUN_DIR, HEROPODS_INSTANCE) and the choice of `instance use`. Reads only. Raises `bad-instance`, `bad-folder`, `working-folder-gone` (refused). */
export function instancePaths(environment: Readonly<NodeJS.ProcessEnv>, instance?: string): Paths {
  const base = environment.HEROPODS_DIR ?? environment.CONTAINERS_DIR ?? '/var/lib/heropods'
  const folder = expand(base)
  const name = instance ?? environment.HEROPODS_INSTANCE ?? usedInstance(folder, environment) ?? 'default'
  if (!/^[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}$/.test(name))
    throw refusedError({
      code: 'bad-instance',
      message: `"${name}" is not a name of an instance.`,
      hint: 'Letters, digits, - and _, starting with a letter or digit, at most 63 characters.',
    })
  const data = behindLinks(join(requireText(folder, 'The path of the data folder'), name))
  const runBase = environment.HEROPODS_RUN_DIR ?? '/run/heropods'
  const run = behindLinks(join(requireText(expand(runBase), 'The path of the run folder'), name))
  // The run folder is removed with all its content.
  if (data === run || data.startsWith(`${run}/`))
    throw refusedError({
      code: 'bad-folder',
      message: `The data folder ${data} is inside the run folder ${run}, which is emptied.`,
      hint: 'Set HEROPODS_RUN_DIR to another folder, preferably on a tmpfs.',
    })
  return { instance: name, id: shortHash(data, 8), data, run }
}

/** First `length` hex digits of the SHA-256 of a text: for names on the host that must be short. Pure. */
export const shortHash = (text: string, length = 12): string =>
  createHash('sha256').update(text).digest('hex').slice(0, length)

/** The file whose lock makes one run the only writer of its instance. */
export const lockPath = (paths: Paths): string => join(paths.data, 'lock')

/** The file whose lock makes one `heropods watch` the only one of its instance. */
export const watchLockPath = (paths: Paths): string => join(paths.data, 'watch.lock')
