import { readFileSync } from 'node:fs'
import { userInfo } from 'node:os'

/** The user who gave a command. */
export interface Caller {
  readonly user: string
  /** How they became root, where that is known. */
  readonly via?: 'sudo' | 'login'
}

/** A login of nobody: what the kernel started itself, and services. */
const noLogin = 0xff_ff_ff_ff

/**
 * The user whose sudo this is; else who logged in, as the kernel keeps it through su and sudo (loginuid); else who runs this. Variables of
 * sudo are believed of root alone, as sudo sets them.
 */
export function callerOf(environment: NodeJS.ProcessEnv): Caller {
  const own = nameOf()
  if (process.geteuid?.() !== 0) return { user: own }
  const { SUDO_USER: user, SUDO_UID: uid } = environment
  if (user !== undefined && /^[^\s:/]{1,64}$/.test(user)) return { user, via: 'sudo' }
  if (uid !== undefined && /^\d{1,10}$/.test(uid)) return { user: nameOfUid(Number(uid)), via: 'sudo' }
  const login = loginUid()
  return login === undefined || login === 0 ? { user: own } : { user: nameOfUid(login), via: 'login' }
}

function loginUid(): number | undefined {
  try {
    return parseLoginUid(readFileSync('/proc/self/loginuid', 'utf8'))
  } catch {
    return undefined
  }
}

/** Who logged in; undefined: nobody did, or that is not what it says. Pure. */
export function parseLoginUid(text: string): number | undefined {
  const uid = /^\d{1,10}\s*$/.test(text) ? Number(text) : noLogin
  return uid < noLogin ? uid : undefined
}

function nameOfUid(uid: number): string {
  try {
    const line = readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find((one) => one.split(':')[2] === String(uid))
    return line?.split(':')[0] || `uid ${uid}`
  } catch {
    return `uid ${uid}`
  }
}

/** A host without a list of users knows numbers only. */
function nameOf(): string {
  try {
    return userInfo().username
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`
  }
}
