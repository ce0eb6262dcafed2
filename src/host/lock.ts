import { spawn } from 'node:child_process'
import { type FileHandle, open, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { HeroPodsError, refuse } from '../model/errors.ts'
import { flag, number, object, optional, text } from '../model/values/shape.ts'
import { makeFolder } from './files/make-folder.ts'
import { replacing } from './files/set-aside.ts'
import { processIdentity } from './process/process.ts'
import { safePath } from './requirements.ts'

export interface LockHolder {
  readonly pid: number
  readonly user: string
  readonly command: string
  /** RFC 3339. */
  readonly since: string
  /** It holds the lock for moments only, as `heropods watch` does: it is waited for. */
  readonly brief?: boolean
}

const holderRecord = object({ pid: number, user: text, command: text, since: text, brief: optional(flag) })

export interface Lock {
  /** The open file that carries the lock: whoever inherits it holds the lock too. */
  readonly descriptor: number
  /** The run that held it before did not release it: it was killed. */
  readonly afterKill: boolean
  release(): Promise<void>
}

export interface LockOptions {
  readonly holder: LockHolder
  readonly timeoutMs: number
  /** Ends the wait. */
  readonly signal?: AbortSignal
}

interface Hold {
  readonly file: FileHandle
  readonly afterKill: boolean
  users: number
}

const holds = new Map<string, Hold>()
/** How long a brief holder is waited for, or programs of a killed one, and one that has not yet said who it is. Milliseconds. */
const [briefly, unnamed] = [30_000, 1000]
const holderPath = (path: string): string => `${path}.holder`

/**
 * Takes the lock at `path`; calls of one process share one hold. Raises `lock-held` (refused), naming the holder, when it is
 * not free within `timeoutMs`; a brief holder is waited for in any case, but by its like. So are the programs of a run that was killed:
 * they keep its lock until they end, so that nobody works against them.
 * Raises `interrupted` once `signal` is aborted.
 */
export async function acquireLock(path: string, options: LockOptions): Promise<Lock> {
  const known = holds.get(path)
  if (known) return share(path, known)
  await makeFolder(dirname(path), 0o700)
  const file = await replacing(path, () => open(path, 'a+', 0o600))
  const startedAt = Date.now()
  while (!(await flock(file.fd, 'exclusive'))) {
    const holder = await readHolder(path)
    const patience = options.holder.brief ? 0 : patienceWith(holder)
    if (options.signal?.aborted) {
      await file.close()
      throw new HeroPodsError({
        code: 'interrupted',
        message: 'The wait for another run was interrupted.',
        retryable: true,
      })
    }
    const left = startedAt + Math.max(options.timeoutMs, patience) - Date.now()
    if (left <= 0) {
      await file.close()
      throw lockHeld(holder)
    }
    await delay(Math.min(100, left))
  }
  // Whoever held it before may have taken the instance away with it.
  const [opened, found] = await Promise.all([file.stat(), stat(path).catch(() => undefined)])
  if (found?.ino !== opened.ino) {
    await file.close()
    return acquireLock(path, options)
  }
  const afterKill = (await stat(holderPath(path)).catch(() => undefined)) !== undefined
  // Only for others to read: on a full disk the lock itself is held all the same.
  await replacing(holderPath(path), () =>
    writeFile(holderPath(path), JSON.stringify(options.holder), { mode: 0o600 }),
  ).catch(() => undefined)
  const hold = { file, afterKill, users: 0 }
  holds.set(path, hold)
  return share(path, hold)
}

function share(path: string, hold: Hold): Lock {
  hold.users += 1
  return {
    descriptor: hold.file.fd,
    afterKill: hold.afterKill,
    release: async () => {
      hold.users -= 1
      if (hold.users > 0) return
      holds.delete(path)
      await rm(holderPath(path), { force: true })
      await hold.file.close()
    },
  }
}

/** Who holds the lock, as they said when they took it; only meaningful while it is not free. */
export async function readHolder(path: string): Promise<LockHolder | undefined> {
  try {
    const holder: unknown = JSON.parse(await readFile(holderPath(path), 'utf8'))
    return holderRecord(holder) === undefined ? (holder as LockHolder) : undefined
  } catch {
    return undefined
  }
}

/** Whether nobody holds the lock now. Takes nothing that lasts. */
export async function isFree(path: string): Promise<boolean> {
  if (holds.has(path)) return false
  const file = await open(path, 'r').catch(() => undefined)
  if (file === undefined) return true
  try {
    return await flock(file.fd, 'shared')
  } finally {
    await file.close()
  }
}

/** Node has no flock(2): a child takes it on our open file, which keeps it after the child has ended. Waits for at most `seconds`. */
export function flock(descriptor: number, kind: 'exclusive' | 'shared', seconds = 0): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const patience = seconds === 0 ? ['--nonblock'] : ['--timeout', String(seconds)]
    const child = spawn('flock', [`--${kind}`, ...patience, '3'], {
      cwd: '/',
      env: { PATH: safePath },
      stdio: ['ignore', 'ignore', 'ignore', descriptor],
    })
    child.once('error', reject)
    child.once('exit', (code) => resolve(code === 0))
  })
}

const wasKilled = ({ pid }: LockHolder): boolean => processIdentity(pid) === undefined

function patienceWith(holder: LockHolder | undefined): number {
  if (holder === undefined) return unnamed
  return holder.brief || wasKilled(holder) ? briefly : 0
}

/** The error that says who holds the lock. */
export function lockHeld(holder: LockHolder | undefined): HeroPodsError {
  const refused = { code: 'lock-held', retryable: true } as const
  const wait = 'Wait for it, or give `--lock-timeout 30s` to wait here.'
  if (holder === undefined) return refuse({ ...refused, message: 'Another run holds this instance.', hint: wait })
  const run = `\`${holder.command}\` of ${holder.user} (pid ${holder.pid}), since ${holder.since}`
  return wasKilled(holder)
    ? refuse({
        ...refused,
        message: `A run was killed, and a program that it started still works on this instance: ${run}.`,
        hint: 'Wait until that program has ended, or end it.',
      })
    : refuse({ ...refused, message: `Another run holds this instance: ${run}.`, hint: wait })
}
