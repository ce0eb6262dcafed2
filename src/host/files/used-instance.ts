import { readFileSync } from 'node:fs'
import { join } from 'node:path'

type Environment = Readonly<NodeJS.ProcessEnv>

/** The file with the instance that `heropods instance use` has chosen for a user. Through sudo, the user who called it counts. */
export const usedInstancePath = (base: string, environment: Environment): string =>
  join(base, '.use', userId(environment))

function userId({ SUDO_UID: caller }: Environment): string {
  const own = process.geteuid?.() ?? 0
  return own === 0 && caller !== undefined && /^\d{1,10}$/.test(caller) ? caller : String(own)
}

/** The instance that the user has chosen in a base folder; undefined if none is chosen or it cannot be read. */
export function usedInstance(base: string, environment: Environment): string | undefined {
  try {
    return readFileSync(usedInstancePath(base, environment), 'utf8').trim() || undefined
  } catch {
    return undefined
  }
}
