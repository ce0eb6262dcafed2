import type { Terminal } from '../../terminal.ts'

/** Variables that the unit copies from the environment. */
const copied = [
  'HOME',
  'HEROPODS_DIR',
  'CONTAINERS_DIR',
  'HEROPODS_RUN_DIR',
  'HEROPODS_INSTANCE',
  'HEROPODS_REDIS_URL',
  'HEROPODS_GIT_URL',
]
/** Variables that the unit never contains. */
const secret = [
  'HEROPODS_HOOK_SECRET',
  'HEROPODS_NOTIFY_URL',
  'HEROPODS_NOTIFY_SECRET',
  'HEROPODS_FORGE_TOKEN',
  'HEROPODS_PAGE_TOKEN',
]
/** True for a URL with a password. Pure. */
export const holdsPassword = (text: string): boolean =>
  /:\/\/[^/\s]*@/.test(text) && !/^(git\+)?ssh:\/\/[^/:]*@/.test(text)

/** The variables of the unit, and the names of those that hold secrets. */
export function unitEnvironment(all: NodeJS.ProcessEnv) {
  const present = (names: readonly string[]): readonly (readonly [string, string])[] =>
    names.flatMap((name) => (all[name] ? [[name, all[name]] as const] : []))
  const withPassword = present(copied).filter(([, value]) => holdsPassword(value))
  return {
    environment: Object.fromEntries(present(copied).filter(([, value]) => !holdsPassword(value))),
    leftOut: [...withPassword, ...present(secret)].map(([name]) => name),
  }
}

/** Names the variables that a unit must not contain, and where they can be written. */
export function noteLeftOut(terminal: Terminal, leftOut: readonly string[], file: string): void {
  if (leftOut.length > 0)
    terminal.note(
      `These variables are not in the unit: ${leftOut.join(', ')}. Write them into ${file} (0600) as NAME=VALUE.`,
    )
}
