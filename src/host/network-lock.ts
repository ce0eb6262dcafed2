import { constants, statSync } from 'node:fs'
import { type FileHandle, lstat, mkdir, open, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type HeroPodsError, refuse } from '../model/errors.ts'
import { flock, type LockHolder } from './lock.ts'

/** Root's own, and the same for every installation: HEROPODS_RUN_DIR is private to one. */
const folder = '/run/heropods-host'
/** Whoever holds it looks, plans and makes links and rules; a network that is replaced waits for its containers to stop. Seconds. */
const patience = 60

/**
 * The lock of a network namespace. Addresses and ports of a host are taken by looking for free ones: whoever takes some holds it from
 * that look until links and rules exist, whichever installation and instance it is of. Its file is named by the namespace and is gone when
 * nobody holds it; the kernel frees it when its holder dies.
 */
export class NetworkLock {
  private file: FileHandle | undefined

  constructor(private readonly holder: LockHolder) {}

  get held(): boolean {
    return this.file !== undefined
  }

  /** The open file that carries the lock: a child that inherits it holds the lock too, until it has ended. */
  get descriptor(): number | undefined {
    return this.file?.fd
  }

  /** Takes the lock if it is free now. Raises `host-lock` (refused) where there can be none. */
  tryTake(): Promise<boolean> {
    return this.attempt(0)
  }

  /** Takes the lock, waiting for whoever holds it. Raises `host-busy` (refused), naming the holder, when it takes too long. */
  async take(): Promise<void> {
    if (await this.attempt(patience)) return
    throw refuse({
      code: 'host-busy',
      message: `Addresses and ports of this host are being taken by ${await holderOf(lockFile())}, for more than ${patience} seconds now.`,
      hint: 'Run it again when that has ended.',
      retryable: true,
    })
  }

  async release(): Promise<void> {
    const { file } = this
    if (file === undefined) return
    this.file = undefined
    await rm(lockFile(), { force: true })
    await file.close()
  }

  private async attempt(seconds: number): Promise<boolean> {
    if (this.held) return true
    const path = lockFile()
    await requireFolder()
    const deadline = Date.now() + seconds * 1000
    for (;;) {
      const file = await openLock(path)
      const left = Math.max(0, Math.ceil((deadline - Date.now()) / 1000))
      if (!(await flock(file.fd, 'exclusive', left))) {
        await file.close()
        return false
      }
      // Who had it before has removed its file: what was locked here is no longer what others find.
      if (await isSame(file, path)) {
        await file.truncate()
        await file.write(JSON.stringify(this.holder), 0)
        this.file = file
        return true
      }
      await file.close()
    }
  }
}

const lockFile = (): string => join(folder, `net-${statSync('/proc/self/ns/net').ino}`)

async function requireFolder(): Promise<void> {
  const made = await mkdir(folder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => error)
  const found = await lstat(folder).catch(() => undefined)
  if (found === undefined) throw unusable(made instanceof Error ? made.message : 'it could not be made')
  if (!found.isDirectory() || found.uid !== process.geteuid?.() || (found.mode & 0o022) !== 0)
    throw unusable('it is not a folder that only root can write')
}

const openLock = (path: string): Promise<FileHandle> =>
  open(path, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, 0o600).catch((error: Error) => {
    throw unusable(error.message)
  })

async function isSame(file: FileHandle, path: string): Promise<boolean> {
  const [opened, found] = await Promise.all([file.stat(), stat(path).catch(() => undefined)])
  return found !== undefined && found.ino === opened.ino && found.dev === opened.dev
}

async function holderOf(path: string): Promise<string> {
  try {
    const { command, user, pid } = JSON.parse(await readFile(path, 'utf8')) as LockHolder
    return `\`${command}\` of ${user} (pid ${pid})`
  } catch {
    return 'another run'
  }
}

const unusable = (why: string): HeroPodsError =>
  refuse({
    code: 'host-lock',
    message: `The lock of this host’s addresses and ports cannot be taken in ${folder}: ${why}.`,
    hint: '/run has to be there and writable for root, as for network namespaces.',
  })
