import { readFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import type { Caller } from '../../contract/processes.ts'

/** loginuid of processes without a login: those of the kernel, and services. */
const noLogin = 0xff_ff_ff_ff

/**
 * The user who called sudo; else the user who logged in, which the kernel records through su and sudo (loginuid); else the user of this
 * process. The variables of sudo count only for root, since anyone else could set them.
 */
export function callerOf(environment: Readonly<NodeJS.ProcessEnv>): Caller {
  const own = ownUserName()
  if (process.geteuid?.() !== 0) return { user: own }
  const { SUDO_USER: user, SUDO_UID: uid } = environment
  if (user !== undefined && /^[^\s:/]{1,64}$/.test(user)) return { user, via: 'sudo' }
  if (uid !== undefined && /^\d{1,10}$/.test(uid)) return { user: userNameOf(Number(uid)), via: 'sudo' }
  const login = loginUid()
  return login === undefined || login === 0 ? { user: own } : { user: userNameOf(login), via: 'login' }
}

function loginUid(): number | undefined {
  try {
    return parseLoginUid(readFileSync('/proc/self/loginuid', 'utf8'))
  } catch {
    return undefined
  }
}

/** Uid of the login; undefined if there is none or the text is not valid. Pure. */
export function parseLoginUid(text: string): number | undefined {
  const uid = /^\d{1,10}\s*$/.test(text) ? Number(text) : noLogin
  return uid < noLogin ? uid : undefined
}

function userNameOf(uid: number): string {
  try {
    const line = readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find((one) => one.split(':')[2] === String(uid))
    return line?.split(':')[0] || `uid ${uid}`
  } catch {
    return `uid ${uid}`
  }
}

/** Name of the user of this process. Without a list of users it is the uid. */
function ownUserName(): string {
  try {
    return userInfo().username
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`
  }
}
