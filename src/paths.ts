import { createHash } from 'node:crypto'
import { homedir } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'
import { refuse } from './errors.ts'

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
  if (folder !== undefined) return folder
  if (paths.length > 0 && paths.every((path) => isAbsolute(path))) return '/'
  throw refuse({
    code: 'working-folder-gone',
    message: 'The folder this command was started in has been deleted, so nothing can be found from there.',
    hint: 'Go to another folder (`cd`), or give whole paths.',
  })
}

function expand(path: string): string {
  const whole = path.replace(/^~(?=\/|$)/, homedir())
  return resolve(startingFolder([whole]), whole)
}

/** The folders of an instance from the environment (HEROPODS_DIR, CONTAINERS_DIR, HEROPODS_RUN_DIR, HEROPODS_INSTANCE). Touches nothing. Raises `bad-instance` (refused). */
export function instancePaths(environment: NodeJS.ProcessEnv, instance?: string): Paths {
  const name = instance ?? environment.HEROPODS_INSTANCE ?? 'default'
  if (!/^[a-zA-Z0-9][a-zA-Z0-9_-]{0,62}$/.test(name))
    throw refuse({
      code: 'bad-instance',
      message: `"${name}" is no name of an instance.`,
      hint: 'Letters, digits, - and _, starting with a letter or digit, at most 63 characters.',
    })
  const data = join(expand(environment.HEROPODS_DIR ?? environment.CONTAINERS_DIR ?? '/var/lib/heropods'), name)
  const run = join(expand(environment.HEROPODS_RUN_DIR ?? '/run/heropods'), name)
  return { instance: name, id: shortHash(data, 8), data, run }
}

/** First `length` hex digits of the SHA-256 of a text: for physical names that must be short. */
export const shortHash = (text: string, length = 12): string =>
  createHash('sha256').update(text).digest('hex').slice(0, length)

/** The file whose lock makes one `heropods watch` the only one of its instance. */
export const watchLockPath = (paths: Paths): string => join(paths.data, 'watch.lock')
