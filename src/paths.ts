import { createHash } from 'node:crypto'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { refuse } from './errors.ts'

/** Folders of one instance. `data` outlives a reboot, `run` does not. `id` (8 hex digits) marks everything the instance owns on the host. */
export interface Paths {
  readonly instance: string
  readonly id: string
  readonly data: string
  readonly run: string
}

const expand = (path: string): string => resolve(path.replace(/^~(?=\/|$)/, homedir()))

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
