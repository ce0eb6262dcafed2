import { createHash } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, dirname, isAbsolute, join, resolve } from 'node:path'
import { refuse } from '../../model/errors.ts'

/** Folders of one instance. `data` outlives a reboot, `run` does not. `id` (8 hex digits) marks everything the instance owns on the host. */
export interface Paths {
  readonly instance: string
  readonly id: string
  readonly data: string
  readonly run: string
}

/** The folder this process was started in; undefined where it has been deleted since. */
export function workingFolder(): string | undefined {
  try {
    return process.cwd()
  } catch {
    return undefined
  }
}

/** The folder that these paths start from. Raises `working-folder-gone` (refused) where it has been deleted and one of them needs it. */
export function startingFolder(paths: readonly string[]): string {
  const folder = workingFolder()
  if (folder !== undefined) return requireText(folder, 'The path of this folder')
  if (paths.length > 0 && paths.every((path) => isAbsolute(path))) return '/'
  throw refuse({
    code: 'working-folder-gone',
    message: 'The folder this command was started in has been deleted, so nothing can be found from there.',
    hint: 'Go to another folder (`cd`), or give whole paths.',
  })
}

function expand(path: string): string {
  const whole = path.replace(/^~(?=\/|$)/, () => homedir())
  return resolve(startingFolder([whole]), whole)
}

/** The folder itself, behind every link, as far as it exists: the kernel names mounts by it, and one folder is one instance. */
function behindLinks(path: string): string {
  try {
    return realpathSync(path)
  } catch (error) {
    const parent = dirname(path)
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || parent === path) return path
    return join(behindLinks(parent), basename(path))
  }
}

/** What Node makes of bytes that are not UTF-8: such a path leads nowhere. */
const undecodable = '\uFFFD'

/** What to do where there is no such file: of a name that is not UTF-8 only what Node makes of it is known. */
export const absentHint = (path: string, otherwise: string): string =>
  path.includes(undecodable) ? 'Rename it: its path holds bytes that are not UTF-8.' : otherwise

/** Raises `bad-folder` (refused). */
export function requireText(path: string, what: string): string {
  if (!path.includes(undecodable)) return path
  throw refuse({
    code: 'bad-folder',
    message: `${what} holds bytes that are not UTF-8: ${path}.`,
    hint: 'Rename the folder, or use another one.',
  })
}

/** The folders of an instance from the environment (HEROPODS_DIR, CONTAINERS_DIR, HEROPODS_RUN_DIR, HEROPODS_INSTANCE). Touches nothing. Raises `bad-instance`, `bad-folder`, `working-folder-gone` (refused). */
export function instancePaths(environment: Readonly<NodeJS.ProcessEnv>, instance?: string): Paths {
  const name = instance ?? environment.HEROPODS_INSTANCE ?? 'default'
  if (!/^[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}$/.test(name))
    throw refuse({
      code: 'bad-instance',
      message: `"${name}" is no name of an instance.`,
      hint: 'Letters, digits, - and _, starting with a letter or digit, at most 63 characters.',
    })
  const base = environment.HEROPODS_DIR ?? environment.CONTAINERS_DIR ?? '/var/lib/heropods'
  const data = behindLinks(join(requireText(expand(base), 'The path of the data folder'), name))
  const runBase = environment.HEROPODS_RUN_DIR ?? '/run/heropods'
  const run = behindLinks(join(requireText(expand(runBase), 'The path of the run folder'), name))
  // What runs is cleared away as a whole; what stays must not lie in it.
  if (data === run || data.startsWith(`${run}/`))
    throw refuse({
      code: 'bad-folder',
      message: `The data folder ${data} lies in the run folder ${run}, which is emptied.`,
      hint: 'Set HEROPODS_RUN_DIR to another folder, best on a tmpfs.',
    })
  return { instance: name, id: shortHash(data, 8), data, run }
}

/** First `length` hex digits of the SHA-256 of a text: for physical names that must be short. */
export const shortHash = (text: string, length = 12): string =>
  createHash('sha256').update(text).digest('hex').slice(0, length)

/** The file whose lock makes one run the only writer of its instance. */
export const lockPath = (paths: Paths): string => join(paths.data, 'lock')

/** The file whose lock makes one `heropods watch` the only one of its instance. */
export const watchLockPath = (paths: Paths): string => join(paths.data, 'watch.lock')
